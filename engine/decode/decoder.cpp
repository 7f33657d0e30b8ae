// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/decoder.h"

#include "engine/backend/devices.h"

#include <algorithm>

namespace fastcar {

Result<Decoder> Decoder::create(const std::shared_ptr<const Checkpoint> &checkpoint, std::string_view device,
                                ThreadPool &pool, RowLayout layout, const PromptIds &prompt, int visualTokens)
{
    const ModelConfig &config = checkpoint->config();
    Decoder decoder;
    decoder.layout_ = layout;
    decoder.prompt_ = prompt;
    decoder.hiddenSize_ = config.backbone.hidden;
    decoder.depths_ = config.depth.depth;

    auto backbone = createBackbone(device, checkpoint, pool);
    if (!backbone)
        return backbone.error();
    decoder.backbone_ = std::move(backbone).value();
    const std::size_t longest = std::max(prompt.conditional.size(), prompt.unconditional.size());
    const int steps = std::max(1, visualTokens - 1); // the last token is never fed back: it needs no position
    if (auto begun = decoder.backbone_->begin(layout, static_cast<int>(longest), steps); !begun)
        return begun.error();

    decoder.embedding_ = std::make_unique<VisualEmbedding>(checkpoint);
    decoder.depth_ = 
        std::make_unique<DepthTransformer>(checkpoint, pool, layout.rows(), weightFormat(device));
    const auto rowSize =
        static_cast<std::size_t>(layout.rows()) * static_cast<std::size_t>(config.backbone.hidden);
    decoder.hidden_.resize(rowSize);
    decoder.inputs_.resize(rowSize);
    decoder.latent_.resize(static_cast<std::size_t>(config.pixels.embedding));
    decoder.rowCodes_.resize(static_cast<std::size_t>(layout.rows() * config.depth.depth));
    return decoder;
}

Result<void> Decoder::prefill()
{
    std::vector<float> embeddings;
    for (int row = 0; row < layout_.rows(); ++row) {
        const auto &ids = layout_.isConditional(row) ? prompt_.conditional : prompt_.unconditional;
        embeddings.resize(ids.size() * static_cast<std::size_t>(hiddenSize_));
        const MatrixView<float> inputs{embeddings.data(), static_cast<std::int64_t>(ids.size()), hiddenSize_};
        if (auto embedded = embedding_->embedText(ids, inputs); !embedded)
            return embedded.error();
        const MatrixView<float> states{hidden_.data(), layout_.rows(), hiddenSize_};
        if (auto done = backbone_->prefill(row, inputs, states.row(row)); !done)
            return done.error();
    }
    return {};
}

MatrixView<const float> Decoder::nextLogits(MatrixView<const std::int32_t> codes)
{
    for (int row = 0; row < layout_.rows(); ++row) {
        const auto drawn = codes.row(layout_.videoOf(row));
        std::copy(drawn.begin(), drawn.end(), rowCodes_.begin() + row * codes.cols);
    }
    return depth_->next({rowCodes_.data(), layout_.rows(), codes.cols});
}

Result<StepReport> Decoder::step(MatrixView<const std::int32_t> codes, int visualToken,
                                 const ReplayPolicy &policy, const AttentionSpan &attention, bool headScores)
{
    const MatrixView<float> inputs{inputs_.data(), layout_.rows(), hiddenSize_};
    for (int video = 0; video < layout_.videos; ++video) {
        embedding_->latent(codes.row(video), latent_);
        embedding_->project(latent_, inputs.row(video));
        if (layout_.guided) // both rows of a video read the same token
            std::ranges::copy(inputs.row(video), inputs.row(video + layout_.videos).begin());
    }
    auto report = backbone_->step({.embeddings = inputs,
                                   .visualToken = visualToken,
                                   .policy = &policy,
                                   .attention = attention,
                                   .headScores = headScores});
    if (report)
        std::ranges::copy(report->hidden.all(), hidden_.begin());
    return report;
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/forward.h"

#include "engine/decode/decoder.h"
#include "engine/decode/settings_check.h"
#include "engine/model/pixel_decoder.h"
#include "engine/replay/replay_controller.h"
#include "engine/text/prompt.h"

#include <algorithm>
#include <limits>

namespace fastcar {

namespace {

constexpr int forwardRows = 2;

Result<void> checkCodes(std::span<const std::int32_t> codes, const ModelConfig &config)
{
    const int perFrame = config.stride() * config.depth.depth;
    if (codes.empty() || codes.size() % static_cast<std::size_t>(perFrame) != 0)
        return Error{ErrorKind::BadInput,
                     "The codes must be whole frames of " + std::to_string(config.stride()) +
                         " positions x " + std::to_string(config.depth.depth) +
                         " codes = " + std::to_string(perFrame) + " numbers each, but there are " +
                         std::to_string(codes.size()) + "."};
    const auto wrong = std::ranges::find_if(
        codes, [&](std::int32_t code) { return code < 0 || code >= config.depth.codes; });
    if (wrong != codes.end())
        return Error{ErrorKind::BadInput, "Code " + std::to_string(*wrong) + " at index " +
                                              std::to_string(wrong - codes.begin()) +
                                              " is not one of the model's, which are 0 to " +
                                              std::to_string(config.depth.codes - 1) + "."};
    return {};
}

/// Fills a ForwardResult as the steps go by.
class Recorder {
public:
    Recorder(ForwardResult &result, const ModelConfig &config)
        : result_(result)
        , config_(config)
    {
        const auto tokens = static_cast<std::size_t>(result.tokens);
        const auto layers = static_cast<std::size_t>(config.backbone.layers);
        result.hidden.resize(forwardRows * tokens * static_cast<std::size_t>(config.backbone.hidden));
        result.logits.resize(forwardRows * tokens * static_cast<std::size_t>(config.depth.depth) *
                             static_cast<std::size_t>(config.depth.codes));
        result.tas.assign(layers * forwardRows * tokens, std::numeric_limits<float>::quiet_NaN());
        result.eligible.assign(layers * forwardRows * tokens, 0);
        result.replayed.assign(layers * forwardRows * tokens, 0);
    }

    void hidden(int token, MatrixView<const float> states)
    {
        for (int row = 0; row < forwardRows; ++row)
            std::ranges::copy(states.row(row),
                              result_.hidden.begin() + (row * result_.tokens + token) * states.cols);
    }

    void logits(int token, int depth, MatrixView<const float> logits)
    {
        for (int row = 0; row < forwardRows; ++row)
            std::ranges::copy(
                logits.row(row),
                result_.logits.begin() +
                    ((std::ptrdiff_t{row} * result_.tokens + token) * config_.depth.depth + depth) *
                        logits.cols);
    }

    void outcome(int token, MatrixView<const LayerOutcome> outcome)
    {
        for (int layer = 0; layer < config_.backbone.layers; ++layer)
            for (int row = 0; row < forwardRows; ++row) {
                const auto at =
                    static_cast<std::size_t>((layer * forwardRows + row) * result_.tokens + token);
                const LayerOutcome &one = outcome.row(layer)[static_cast<std::size_t>(row)];
                result_.tas[at] = one.tas;
                result_.eligible[at] = one.decision != Decision::NotEligible ? 1 : 0;
                result_.replayed[at] = one.decision == Decision::Replayed ? 1 : 0;
            }
        result_.replay.add(token, outcome);
    }

private:
    ForwardResult &result_;
    const ModelConfig &config_;
};

std::vector<SharedFrame> decodeFrames(const Model &model, std::span<const std::int32_t> codes,
                                      ThreadPool &pool)
{
    const ModelConfig &config = model.checkpoint->config();
    VisualEmbedding embedding(model.checkpoint);
    PixelDecoder pixels(model.checkpoint, pool);
    const auto stride = static_cast<std::size_t>(config.stride());
    const auto depth = static_cast<std::size_t>(config.depth.depth);
    const auto width = static_cast<std::size_t>(config.pixels.embedding);
    std::vector<float> z(stride * width);
    std::vector<SharedFrame> frames;
    for (std::size_t first = 0; first < codes.size(); first += stride * depth) {
        for (std::size_t position = 0; position < stride; ++position)
            embedding.latent(codes.subspan(first + position * depth, depth),
                             std::span(z).subspan(position * width, width));
        auto frame = std::make_shared<Frame>();
        frame->width = pixels.width();
        frame->height = pixels.height();
        frame->rgb.resize(static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height) *
                          3);
        pixels.decode({z.data(), config.stride(), config.pixels.embedding},
                      std::span<std::uint8_t>(frame->rgb));
        frames.push_back(std::move(frame));
    }
    return frames;
}

} // namespace

Result<ForwardResult> forward(const Model &model, const ForwardSettings &settings,
                              std::span<const std::int32_t> codes, ThreadPool &pool)
{
    const ModelConfig &config = model.checkpoint->config();
    if (auto fine = checkCodes(codes, config); !fine)
        return fine.error();
    const auto prompt = encodePrompt(*model.tokenizer, settings.prompt);
    if (!prompt)
        return prompt.error();
    if (auto fine = checkReplayPolicy(settings.replay, config.backbone.layers); !fine)
        return fine.error();
    const int depths = config.depth.depth;

    ForwardResult result;
    result.tokens = static_cast<int>(codes.size()) / depths;
    result.promptIds.assign(prompt->conditional.begin(), prompt->conditional.end());
    result.uncondIds.assign(prompt->unconditional.begin(), prompt->unconditional.end());
    result.replay =
        ReplayStatistics(config.backbone.layers, result.tokens / config.stride(), config.stride());
    Recorder recorder(result, config);

    auto decoder = Decoder::create(model.checkpoint, settings.device, pool, {.videos = 1, .guided = true},
                                   *prompt, result.tokens);
    if (!decoder)
        return decoder.error();
    if (auto done = decoder->prefill(); !done)
        return done.error();
    ReplayController replay({.layers = config.backbone.layers,
                             .frames = result.tokens / config.stride(),
                             .stride = config.stride(),
                             .rows = decoder->layout()},
                            settings.replay);
    for (int token = 0; token < result.tokens; ++token) {
        recorder.hidden(token, decoder->hidden());
        const std::int32_t *forced = codes.data() + std::ptrdiff_t{token} * depths;
        recorder.logits(token, 0, decoder->firstLogits());
        for (int depth = 1; depth < depths; ++depth)
            recorder.logits(token, depth, decoder->nextLogits({forced, 1, depth}));
        if (token + 1 == result.tokens)
            break; // the last token is never fed back
        auto report = decoder->step({forced, 1, depths}, token, replay.policyFor(token), settings.attention);
        if (!report)
            return report.error();
        replay.observe(token, report->outcome);
        recorder.outcome(token, report->outcome);
    }
    result.frames = decodeFrames(model, codes, pool);
    return result;
}

} // namespace fastcar

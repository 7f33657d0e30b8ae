// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/code_pictures.h"

#include "engine/model/code_embedding.h"

#include <string>

namespace fastcar {

CodePictures::CodePictures(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool)
    : checkpoint_(std::move(checkpoint))
    , decoder_(checkpoint_, pool)
    , latents_(static_cast<std::size_t>(checkpoint_->config().stride()) *
               static_cast<std::size_t>(checkpoint_->config().pixels.embedding))
{
}

Result<SharedFrame> CodePictures::decode(MatrixView<const std::int32_t> codes)
{
    const ModelConfig &config = checkpoint_->config();
    if (codes.rows != config.stride() || codes.cols != config.depth.depth)
        return Error{ErrorKind::BadInput, "The codes are " + std::to_string(codes.cols) + " for each of " +
                                              std::to_string(codes.rows) + " positions; the model '" +
                                              checkpoint_->folder().string() + "' makes " +
                                              std::to_string(config.depth.depth) + " for each of " +
                                              std::to_string(config.stride()) + "."};
    for (const std::int32_t code : codes.all())
        if (code < 0 || code >= config.depth.codes)
            return Error{ErrorKind::Corrupt, "There is no code " + std::to_string(code) + "; the model '" +
                                                 checkpoint_->folder().string() + "' has the codes 0 to " +
                                                 std::to_string(config.depth.codes - 1) + "."};
    const MatrixView<float> latents{latents_.data(), codes.rows, config.pixels.embedding};
    for (std::int64_t position = 0; position < codes.rows; ++position)
        sumCodeEmbeddings(checkpoint_->weights().codebooks, codes.row(position), latents.row(position));
    auto frame = std::make_shared<Frame>();
    frame->width = decoder_.width();
    frame->height = decoder_.height();
    frame->rgb.resize(static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height) * 3);
    decoder_.decode(latents, std::span<std::uint8_t>(frame->rgb));
    return SharedFrame(std::move(frame));
}

} // namespace fastcar

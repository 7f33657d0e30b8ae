// SPDX-License-Identifier: Apache-2.0
//
// Collects the latents of the frames in progress and makes pictures of them: each frame when its last token
// is there, and in between, where somebody watches, previews of what there is so far.
#pragma once

#include "engine/decode/generation.h"
#include "engine/model/pixel_decoder.h"
#include "engine/model/visual_embedding.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace fastcar {

class FrameBuilder {
public:
    FrameBuilder(const std::shared_ptr<const Checkpoint> &checkpoint, ThreadPool &pool, RunSink &sink,
                 const GenerationOptions &options, int videos);

    /// Takes the codes [K] of a video's token. A position keeps the frame before's latent until then, so that
    /// a preview shows a whole picture.
    void take(int video, int token, std::span<const std::int32_t> codes);

    /// After take(): the frame, decoded, if that was its last token.
    SharedFrame frameOf(int video, int token);
    /// After take(): hands over a preview of the frame in progress if one is due.
    void preview(int video, int token);

private:
    SharedFrame decode(int video);

    VisualEmbedding embedding_;
    PixelDecoder decoder_;
    RunSink &sink_;
    GenerationOptions options_;
    int stride_ = 0;
    int width_ = 0;              // E
    std::vector<float> latents_; // [videos, stride, E]
    using Clock = std::chrono::steady_clock;
    std::vector<Clock::time_point> nextPreview_; // per video
};

} // namespace fastcar

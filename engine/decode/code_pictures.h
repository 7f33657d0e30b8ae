// SPDX-License-Identifier: Apache-2.0
//
// Pictures from codes alone, where a run's trace is at hand and its pictures are not: codebooks and the pixel
// decoder, nothing else of the model.
#pragma once

#include "engine/backend/thread_pool.h"
#include "engine/base/result.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/media/frame.h"
#include "engine/model/pixel_decoder.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace fastcar {

/// One thread at a time (and the pool's).
class CodePictures {
public:
    CodePictures(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool);

    /// The picture of a frame's codes [stride, K]. Errors: codes of another shape, one that the codebook does
    /// not have.
    Result<SharedFrame> decode(MatrixView<const std::int32_t> codes);

private:
    std::shared_ptr<const Checkpoint> checkpoint_;
    PixelDecoder decoder_;
    std::vector<float> latents_; // [stride, E]
};

} // namespace fastcar

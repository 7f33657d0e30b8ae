// SPDX-License-Identifier: Apache-2.0
//
// Between our pictures and libav's: RGB to what an encoder wants, and what a decoder gives to RGB.
#pragma once

#include "engine/base/result.h"
#include "engine/media/frame.h"
#include "engine/media/libav.h"

namespace fastcar {

/// Our picture as libav's frame in `pixels`. YUV is BT.709 in the limited range, as VideoEncoder labels it.
class PixelConverter {
public:
    explicit PixelConverter(AVPixelFormat pixels)
        : pixels_(pixels)
    {
    }
    Result<libav::FramePtr> convert(const Frame &picture);

private:
    AVPixelFormat pixels_;
    libav::ScalerPtr scaler_;
};

/// libav's frame as our picture, by the colours that the frame says it has.
Result<Frame> toRgb(const AVFrame &frame);

} // namespace fastcar

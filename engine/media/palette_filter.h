// SPDX-License-Identifier: Apache-2.0
//
// 256 colours for a whole animation: libav's palettegen over all frames, then paletteuse on each, so that the
// colours do not flicker from frame to frame.
#pragma once

#include "engine/base/result.h"
#include "engine/media/libav.h"

namespace fastcar {

class PaletteFilter {
public:
    /// Of frames in rgb24, all of this size.
    static Result<PaletteFilter> create(int width, int height);

    /// All frames, in order, then end(), then pull() until it gives nothing.
    Result<void> push(libav::FramePtr frame);
    Result<void> end();
    /// The next frame in pal8; null after the last.
    Result<libav::FramePtr> pull();

private:
    libav::FilterGraphPtr graph_;
    AVFilterContext *source_ = nullptr; // the graph owns both
    AVFilterContext *sink_ = nullptr;
    int pushed_ = 0;
};

} // namespace fastcar

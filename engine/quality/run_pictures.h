// SPDX-License-Identifier: Apache-2.0
//
// The frames of a recorded run's video, one by one. A strip of ours (.png, all frames side by side) is cut
// into the squares that it is made of.
#pragma once

#include "engine/media/video_reader.h"
#include "engine/quality/recorded_run.h"

namespace fastcar {

class RunPictures {
public:
    /// `run` has a video.
    static Result<RunPictures> open(const RecordedRun &run);

    /// The next frame; null after the last.
    Result<SharedFrame> next();
    int frames() const { return frames_; } // given so far

private:
    RunPictures(VideoReader reader, int framesOfStrip)
        : reader_(std::move(reader))
        , framesOfStrip_(framesOfStrip)
    {
    }
    Result<SharedFrame> nextOfStrip();

    VideoReader reader_;
    int framesOfStrip_; // 0: it is none
    SharedFrame strip_;
    int frames_ = 0;
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// What is between two videos of the same pictures, taken frame by frame: A is what B is held against. Two
// frames of each are held at a time.
#pragma once

#include "engine/base/result.h"
#include "engine/media/frame.h"

#include <optional>
#include <vector>

namespace fastcar {

/// How much a video changes from one frame to the next: the mean absolute difference between the two.
struct Flicker {
    double a = 0.0;
    double b = 0.0;

    /// b / a; nothing where A stands still.
    std::optional<double> ratio() const { return a > 0.0 ? std::optional(b / a) : std::nullopt; }
};

struct FrameQuality {
    double psnr = 0.0;              // dB, over RGB; infinity: equal frames
    double ssim = 0.0;              // of the luma (structural_similarity.h)
    double drift = 0.0;             // mean absolute difference, of 255
    std::optional<Flicker> flicker; // from the frame before to this one; the first frame has none
};

class PictureComparison {
public:
    /// The next frame of each. Errors: another size than the one that is expected (both are named).
    Result<void> add(SharedFrame a, SharedFrame b);

    const std::vector<FrameQuality> &frames() const { return frames_; }
    int width() const { return a_ ? a_->width : 0; }
    int height() const { return a_ ? a_->height : 0; }
    int equalFrames() const;

    // Over all frames, of which there is one at least.
    double psnr() const; // of the mean squared difference of all pixels
    double ssim() const; // mean of the frames
    double drift() const;
    std::optional<Flicker> flicker() const; // means; nothing for a single frame

private:
    double mean(double FrameQuality::*value) const;

    SharedFrame a_, b_; // the last ones
    std::vector<FrameQuality> frames_;
    double meanSquaredSum_ = 0.0;
};

} // namespace fastcar

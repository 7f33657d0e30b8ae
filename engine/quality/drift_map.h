// SPDX-License-Identifier: Apache-2.0
//
// Where the picture of B has drifted from that of A: the mean absolute difference of the pixels that a
// position stands for, in levels of 0 to 255, over all three channels. A pixel belongs to one position; where
// all fields are of one size, the mean of a frame's positions is FrameQuality::drift.
#pragma once

#include "engine/base/result.h"
#include "engine/media/frame.h"

#include <span>
#include <vector>

namespace fastcar {

class DriftMap {
public:
    DriftMap() = default;
    DriftMap(int gridHeight, int gridWidth)
        : gridHeight_(gridHeight)
        , gridWidth_(gridWidth)
    {
    }

    /// The next frame. Errors: pictures of different sizes, or with fewer pixels than the grid has positions.
    Result<void> add(const Frame &a, const Frame &b);

    int frames() const { return positions() > 0 ? static_cast<int>(values_.size()) / positions() : 0; }
    int gridHeight() const { return gridHeight_; }
    int gridWidth() const { return gridWidth_; }
    int positions() const { return gridHeight_ * gridWidth_; }
    /// [positions], raster order.
    std::span<const float> ofFrame(int frame) const;
    /// Of all frames; 0 without one.
    float highest() const { return highest_; }

private:
    int gridHeight_ = 0;
    int gridWidth_ = 0;
    std::vector<float> values_; // [frames, positions]
    float highest_ = 0.0f;
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// The newest scores of one layer, in order: a frame's worth of steps, so that each position of the frame is
// in it once. From it a ReplayController takes the threshold that a wanted share of scores passes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fastcar {

/// The value that `share` (0 to 1) of the `sorted` scores is above, between two of them where it must be;
/// infinite for a share of none or all. Of no scores none is above.
float valueBelowShare(std::span<const float> sorted, double share);

/// Does not allocate after it is made.
class ScoreWindow {
public:
    /// Of so many steps, each with as many finite scores.
    ScoreWindow(int steps, int scoresPerStep);

    /// Those of the next step; where the window is full, those of its oldest step fall out.
    void add(std::span<const float> scores);
    void clear();

    /// How much of it is filled, 0 to 1.
    double filled() const { return static_cast<double>(sorted_.size()) / static_cast<double>(ring_.size()); }
    std::span<const float> sorted() const { return sorted_; }
    /// What lies between the lower and the upper tenth of the scores; never 0.
    float spread() const;

private:
    std::vector<float> ring_; // [steps, scores per step], by age
    std::size_t next_ = 0;    // the place in it that is written next
    std::vector<float> sorted_;
};

} // namespace fastcar

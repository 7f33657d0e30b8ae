// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/score_window.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fastcar {

float valueBelowShare(std::span<const float> sorted, double share)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    if (share >= 1.0)
        return -infinity;
    if (share <= 0.0 || sorted.empty())
        return infinity;
    const double last = static_cast<double>(sorted.size() - 1);
    const double place = std::clamp((1.0 - share) * (last + 1.0) - 0.5, 0.0, last);
    const auto below = static_cast<std::size_t>(place);
    const float beyond = static_cast<float>(place - std::floor(place));
    if (beyond == 0.0f)
        return sorted[below];
    return sorted[below] * (1.0f - beyond) + sorted[below + 1] * beyond;
}

ScoreWindow::ScoreWindow(int steps, int scoresPerStep)
    : ring_(static_cast<std::size_t>(steps) * static_cast<std::size_t>(scoresPerStep))
{
    assert(steps > 0 && scoresPerStep > 0);
    sorted_.reserve(ring_.size());
}

void ScoreWindow::add(std::span<const float> scores)
{
    assert(scores.size() <= ring_.size() && ring_.size() % scores.size() == 0);
    for (const float score : scores) {
        float &place = ring_[next_];
        next_ = (next_ + 1) % ring_.size();
        if (sorted_.size() == ring_.size())
            sorted_.erase(std::ranges::lower_bound(sorted_, place));
        sorted_.insert(std::ranges::upper_bound(sorted_, score), score);
        place = score;
    }
}

void ScoreWindow::clear()
{
    next_ = 0;
    sorted_.clear();
}

float ScoreWindow::spread() const
{
    constexpr float smallest = 1e-6f;
    if (sorted_.empty())
        return 1.0f;
    return std::max(valueBelowShare(sorted_, 0.1) - valueBelowShare(sorted_, 0.9), smallest);
}

} // namespace fastcar

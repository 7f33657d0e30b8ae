// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/crew_choice.h"

#include <algorithm>
#include <limits>

namespace fastcar::cpu {

bool CrewChoice::alone() const
{
    const bool other = step_ >= begin + stepsOfTrial && step_ < begin + 2 * stepsOfTrial;
    return alone_ != other;
}

void CrewChoice::took(std::int64_t nanoseconds, std::uint64_t bytes)
{
    if (step_ == begin)
        best_.fill(std::numeric_limits<double>::infinity());
    if (step_ >= begin && step_ < begin + 2 * stepsOfTrial && bytes > 0) {
        double &best = best_[alone() == alone_ ? 0 : 1];
        best = std::min(best, static_cast<double>(nanoseconds) / static_cast<double>(bytes));
    }
    ++step_;
    if (step_ == begin + 2 * stepsOfTrial && best_[1] * leastGain < best_[0])
        alone_ = !alone_;
    if (step_ == period)
        step_ = 0;
}

} // namespace fastcar::cpu

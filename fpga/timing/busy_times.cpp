// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/busy_times.h"

namespace fastcar::fpga {

Cycle BusyTimes::cycles() const
{
    Cycle sum = 0;
    for (const Stretch &stretch : stretches_)
        sum += stretch.end - stretch.begin;
    return sum;
}

Cycle BusyTimes::together(const BusyTimes &a, const BusyTimes &b)
{
    Cycle sum = 0;
    for (std::size_t i = 0, j = 0; i < a.stretches_.size() && j < b.stretches_.size();) {
        const Stretch &one = a.stretches_[i], &other = b.stretches_[j];
        sum += std::max<Cycle>(0, std::min(one.end, other.end) - std::max(one.begin, other.begin));
        ++(one.end < other.end ? i : j);
    }
    return sum;
}

BusyTimes BusyTimes::any(const std::vector<BusyTimes> &of)
{
    std::vector<Stretch> all;
    for (const BusyTimes &times : of)
        all.insert(all.end(), times.stretches_.begin(), times.stretches_.end());
    std::sort(all.begin(), all.end(), [](const Stretch &a, const Stretch &b) { return a.begin < b.begin; });
    BusyTimes any;
    for (const Stretch &stretch : all)
        any.add(stretch.begin, stretch.end);
    return any;
}

} // namespace fastcar::fpga

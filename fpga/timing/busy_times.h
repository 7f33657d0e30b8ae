// SPDX-License-Identifier: Apache-2.0
//
// Times in which something was busy: stretches of cycles in their order, that touch where they can.
#pragma once

#include "fpga/timing/agenda.h"

#include <vector>

namespace fastcar::fpga {

/// [begin, end)
struct Stretch {
    Cycle begin = 0, end = 0;
};

class BusyTimes {
public:
    /// Stretches come in the order of their beginnings; where they overlap, they are one.
    void add(Cycle begin, Cycle end)
    {
        if (stretches_.empty() || begin > stretches_.back().end) {
            stretches_.push_back({begin, end});
            return;
        }
        Stretch &last = stretches_.back();
        last = {std::min(last.begin, begin), std::max(last.end, end)};
    }
    const std::vector<Stretch> &stretches() const { return stretches_; }
    void clear() { stretches_.clear(); }

    Cycle cycles() const;
    /// Cycles in which both are.
    static Cycle together(const BusyTimes &a, const BusyTimes &b);
    /// Times in which any is.
    static BusyTimes any(const std::vector<BusyTimes> &of);

private:
    std::vector<Stretch> stretches_;
};

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// How often the window's thread takes what a run has said. All that views do for a run follows from that:
// they read the record anew and paint. So here is where it is held to a share of the processor: at most 30
// times a second, and where that costs much (many views, drawn by the processor), as seldom as it takes for
// nine tenths of the thread's time to be left to the run, but not less than 5 times a second.
#pragma once

#include <algorithm>
#include <cstdint>

namespace fastcar::ui {

/// Of the calling thread, since it began; 0 where the system does not tell.
std::int64_t threadTimeUs();

class DrainPace {
public:
    static constexpr int leastMs = 33;
    static constexpr int mostMs = 200;
    /// Of the time that taking and painting needed, until it is done again.
    static constexpr int rest = 10;

    /// A run begins: what the thread did before is not its.
    void begin(std::int64_t spentUs)
    {
        spentUs_ = spentUs;
        intervalMs_ = leastMs;
    }
    /// It is done now; `spentUs` as threadTimeUs() tells.
    void done(std::int64_t spentUs)
    {
        const std::int64_t cost = spentUs - spentUs_;
        spentUs_ = spentUs;
        intervalMs_ = static_cast<int>(std::clamp<std::int64_t>(cost * rest / 1000, leastMs, mostMs));
    }
    /// From the last time to the next.
    int intervalMs() const { return intervalMs_; }

private:
    std::int64_t spentUs_ = 0;
    int intervalMs_ = leastMs;
};

} // namespace fastcar::ui

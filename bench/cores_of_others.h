// SPDX-License-Identifier: Apache-2.0
//
// How much of the machine's cores other programs had, and other virtual machines, since this was made: what
// is timed meanwhile says little where that is much.
#pragma once

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <numeric>
#include <string>

namespace fastcar::bench {

class CoresOfOthers {
public:
    CoresOfOthers()
        : start_(now())
    {
    }

    /// Of all cores' time, from 0 to 1; the system counts it in hundredths of a second. 0 where it does not
    /// tell.
    double share() const
    {
        const Times end = now();
        const double all = end.all - start_.all;
        const double others = all - (end.idle - start_.idle) - (end.own - start_.own);
        return all > 0.0 ? std::clamp(others / all, 0.0, 1.0) : 0.0;
    }

private:
    struct Times { // seconds, of all cores together
        double all = 0.0;
        double idle = 0.0;
        double own = 0.0;
    };

    static Times now()
    {
        constexpr double ticksPerSecond = 100.0;
        enum { Idle = 3, Waiting = 4 };
        std::array<double, 8>
            ticks{}; // user, nice, system, idle, waiting for a disk, two of interrupts, stolen
        std::ifstream stream("/proc/stat");
        std::string cpu;
        stream >> cpu;
        for (double &tick : ticks)
            stream >> tick;
        return {.all = std::accumulate(ticks.begin(), ticks.end(), 0.0) / ticksPerSecond,
                .idle = (ticks[Idle] + ticks[Waiting]) / ticksPerSecond,
                .own = static_cast<double>(std::clock()) / CLOCKS_PER_SEC};
    }

    Times start_;
};

} // namespace fastcar::bench

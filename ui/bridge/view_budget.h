// SPDX-License-Identifier: Apache-2.0
//
// How often the views may follow a run. A run's threads meet dozens of times a token, so whatever takes one
// of their cores for a moment stops all of them: the time that the window's thread works is time that the run
// loses. All that views do for a run follows from the moment at which the window takes what it has said, so
// here is where they are held to a share of the time, all together: the pause before the next time grows with
// what the last times cost. What a person does waits for none of it.
#pragma once

#include <algorithm>
#include <cstdint>

namespace fastcar::ui {

/// Of the calling thread, since it began; 0 where the system does not tell.
std::int64_t threadTimeUs();

class ViewBudget {
public:
    /// 25 times a second: more is not seen.
    static constexpr int leastMs = 40;

    struct Limits {
        int percent; // of the time, at the most, as far as mostMs allows it
        int mostMs;
    };
    static constexpr Limits smooth{.percent = 30, .mostMs = 100};
    static constexpr Limits balanced{.percent = 4, .mostMs = 250};
    static constexpr Limits sparing{.percent = 2, .mostMs = 1000};
    /// For a run that leaves a core to the window.
    static constexpr Limits none{.percent = 100, .mostMs = leastMs};

    void setLimits(const Limits &limits) { limits_ = limits; }

    /// A run begins: what the thread did before is not its. `spentUs` as threadTimeUs() tells.
    void begin(std::int64_t spentUs)
    {
        spentUs_ = spentUs;
        costUs_ = 0;
    }
    /// The views are brought up to date from here on: what was spent since the last time is what that one
    /// cost.
    void done(std::int64_t spentUs)
    {
        const std::int64_t cost = spentUs - spentUs_;
        spentUs_ = spentUs;
        costUs_ += (cost - costUs_) / (cost > costUs_ ? 1 : fading); // costs show at once
    }
    /// From the last time to the next.
    int intervalMs() const
    {
        const std::int64_t fair = costUs_ * 100 / limits_.percent / 1000;
        return static_cast<int>(std::clamp<std::int64_t>(fair, leastMs, limits_.mostMs));
    }

private:
    static constexpr int fading = 4; // times, until a cost that is past counts little

    Limits limits_ = balanced;
    std::int64_t spentUs_ = 0;
    std::int64_t costUs_ = 0;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Repeated timings: median and spread. Absolute times on a shared machine mean little; ratios within one run
// do.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace fastcar::roofline {

using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Measurement {
public:
    void add(double value) { values_.push_back(value); }
    std::size_t count() const { return values_.size(); }
    double median() const { return quantile(0.5); }
    double least() const { return quantile(0.0); }
    double most() const { return quantile(1.0); }
    double quantile(double share) const
    {
        if (values_.empty())
            return 0.0;
        std::vector<double> sorted = values_;
        std::sort(sorted.begin(), sorted.end());
        return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
    }

    /// "12.3 (11.9-14.0)"
    std::string text(double scale, int digits) const
    {
        char buffer[96];
        std::snprintf(buffer, sizeof buffer, "%.*f (%.*f-%.*f)", digits, median() * scale, digits,
                      least() * scale, digits, most() * scale);
        return buffer;
    }

private:
    std::vector<double> values_;
};

} // namespace fastcar::roofline

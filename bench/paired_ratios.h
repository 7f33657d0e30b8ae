// SPDX-License-Identifier: Apache-2.0
//
// What two things take beside each other, where a machine's neighbours slow both down for a while: ratios of
// runs that followed each other closely, and what their median says.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fastcar::bench {

class PairedRatios {
public:
    void add(double ratio) { sorted_.insert(std::ranges::upper_bound(sorted_, ratio), ratio); }
    std::size_t count() const { return sorted_.size(); }

    double median() const
    {
        const std::size_t half = count() / 2;
        if (count() == 0)
            return 0.0;
        return count() % 2 == 1 ? sorted_[half] : (sorted_[half - 1] + sorted_[half]) / 2.0;
    }

    struct Bounds {
        double least;
        double most;
    };
    /// Between them lies the true median, in 95 of 100 measurements at the least and however the ratios are
    /// spread (the sign test, turned around). Of fewer than six ratios: the least and the most of them.
    Bounds bounds() const
    {
        if (count() == 0)
            return {};
        const std::size_t outside = leftOut(count());
        return {sorted_[outside], sorted_[count() - 1 - outside]};
    }

private:
    /// The most ratios for which "no more than so many are on this side of the median" has a chance of 1
    /// in 40.
    static std::size_t leftOut(std::size_t count)
    {
        double chance = 1.0; // of exactly `below`
        for (std::size_t i = 0; i < count; ++i)
            chance /= 2.0;
        std::size_t below = 0;
        for (double sum = chance; sum <= 0.025; sum += chance) {
            chance *= static_cast<double>(count - below) / static_cast<double>(below + 1);
            ++below;
        }
        return below > 0 ? below - 1 : 0;
    }

    std::vector<double> sorted_;
};

} // namespace fastcar::bench

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tas_histogram.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

TasHistogram::TasHistogram(TasRange ofRange, int bins)
    : range(ofRange)
    , replayed(static_cast<std::size_t>(bins))
    , computed(static_cast<std::size_t>(bins))
{
}

int TasHistogram::highest() const
{
    int most = 0;
    for (std::size_t bin = 0; bin < replayed.size(); ++bin)
        most = std::max(most, replayed[bin] + computed[bin]);
    return most;
}

void TasHistogram::add(std::span<const float> sorted, std::optional<float> threshold)
{
    const float width = std::max(range.high - range.low, 1e-6f) / static_cast<float>(bins());
    const auto passing = threshold ? std::ranges::upper_bound(sorted, *threshold) : sorted.end();
    auto from = sorted.begin();
    for (int bin = 0; bin < bins(); ++bin) {
        const float end = range.low + width * static_cast<float>(bin + 1);
        const auto to = bin + 1 < bins() ? std::lower_bound(from, sorted.end(), end) : sorted.end();
        const auto parting = std::clamp(passing, from, to);
        computed[static_cast<std::size_t>(bin)] += static_cast<int>(parting - from);
        replayed[static_cast<std::size_t>(bin)] += static_cast<int>(to - parting);
        from = to;
    }
    scores += static_cast<std::int64_t>(sorted.size());
}

std::optional<float> exceededBy(const SortedScores &scores, double share)
{
    std::vector<float> all;
    for (const auto &run : scores)
        all.insert(all.end(), run.begin(), run.end());
    if (all.empty())
        return std::nullopt;
    const auto count = static_cast<double>(all.size());
    const double place = std::round((1.0 - share) * count) - 1.0; // of the highest one that is not above
    const auto nth = all.begin() + static_cast<std::ptrdiff_t>(std::clamp(place, 0.0, count - 1.0));
    std::ranges::nth_element(all, nth);
    return place < 0.0 ? std::nextafter(*nth, *nth - 1.0f) : *nth;
}

std::optional<TasRange> rangeOf(const SortedScores &scores, double tail)
{
    std::optional<TasRange> range;
    for (const auto &run : scores) {
        if (run.empty())
            continue;
        const auto cut = static_cast<std::size_t>(tail * static_cast<double>(run.size()));
        const TasRange of{run[cut], run[run.size() - 1 - cut]};
        range = range ? united(*range, of) : of;
    }
    return range;
}

} // namespace fastcar::ui

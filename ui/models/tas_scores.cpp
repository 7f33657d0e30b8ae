// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tas_scores.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

/// Calls take(tas) for every score; those of the first frame are none.
template <typename Take>
void forEachScore(const Trace &trace, int steps, int layer, Take take)
{
    const TraceShape &shape = trace.shape();
    const int first = layer < 0 ? 0 : layer;
    const int last = layer < 0 ? shape.layers : layer + 1;
    for (int step = shape.stride; step < steps; ++step) {
        for (int l = first; l < last; ++l) {
            for (int row = 0; row < shape.rows; ++row) {
                const float tas = trace.outcome(step, l, row).tas;
                if (!std::isnan(tas))
                    take(tas);
            }
        }
    }
}

} // namespace

TasRange united(TasRange a, TasRange b)
{
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

TasRange rounded(TasRange range)
{
    const float width = std::max(range.high - range.low, 1e-3f);
    const float decade = std::pow(10.0f, std::floor(std::log10(width)));
    const float step = width / decade > 5.0f   ? decade / 2.0f
                       : width / decade > 2.0f ? decade / 5.0f
                                               : decade / 10.0f;
    return {std::floor(range.low / step) * step, std::ceil(range.high / step) * step};
}

std::optional<TasRange> tasRange(const Trace &trace, int steps, int layer, double tail)
{
    std::vector<float> scores;
    forEachScore(trace, steps, layer, [&](float tas) { scores.push_back(tas); });
    if (scores.empty())
        return std::nullopt;
    const auto cut = static_cast<std::ptrdiff_t>(tail * static_cast<double>(scores.size()));
    const auto low = scores.begin() + cut;
    const auto high = scores.end() - 1 - cut;
    std::nth_element(scores.begin(), low, scores.end());
    const float lowest = *low;
    std::nth_element(scores.begin(), high, scores.end());
    return TasRange{lowest, *high};
}


std::optional<TasRange> heatmapRange(const Trace &trace, int steps, int layer)
{
    constexpr double farScores = 0.02;
    const auto range = tasRange(trace, steps, layer, farScores);
    return range ? std::optional(rounded(*range)) : std::nullopt;
}

} // namespace fastcar::ui

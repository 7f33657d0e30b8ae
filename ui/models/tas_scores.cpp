// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tas_scores.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

/// Calls take(layer, tas) for every score; those of the first frame are none.
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
                    take(l, tas);
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
    const float step = width / decade > 5.0f ? decade : width / decade > 2.0f ? decade / 2.0f : decade / 5.0f;
    return {std::floor(range.low / step) * step, std::ceil(range.high / step) * step};
}

std::optional<TasRange> tasRange(const Trace &trace, int steps, int layer)
{
    std::optional<TasRange> range;
    forEachScore(trace, steps, layer, [&](int, float tas) {
        range = range ? TasRange{std::min(range->low, tas), std::max(range->high, tas)} : TasRange{tas, tas};
    });
    return range;
}

int TasHistogram::highest() const
{
    int most = 0;
    for (std::size_t bin = 0; bin < replayed.size(); ++bin)
        most = std::max(most, replayed[bin] + computed[bin]);
    return most;
}

TasHistogram tasHistogram(const Trace &trace, int steps, const ReplayPolicy &policy, TasRange range, int bins)
{
    TasHistogram histogram{.range = range,
                           .replayed = std::vector<int>(static_cast<std::size_t>(bins)),
                           .computed = std::vector<int>(static_cast<std::size_t>(bins))};
    const float scale = static_cast<float>(bins) / std::max(range.high - range.low, 1e-6f);
    forEachScore(trace, steps, -1, [&](int layer, float tas) {
        const auto place = std::clamp((tas - range.low) * scale, 0.0f, static_cast<float>(bins - 1));
        const auto bin = static_cast<std::size_t>(place);
        const auto threshold = policy.threshold(layer);
        const bool above = threshold && tas > *threshold;
        ++(above ? histogram.replayed : histogram.computed)[bin];
        ++histogram.scores;
        histogram.above += above;
    });
    return histogram;
}

} // namespace fastcar::ui

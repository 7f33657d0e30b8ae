// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tas_scores.h"

#include "engine/replay/gate.h"

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

void count(TasHistogram &histogram, const LayerOutcome &row)
{
    const auto bins = static_cast<float>(histogram.replayed.size());
    const TasRange range = histogram.range;
    const float place = (row.tas - range.low) / std::max(range.high - range.low, 1e-6f) * bins;
    const auto bin = static_cast<std::size_t>(std::clamp(place, 0.0f, bins - 1.0f));
    const bool replayed = row.decision == Decision::Replayed;
    ++(replayed ? histogram.replayed : histogram.computed)[bin];
    ++histogram.scores;
    histogram.above += replayed;
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
    const TraceShape &shape = trace.shape();
    const RowLayout layout{.videos = shape.videos, .guided = shape.rows == 2 * shape.videos};
    std::vector<LayerOutcome> rows(static_cast<std::size_t>(shape.rows));
    for (int step = shape.stride; step < steps; ++step) {
        for (int layer = 0; layer < shape.layers; ++layer) {
            std::ranges::copy(trace.outcomes(step).row(layer), rows.begin());
            decide(policy.gate, policy.threshold(layer), true, layout, rows);
            for (const LayerOutcome &row : rows)
                if (!std::isnan(row.tas))
                    count(histogram, row);
        }
    }
    return histogram;
}

} // namespace fastcar::ui

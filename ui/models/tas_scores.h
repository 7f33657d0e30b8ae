// SPDX-License-Identifier: Apache-2.0
//
// The TAS that a run has measured so far, put in order for the threshold panel and the heatmap: ranges, and a
// histogram that says what a policy would have replayed of them.
#pragma once

#include "engine/trace/trace.h"

#include <optional>
#include <vector>

namespace fastcar::ui {

struct TasRange {
    float low = 0.0f;
    float high = 0.0f;

    bool operator==(const TasRange &) const = default;
};

/// The smallest range that holds both.
TasRange united(TasRange a, TasRange b);
/// A little wider, with ends that are short to write: a scale that does not twitch with every new score.
TasRange rounded(TasRange range);

/// Of the scores of one layer in the first `steps` steps, all rows; of all layers for layer -1. Nothing
/// without scores. `tail`: the share of scores that may lie outside at either end, so that a few far ones do
/// not squeeze the rest.
std::optional<TasRange> tasRange(const Trace &trace, int steps, int layer, double tail = 0.0);

struct TasHistogram {
    TasRange range;
    std::vector<int> replayed; // by bin: scores of what would be replayed
    std::vector<int> computed; // by bin: the others
    std::int64_t above = 0;    // all of `replayed`
    std::int64_t scores = 0;

    double share() const { return scores ? static_cast<double>(above) / static_cast<double>(scores) : 0.0; }
    int highest() const;
};

/// What `policy` would do, by its own gate, to the scores that the trace has. A score outside of the range
/// counts in the bin at that end.
TasHistogram tasHistogram(const Trace &trace, int steps, const ReplayPolicy &policy, TasRange range,
                          int bins);

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Ranges of scores: of what a run has measured so far, and as the scale of a slider or a legend.
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

/// What the heatmap's colours span: the scores of a layer but for the outermost 2 % at either end, rounded.
std::optional<TasRange> heatmapRange(const Trace &trace, int steps, int layer);

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// How a layer's scores lie, as a person tunes by them. The scores come as the runs of sorted values that a
// ScoreDigest keeps; nothing here looks at each of them unless it must.
#pragma once

#include "ui/models/tas_scores.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fastcar::ui {

/// Scores in a range, and which of them a threshold lets replay. A score outside of the range counts in the
/// bin at that end.
struct TasHistogram {
    TasRange range;
    std::vector<int> replayed; // by bin: scores of what would be replayed
    std::vector<int> computed; // by bin: the others
    std::int64_t scores = 0;

    TasHistogram(TasRange range, int bins);
    int bins() const { return static_cast<int>(replayed.size()); }
    int highest() const;
    /// Takes in `sorted` scores; without a threshold none replays. Costs a search for each bin.
    void add(std::span<const float> sorted, std::optional<float> threshold);
};

using SortedScores = std::vector<std::span<const float>>;

/// What `share` (0 to 1) of them are above. Nothing without scores.
std::optional<float> exceededBy(const SortedScores &scores, double share);
/// `tail`: the share of each run of them that may lie outside at either end. Nothing without scores.
std::optional<TasRange> rangeOf(const SortedScores &scores, double tail);

} // namespace fastcar::ui

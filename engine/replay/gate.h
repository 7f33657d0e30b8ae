// SPDX-License-Identifier: Apache-2.0
//
// The gate: from the scores of a step's rows at one layer to who replays (docs/replay.md). Pure functions.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/replay/replay_policy.h"

#include <optional>
#include <span>

namespace fastcar {

/// Whether a score replays: TAS > threshold. A threshold of -inf replays whatever the score is, also one that
/// is -inf or not a number; otherwise a score that is not a number never replays.
bool exceeds(float tas, float threshold);

/// Fills in the decisions of one layer, given the scores. `threshold`: the layer's, nothing where it never
/// replays; `hasEarlierFrame`: whether the step's token has a predecessor one frame before. Without either no
/// row is eligible.
void decide(GateMode mode, std::optional<float> threshold, bool hasEarlierFrame, RowLayout layout,
            std::span<LayerOutcome> rows);

/// The scores that a gate holds against the threshold of a layer, from those of the step's rows: each row's
/// own, the smallest one, each video's conditional one, or each video's mean. Each of them decides for as
/// many rows as any other, so the share of them that exceeds a threshold is the share of rows that replays.
/// What is no finite number becomes the largest or smallest one. `to` has room for one per row; the first so
/// many of it come back.
std::span<float> decidingScores(GateMode mode, RowLayout layout, std::span<const LayerOutcome> rows,
                                std::span<float> to);

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// The gate: from the scores of a step's rows at one layer to who replays (docs/replay.md). Pure functions.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/replay/replay_policy.h"

#include <optional>
#include <span>

namespace fastcar
{

/// Whether a score replays: TAS > threshold. A threshold of -inf replays whatever the score is, also one that
/// is -inf or not a number; otherwise a score that is not a number never replays.
bool exceeds(float tas, float threshold);

/// Fills in the decisions of one layer, given the scores. `threshold`: the layer's, nothing where it never
/// replays; `hasEarlierFrame`: whether the step's token has a predecessor one frame before. Without either no
/// row is eligible.
void decide(GateMode mode, std::optional<float> threshold, bool hasEarlierFrame, RowLayout layout,
            std::span<LayerOutcome> rows);

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// A timed step made ready to be drawn: its units' spans as lanes, where its layers lie, and what replay left
// free of the cores. Never changes once it is made, so that the thread that made it can hand it over.
#pragma once

#include "ui/hardware/lane_spans.h"

#include <memory>
#include <span>
#include <vector>

namespace fastcar::ui {

/// Cycles that belong to a layer: up to the next one's beginning.
struct LayerWindow {
    int layer = 0;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    /// All rows are behind the output matrix, and the last one is done with the MLP or has replayed it. Where
    /// rows take turns this may reach past `end`.
    std::int64_t mlp = 0;
    std::int64_t mlpEnd = 0;
    std::uint32_t replayed = 0; // bit r: row r replays its MLP
};

struct StepPicture {
    StepTiming timing; // its spans have moved into `lanes`
    /// Cores, vector unit, sequencer (heads and gate), attention units, ports; those that the card has.
    std::vector<LaneSpans> lanes;
    /// [cores]: times within a layer's MLP in which the core had nothing to do while rows replayed. The row
    /// is the one that replays; -1: several.
    std::vector<LaneSpans> free;
    std::vector<LayerWindow> layers;

    std::int64_t cycles() const { return timing.counters.cycles; }
    const LayerWindow *layerAt(double cycle) const;
    const LayerWindow *layer(int number) const;
};

/// `replays`: [layers], as in the query.
std::shared_ptr<const StepPicture> makeStepPicture(StepTiming timing, const CardInfo &card,
                                                   std::span<const std::uint32_t> replays);

} // namespace fastcar::ui

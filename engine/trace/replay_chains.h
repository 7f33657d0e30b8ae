// SPDX-License-Identifier: Apache-2.0
//
// Chains of replays (docs/replay.md, "The cache and chains"), told while a trace's steps come by: how old the
// outputs are that replay uses. Holds one number for each slot of the MLP cache, whatever the run's length;
// DecisionPyramid keeps those of all steps.
#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <vector>

namespace fastcar {

class ReplayChains {
public:
    explicit ReplayChains(const TraceShape &shape);

    /// The next step: 0, 1, 2, ... `outcomes` [layers, rows].
    void take(MatrixView<const LayerOutcome> outcomes);

    /// Of the step that was taken last: how many times in a row the output at its position has been replayed,
    /// this time included; 0: it was computed.
    int length(int layer, int row) const;

    /// How many chains have come to an end, or to the end of the trace, by their length. The first entry,
    /// length 0, is not used.
    std::vector<std::int64_t> chains() const;

private:
    TraceShape shape_;
    int steps_ = 0;
    std::vector<std::int32_t> lengths_;     // [position, layer, row], of the slots that were used by now
    std::vector<std::int64_t> ended_ = {0}; // by length
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// What the host asks of one run of the accelerator: rows, their states, and how to decide about replay.
#pragma once

#include "engine/replay/replay_policy.h"
#include "fpga/arithmetic/gate.h"

#include <cstdint>
#include <span>

namespace fastcar::fpga {

/// One token of one sequence.
struct RowDescriptor {
    int sequence = 0;
    int position = 0;
    int slot = 0;          // of the MLP cache
    int earlier = 0;       // position of the key that TAS looks at
    int partner = 0;       // row that decides with this one
    bool measured = false; // TAS is computed; the row may replay
    bool stores = false;   // its MLP output goes into the cache
    bool wanted = false;   // its final state is read back
};

struct CardStep {
    std::span<const RowDescriptor> rows; // at most 32; tokens of one sequence in ascending order
    std::span<const std::int32_t> input; // [rows, D] Q16
    GateRule gate = GateRule::Row;
    bool rotatedQuery = false;                  // TAS of the paper: the query after its rotation
    std::span<const LayerThreshold> thresholds; // [layers]
    AttentionSpan attention;
    DrsPolicy drs = DrsPolicy::Split;
};

} // namespace fastcar::fpga

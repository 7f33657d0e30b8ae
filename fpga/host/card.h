// SPDX-License-Identifier: Apache-2.0
//
// Card: what runs one step of the backbone in the accelerator's numbers (docs/accelerator.md, "A step"). The
// modelled card computes it in C++; a real or emulated one runs the kernel. All give the same bits.
#pragma once

#include "engine/base/result.h"
#include "engine/replay/replay_policy.h"
#include "fpga/arithmetic/gate.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

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
};

/// Belongs to the card; valid until its next call.
struct CardReport {
    std::span<const std::int32_t> hidden;   // [rows, D] Q16; of meaning for wanted rows
    std::span<const std::int32_t> tas;      // [layers, rows] Q16; of meaning for measured rows
    std::span<const std::uint32_t> replays; // [layers], bit r: row r replayed
    std::uint64_t weightBytesRead = 0;
    std::int64_t attentionNs = 0;
    std::int64_t mlpNs = 0;
};

/// One thread at a time.
class Card {
public:
    virtual ~Card() = default;
    virtual std::string name() const = 0; // of the device, as a person types it
    virtual int maxRows() const = 0;
    /// Empty caches for `sequences` of `positions` positions. Errors: memory.
    virtual Result<void> begin(int sequences, int positions) = 0;
    virtual Result<CardReport> run(const CardStep &step) = 0;
};

} // namespace fastcar::fpga

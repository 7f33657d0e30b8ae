// SPDX-License-Identifier: Apache-2.0
//
// Card: what runs one step of the backbone in the accelerator's numbers (docs/accelerator.md, "A step"). The
// modelled card computes it in C++; a real or emulated one runs the kernel. All give the same bits.
#pragma once

#include "engine/backend/card_counters.h"
#include "engine/base/result.h"
#include "fpga/program/card_step.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fastcar::fpga {

/// Belongs to the card; valid until its next call.
struct CardReport {
    std::span<const std::int32_t> hidden;   // [rows, D] Q16; of meaning for wanted rows
    std::span<const std::int32_t> tas;      // [layers, rows] Q16; of meaning for measured rows
    std::span<const std::uint32_t> replays; // [layers], bit r: row r replayed
    std::uint64_t weightBytesRead = 0;
    std::int64_t attentionNs = 0;
    std::int64_t mlpNs = 0;
    const CardCounters *counters = nullptr; // null: this card has none
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

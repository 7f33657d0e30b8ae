// SPDX-License-Identifier: Apache-2.0
//
// The gate as the card decides it: TAS and thresholds in Q16, the answer as one bit a row, the complement of
// DRS's index register (docs/accelerator.md, "TAS").
#pragma once

#include <cstdint>
#include <span>

namespace fastcar::fpga {

enum class GateRule : std::uint8_t { Row, All, Conditional, Mean };

/// What a layer's threshold says.
struct LayerThreshold {
    enum class Kind : std::uint8_t { Never, Above, Always };
    Kind kind = Kind::Never;
    std::int32_t value = 0; // Q16; replay where TAS > value

    bool operator==(const LayerThreshold &) const = default;
};

/// One row's part in the decision.
struct GateRow {
    std::int32_t tas = 0;
    bool eligible = false;    // has an earlier frame
    std::uint8_t partner = 0; // whose decision is also this row's (Conditional), or whose score counts (Mean)
};

/// Bit r: row r replays. At most 32 rows.
std::uint32_t decideReplay(GateRule rule, LayerThreshold threshold, std::span<const GateRow> rows);

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// Rotation of queries and keys to their position (rotate-half: element i turns with i + headDim / 2), with
// cosines and sines in Q14 from a table.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fastcar::fpga {

/// [positions][headDim / 2] pairs.
class RopeTable {
public:
    struct Turn {
        std::int16_t cosine, sine; // Q14
    };
    RopeTable() = default;
    /// Position p turns pair i by p / scaling * theta^(-2i / headDim).
    RopeTable(int positions, int headDim, float theta, float scaling);

    int positions() const { return positions_; }
    std::span<const Turn> at(int position) const
    {
        return std::span(turns_).subspan(static_cast<std::size_t>(position) * pairs_, pairs_);
    }

private:
    int positions_ = 0;
    std::size_t pairs_ = 0;
    std::vector<Turn> turns_;
};

/// head [headDim] Q16, in place.
void rotate(std::span<std::int32_t> head, std::span<const RopeTable::Turn> turns);

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// How a matrix lies in card memory (docs/accelerator.md, "The matrix-vector engine"): scales, then tiles of 8
// output rows, in beats of 64 bytes that are dealt over the memory ports.
#pragma once

#include "fpga/arithmetic/scale.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fastcar::fpga {

/// What of a card's configuration decides layouts.
struct CardShape {
    int cores = 4;
    int lanes = 64; // int8 multiply-adds of a core a cycle
    int ports = 4;  // memory ports of 512 bit
    int rows = 32;  // in flight, at the most

    bool operator==(const CardShape &) const = default;
};

inline constexpr int tileRows = 8;   // output rows of a tile
inline constexpr int beatBytes = 64; // of one port

/// int8 weights [rows, columns] with a Scale for each output row.
struct QuantisedMatrix {
    int rows = 0;
    int columns = 0;
    std::vector<std::int8_t> values;
    std::vector<Scale> scales;

    std::span<const std::int8_t> row(int r) const
    {
        return std::span(values).subspan(static_cast<std::size_t>(r) * static_cast<std::size_t>(columns),
                                         static_cast<std::size_t>(columns));
    }
};

/// Sizes of a matrix as it is stored.
struct MatrixLayout {
    int rows = 0;       // padded to whole tiles
    int columns = 0;    // padded to whole words of the cores and whole beats of a tile
    int scaleBeats = 0; // of all ports together
    int tileBeats = 0;  // of one tile, of all ports together
    int tiles() const { return rows / tileRows; }
    std::int64_t beats() const { return scaleBeats + std::int64_t{tiles()} * tileBeats; }
    std::uint64_t bytes() const { return static_cast<std::uint64_t>(beats()) * beatBytes; }

    static MatrixLayout of(int rows, int columns, const CardShape &shape);
};

/// The matrix's bytes for one port: its beats in their order.
std::vector<std::byte> portImage(const QuantisedMatrix &matrix, const CardShape &shape, int port);

} // namespace fastcar::fpga

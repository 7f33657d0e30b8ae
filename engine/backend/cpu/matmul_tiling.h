// SPDX-License-Identifier: Apache-2.0
//
// How the outputs of a matrix are dealt to threads (matmul.h): the same pieces for any number of them.
#pragma once

#include "engine/backend/cpu/matmul.h"

#include <algorithm>
#include <cstdint>

namespace fastcar::cpu {

inline constexpr int farStreams = 4; // weight rows that are read at the same time

/// Stream s of step i computes output i + s * span, or step i is a panel; a tile is some steps. There are some
/// dozens of tiles, all alike: small enough that nobody waits long for the one who took the last, large enough
/// that beginning one costs nothing beside it.
struct Tiling {
    static constexpr std::int64_t tilesOfMatrix = 64;
    static constexpr std::int64_t leastTileBytes = 16 * 1024, mostTileBytes = 128 * 1024;

    std::int64_t span = 0;
    std::int64_t tiles = 0;

    Tiling() = default;
    /// `streamsOfMatrix`: fewer than farStreams where several matrices are read together.
    Tiling(const Linear &linear, int streamsOfMatrix)
        : span(linear.panels ? panelsOf(linear.out())
                             : (linear.out() + streamsOfMatrix - 1) / streamsOfMatrix)
    {
        const std::int64_t rows = linear.panels ? panelOutputs * (farStreams / streamsOfMatrix) : farStreams;
        const std::int64_t bytes = span * rows * linear.rowBytes();
        const std::int64_t tileBytes = std::clamp(bytes / tilesOfMatrix, leastTileBytes, mostTileBytes);
        tiles = std::clamp<std::int64_t>(bytes / tileBytes, 1, span);
    }
    std::int64_t begin(std::int64_t tile) const { return tile * span / tiles; }
    std::int64_t end(std::int64_t tile) const { return begin(tile + 1); }
};

} // namespace fastcar::cpu

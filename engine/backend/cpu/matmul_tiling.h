// SPDX-License-Identifier: Apache-2.0
//
// How the outputs of a matrix are dealt to threads (matmul.h): the same pieces for any number of them.
#pragma once

#include "engine/backend/cpu/matmul.h"

#include <algorithm>
#include <cstdint>

namespace fastcar::cpu {

inline constexpr int farStreams = 4; // weight rows that are read at the same time

/// Stream s of step i computes output i + s * span; a tile is `steps` steps.
struct Tiling {
    // A tile's weights: long stretches of each stream where the matrix is large, enough tiles for all threads
    // where it is not.
    static constexpr std::int64_t leastTileBytes = 64 * 1024, mostTileBytes = 512 * 1024;
    static constexpr std::int64_t tilesOfMatrix = 64;

    std::int64_t span = 0;
    std::int64_t steps = 0;

    Tiling(const Linear &linear, int streamsOfMatrix)
        : span((linear.out() + streamsOfMatrix - 1) / streamsOfMatrix)
    {
        const std::int64_t stepBytes = farStreams * linear.rowBytes();
        const std::int64_t tileBytes =
            std::clamp(linear.out() * linear.rowBytes() / tilesOfMatrix, leastTileBytes, mostTileBytes);
        steps = std::max<std::int64_t>(1, tileBytes / std::max<std::int64_t>(1, stepBytes));
    }
    std::int64_t tiles() const { return (span + steps - 1) / steps; }
    std::int64_t end(std::int64_t tile) const { return std::min(span, (tile + 1) * steps); }
};

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// How the outputs of a matrix are dealt to threads (matmul.h): the same pieces for any number of them.
#pragma once

#include "engine/backend/cpu/matmul.h"

#include <algorithm>
#include <cstdint>

namespace fastcar::cpu {

inline constexpr int farStreams = 4; // weight rows that are read at the same time

/// Stream s of step i computes output i + s * span; a tile is some steps. The pool hands out the last tiles
/// first: the first ones are small, so that nobody waits long for the one who took the last.
struct Tiling {
    // A tile's weights: long stretches of each stream where the matrix is large, enough tiles for all threads
    // where it is not; smaller ones cost a small model more to hand out than their even end saves (a sixth of a
    // step of the default model, at 16 KB).
    static constexpr std::int64_t leastTileBytes = 64 * 1024, fineTileBytes = 64 * 1024,
                                  mostTileBytes = 512 * 1024;
    static constexpr std::int64_t tilesOfMatrix = 64;
    static constexpr std::int64_t tilesCutFine = 4;

    std::int64_t span = 0;
    std::int64_t steps = 0;               // of a tile
    std::int64_t fine = 0, fineSteps = 0; // tiles that are small, and steps of each

    Tiling(const Linear &linear, int streamsOfMatrix)
        : span((linear.out() + streamsOfMatrix - 1) / streamsOfMatrix)
    {
        const std::int64_t stepBytes = std::max<std::int64_t>(1, farStreams * linear.rowBytes());
        const std::int64_t tileBytes =
            std::clamp(span * stepBytes / tilesOfMatrix, leastTileBytes, mostTileBytes);
        steps = std::max<std::int64_t>(1, tileBytes / stepBytes);
        fineSteps = std::clamp<std::int64_t>(fineTileBytes / stepBytes, 1, steps);
        if (fineSteps < steps)
            fine = std::min(span, tilesCutFine * steps) / fineSteps;
    }
    std::int64_t begin(std::int64_t tile) const
    {
        return tile <= fine ? tile * fineSteps : std::min(span, fine * fineSteps + (tile - fine) * steps);
    }
    std::int64_t end(std::int64_t tile) const { return begin(tile + 1); }
    std::int64_t tiles() const { return fine + (span - fine * fineSteps + steps - 1) / steps; }
};

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// How the outputs of a matrix are dealt to threads (matmul.h): the same pieces for any number of them.
#pragma once

#include "engine/backend/cpu/matmul.h"

#include <algorithm>
#include <cstdint>

namespace fastcar::cpu {

inline constexpr int farStreams = 4; // weight rows that are read at the same time

/// Stream s of step i computes output i + s * span, or step i is a panel; a tile is some steps. The tiles of
/// a small matrix are alike, and two, four or a multiple of eight, so that as many threads end together.
/// Those of a large one are long stretches of each stream; the pool hands out the last tiles first, and the
/// first ones are small, so that nobody waits long for the one who took the last.
struct Tiling {
    static constexpr std::int64_t tileBytes = 64 * 1024, mostTileBytes = 512 * 1024;
    static constexpr std::int64_t leastForTwo = 48 * 1024; // below, handing out half of it takes as long
    static constexpr std::int64_t tilesOfMatrix = 64, tilesCutFine = 4; // of a large one

    std::int64_t span = 0;
    std::int64_t alike = 0;               // tiles of a small matrix
    std::int64_t steps = 0;               // of a large one's tile
    std::int64_t fine = 0, fineSteps = 0; // tiles that are small, and steps of each

    Tiling() = default;
    /// `streamsOfMatrix`: fewer than farStreams where several matrices are read together.
    Tiling(const Linear &linear, int streamsOfMatrix)
        : span(linear.panels ? panelsOf(linear.out())
                             : (linear.out() + streamsOfMatrix - 1) / streamsOfMatrix)
    {
        const std::int64_t rows = linear.panels ? panelOutputs * (farStreams / streamsOfMatrix) : farStreams;
        const std::int64_t stepBytes = std::max<std::int64_t>(1, rows * linear.rowBytes());
        const std::int64_t bytes = span * stepBytes;
        if (bytes < tilesOfMatrix * tileBytes) {
            alike = std::min(span, tilesAlike(bytes));
            return;
        }
        steps = std::max<std::int64_t>(1, std::min(bytes / tilesOfMatrix, mostTileBytes) / stepBytes);
        fineSteps = std::clamp<std::int64_t>(tileBytes / stepBytes, 1, steps);
        if (fineSteps < steps)
            fine = std::min(span, tilesCutFine * steps) / fineSteps;
    }
    std::int64_t begin(std::int64_t tile) const
    {
        if (alike > 0)
            return tile * span / alike;
        return tile <= fine ? tile * fineSteps : std::min(span, fine * fineSteps + (tile - fine) * steps);
    }
    std::int64_t end(std::int64_t tile) const { return begin(tile + 1); }
    std::int64_t tiles() const
    {
        return alike > 0 ? alike : fine + (span - fine * fineSteps + steps - 1) / steps;
    }

private:
    static std::int64_t tilesAlike(std::int64_t bytes)
    {
        return std::max<std::int64_t>(1, bytes / (16 * 1024));
    }
};

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/fetch_ahead.h"

#include "engine/backend/cpu/matmul_tiling.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

/// What a thread can fetch while it waits, and what a second-level cache has room for beside all else.
constexpr std::int64_t mostBytes = 128 * 1024;

/// The panels of the tiles [tiles.begin, tiles.end), or as many as `most` bytes hold.
FetchAhead::Stretch panelsIn(const Linear &linear, const Tiling &tiling, TileRange tiles, std::int64_t most)
{
    const std::int64_t panelBytes = panelOutputs * linear.rowBytes();
    const std::int64_t begin = tiling.begin(tiles.begin) * panelBytes;
    const std::int64_t end = tiling.begin(tiles.end) * panelBytes;
    return {.from = linear.panels + begin, .bytes = static_cast<std::uint32_t>(std::min(end - begin, most))};
}

} // namespace

std::vector<FetchAhead> firstReads(std::span<const Linear> together, int threads)
{
    if (!std::ranges::all_of(together, [](const Linear &linear) { return linear.panels != nullptr; }))
        return {};
    std::int64_t all = 0;
    for (const Linear &linear : together)
        all += Tiling(linear, farStreams).tiles;

    std::vector<FetchAhead> reads(static_cast<std::size_t>(threads));
    for (int worker = 0; worker < threads; ++worker) {
        const TileRange own = ThreadPool::tilesOf(worker, threads, all);
        std::int64_t first = 0; // of the matrix
        std::size_t stretches = 0;
        for (const Linear &linear : together) {
            const Tiling tiling(linear, farStreams);
            const TileRange here{std::max<std::int64_t>(own.begin - first, 0),
                                 std::min(own.end - first, tiling.tiles)};
            if (here.begin < here.end && stretches < FetchAhead::most)
                reads[static_cast<std::size_t>(worker)].stretches[stretches++] =
                    panelsIn(linear, tiling, here, mostBytes / std::int64_t{FetchAhead::most});
            first += tiling.tiles;
        }
    }
    return reads;
}

std::vector<FetchAhead> firstReads(const Linear &gate, const Linear &up, int threads)
{
    if (!gate.panels || !up.panels)
        return {};
    const Tiling tiling(gate, farStreams / 2);
    std::vector<FetchAhead> reads(static_cast<std::size_t>(threads));
    for (int worker = 0; worker < threads; ++worker) {
        const TileRange own = ThreadPool::tilesOf(worker, threads, tiling.tiles);
        reads[static_cast<std::size_t>(worker)].stretches = {panelsIn(gate, tiling, own, mostBytes / 2),
                                                             panelsIn(up, tiling, own, mostBytes / 2)};
    }
    return reads;
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// The bandwidth of plain reading in the pattern that reaches most of it: four streams a thread that lie far
// apart. What a step's bytes are held against, in the same run.
#pragma once

#include "engine/backend/thread_pool.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <vector>

namespace fastcar::roofline {

class FarRead {
public:
    explicit FarRead(std::size_t bytes)
        : words_(bytes / sizeof(std::uint64_t), 0x0123456789abcdefu)
    {
    }

    double gigabytesPerSecond(ThreadPool &pool) const
    {
        const auto start = std::chrono::steady_clock::now();
        std::atomic<std::uint64_t> kept{0}; // so that reading is not left out
        pool.forEachTile(tiles, [&](std::int64_t tile) { kept += readTile(static_cast<std::size_t>(tile)); });
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return static_cast<double>(words_.size() * sizeof(std::uint64_t)) / seconds / 1e9;
    }

private:
    static constexpr std::int64_t tiles = 512;

    using Lane = std::uint64_t __attribute__((vector_size(32), aligned(8)));

    std::uint64_t readTile(std::size_t tile) const
    {
        constexpr std::size_t step = 8, ahead = 64; // words: a cache line, and 512 bytes
        const std::size_t stream = words_.size() / 4, share = stream / static_cast<std::size_t>(tiles);
        const std::uint64_t *const from = words_.data() + tile * share;
        Lane sums[8] = {};
        for (std::size_t i = 0; i + step <= share; i += step)
            for (std::size_t s = 0; s < 4; ++s) {
                const std::uint64_t *const line = from + s * stream + i;
                __builtin_prefetch(line + ahead);
                sums[2 * s] += *reinterpret_cast<const Lane *>(line);
                sums[2 * s + 1] += *reinterpret_cast<const Lane *>(line + 4);
            }
        std::uint64_t sum = 0;
        for (const Lane &lane : sums)
            sum += lane[0] + lane[1] + lane[2] + lane[3];
        return sum;
    }

    std::vector<std::uint64_t> words_;
};

} // namespace fastcar::roofline

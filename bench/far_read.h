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

namespace fastcar::bench {

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

    std::uint64_t readTile(std::size_t tile) const
    {
        const std::size_t stream = words_.size() / 4, share = stream / static_cast<std::size_t>(tiles);
        const std::uint64_t *const from = words_.data() + tile * share;
        std::uint64_t sums[16] = {};
        for (std::size_t i = 0; i + 4 <= share; i += 4)
            for (std::size_t s = 0; s < 4; ++s)
                for (std::size_t j = 0; j < 4; ++j)
                    sums[4 * s + j] += from[s * stream + i + j];
        std::uint64_t sum = 0;
        for (const std::uint64_t part : sums)
            sum += part;
        return sum;
    }

    std::vector<std::uint64_t> words_;
};

} // namespace fastcar::bench

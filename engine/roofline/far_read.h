// SPDX-License-Identifier: Apache-2.0
//
// The bandwidth of plain reading in the pattern that reaches most of it: four streams a thread that lie far
// apart. What a step's bytes are held against, in the same run.
#pragma once

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/thread_pool.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

namespace fastcar::roofline {

class FarRead {
public:
    explicit FarRead(std::size_t bytes)
        : words_(bytes / sizeof(float))
    {
        std::fill_n(words_.data(), words_.size(), 1.0f);
    }

    double gigabytesPerSecond(ThreadPool &pool) const
    {
        const auto start = std::chrono::steady_clock::now();
        std::atomic<std::uint64_t> kept{0}; // so that reading is not left out
        pool.forEachTile(tiles, [&](std::int64_t tile) { kept += readTile(static_cast<std::size_t>(tile)); });
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return static_cast<double>(words_.size() * sizeof(float)) / seconds / 1e9;
    }

private:
    static constexpr std::int64_t tiles = 512;

    std::uint64_t readTile(std::size_t tile) const
    {
        const auto *const words = reinterpret_cast<const std::uint64_t *>(words_.data());
        const std::size_t stream = words_.size() / 8, share = stream / static_cast<std::size_t>(tiles);
        return cpu::kernels().readStreams(words + tile * share, stream, share);
    }

    cpu::AlignedBuffer words_;
};

} // namespace fastcar::roofline

// SPDX-License-Identifier: Apache-2.0
#include "engine/roofline/machine_rates.h"

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/lanes.h"
#include "engine/backend/cpu/weight_store.h"

#include <atomic>
#include <chrono>
#include <vector>

namespace fastcar::roofline {

double floatMultiplyAdds(ThreadPool &pool)
{
    constexpr int steps = 1 << 16, sums = 12;
    const std::int64_t tiles = std::int64_t{64} * pool.threads();
    std::atomic<float> kept{0.0f}; // so that nothing is left out
    const auto start = Clock::now();
    pool.forEachTile(tiles, [&](std::int64_t tile) {
        kept = kept + cpu::kernels().multiplyAdds(steps, static_cast<float>(tile));
    });
    return static_cast<double>(tiles) * steps * sums * cpu::lanes / secondsSince(start) * 1e-9;
}

double int8MultiplyAdds(ThreadPool &pool)
{
    constexpr std::int64_t rows = 2, in = 1024, out = 128; // 128 KiB: within a core's own cache
    constexpr int repeats = 64;
    const std::vector<float> ones(static_cast<std::size_t>(in * out), 1.0f);
    cpu::WeightStore store;
    const cpu::Linear linear = store.linear(
        {.weight = {.data = reinterpret_cast<const std::byte *>(ones.data()), .shape = {out, in}},
         .bias = {}},
        NarrowFormat::Int8, pool);
    cpu::QuantisedRows quantised(rows, in, {.int8 = true});
    const MatrixView<const float> x{ones.data(), rows, in};
    quantised.set(x);
    const std::int64_t tiles = std::int64_t{16} * pool.threads();
    cpu::AlignedBuffer y(tiles, rows * out);
    const auto start = Clock::now();
    pool.forEachTile(tiles, [&](std::int64_t tile) {
        const MatrixView<float> to{y.data() + tile * rows * out, rows, out};
        for (int i = 0; i < repeats; ++i)
            cpu::matmul({.linear = linear, .x = x, .y = to, .quantised = &quantised});
    });
    return static_cast<double>(tiles * repeats * rows * in * out) / secondsSince(start) * 1e-9;
}

} // namespace fastcar::roofline

// SPDX-License-Identifier: Apache-2.0
//
// What a machine's limits are measured with.
#pragma once

#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

std::uint64_t readStreams(const std::uint64_t *from, std::size_t stride, std::size_t words)
{
    using Lane = std::uint64_t __attribute__((vector_size(32), aligned(8)));
    constexpr std::size_t step = 8, ahead = 64; // words: a cache line, and 512 bytes
    Lane sums[8] = {};
    for (std::size_t i = 0; i + step <= words; i += step)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < 4; ++s) {
            const std::uint64_t *const line = from + s * stride + i;
            __builtin_prefetch(line + ahead);
            sums[2 * s] += *reinterpret_cast<const Lane *>(line);
            sums[2 * s + 1] += *reinterpret_cast<const Lane *>(line + 4);
        }
    std::uint64_t sum = 0;
    for (const Lane &lane : sums)
        sum += lane[0] + lane[1] + lane[2] + lane[3];
    return sum;
}

float multiplyAdds(int steps, float start)
{
    constexpr int sums = 12; // more than a multiply-add takes cycles, twice over
    Vec8 total[sums];
    for (int i = 0; i < sums; ++i)
        total[i] = broadcast(static_cast<float>(i));
    const Vec8 factor = broadcast(0.999f), addend = broadcast(start);
    for (int step = 0; step < steps; ++step)
#pragma GCC unroll 12
        for (int i = 0; i < sums; ++i)
            total[i] = fma(total[i], factor, addend);
    for (int i = 1; i < sums; ++i)
        total[0] = total[0] + total[i];
    return sum(total[0]);
}

} // namespace fastcar::cpu::FASTCAR_SIMD

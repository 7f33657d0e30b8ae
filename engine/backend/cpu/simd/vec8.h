// SPDX-License-Identifier: Apache-2.0
//
// Eight floats, sixteen and eight of whole numbers, and the few operations that the kernels are written in:
// in one register or in two. Products are fused only by fma(), and there only where the level does it. All
// levels that do take sums in one order, and give the same bits.
//
// Included by a level's file alone (kernel_table.h), which has included all other headers.
#pragma once

#if FASTCAR_AVX2
#include "engine/backend/cpu/simd/vec8_avx2.h"
#else
#include "engine/backend/cpu/simd/vec8_fours.h"
#endif

namespace fastcar::cpu::FASTCAR_SIMD {

/// Bytes of a stored weight, key or value.
template <DType type>
inline constexpr std::int64_t storedBytes = type == DType::F32 ? 4 : 2;

/// The first `count` floats, `fill` behind them.
inline Vec8 loadFirst(const float *from, std::int64_t count, float fill = 0.0f)
{
    float padded[8] = {fill, fill, fill, fill, fill, fill, fill, fill};
    std::memcpy(padded, from, static_cast<std::size_t>(count) * sizeof(float));
    return load(padded);
}

inline void storeFirst(float *to, Vec8 a, std::int64_t count)
{
    float all[8];
    store(all, a);
    std::memcpy(to, all, static_cast<std::size_t>(count) * sizeof(float));
}

/// The first `count` stored weights, zeros behind them.
template <DType type>
inline Vec8 loadFirstStored(const std::byte *from, std::int64_t count)
{
    constexpr std::size_t size = storedBytes<type>;
    std::byte padded[8 * size] = {};
    std::memcpy(padded, from, static_cast<std::size_t>(count) * size);
    return loadStored<type>(padded);
}

/// <a, b> of n floats. The order of the sums depends on n alone.
inline float dot(const float *a, const float *b, std::int64_t n)
{
    Vec8 total = zero();
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes)
        total = fma(load(a + i), load(b + i), total);
    if (i < n)
        total = fma(loadFirst(a + i, n - i), loadFirst(b + i, n - i), total);
    return sum(total);
}

/// out[i] = f(in[i]) over n floats, eight at a time.
template <typename F>
inline void mapLanes(std::int64_t n, const float *in, float *out, F f)
{
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes)
        store(out + i, f(load(in + i)));
    if (i < n)
        storeFirst(out + i, f(loadFirst(in + i, n - i)), n - i);
}

/// out[i] = f(a[i], b[i]).
template <typename F>
inline void mapLanes(std::int64_t n, const float *a, const float *b, float *out, F f)
{
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes)
        store(out + i, f(load(a + i), load(b + i)));
    if (i < n)
        storeFirst(out + i, f(loadFirst(a + i, n - i), loadFirst(b + i, n - i)), n - i);
}

} // namespace fastcar::cpu::FASTCAR_SIMD

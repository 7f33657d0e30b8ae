// SPDX-License-Identifier: Apache-2.0
//
// Eight floats in a register, and the few operations that the kernels are written in. With AVX2, FMA and F16C
// they are single instructions; elsewhere plain loops that a compiler vectorises. Products are fused only by
// fma().
#pragma once

#include "engine/tensor/tensor.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#define FASTCAR_AVX2 1
#include <immintrin.h>
#else
#define FASTCAR_AVX2 0
#endif

namespace fastcar::cpu {

constexpr std::int64_t lanes = 8;

constexpr std::int64_t roundUpToLanes(std::int64_t n)
{
    return (n + lanes - 1) / lanes * lanes;
}

#if FASTCAR_AVX2

struct Vec8 {
    __m256 v;
};

inline Vec8 zero()
{
    return {_mm256_setzero_ps()};
}
inline Vec8 broadcast(float value)
{
    return {_mm256_set1_ps(value)};
}
inline Vec8 load(const float *from)
{
    return {_mm256_loadu_ps(from)};
}
inline void store(float *to, Vec8 a)
{
    _mm256_storeu_ps(to, a.v);
}
inline Vec8 operator+(Vec8 a, Vec8 b)
{
    return {_mm256_add_ps(a.v, b.v)};
}
inline Vec8 operator-(Vec8 a, Vec8 b)
{
    return {_mm256_sub_ps(a.v, b.v)};
}
inline Vec8 operator*(Vec8 a, Vec8 b)
{
    return {_mm256_mul_ps(a.v, b.v)};
}
inline Vec8 operator/(Vec8 a, Vec8 b)
{
    return {_mm256_div_ps(a.v, b.v)};
}
/// a * b + c, rounded once.
inline Vec8 fma(Vec8 a, Vec8 b, Vec8 c)
{
    return {_mm256_fmadd_ps(a.v, b.v, c.v)};
}
inline Vec8 maximum(Vec8 a, Vec8 b)
{
    return {_mm256_max_ps(a.v, b.v)};
}
inline Vec8 absolute(Vec8 a)
{
    return {_mm256_andnot_ps(_mm256_set1_ps(-0.0f), a.v)};
}
/// Where x < 0: a, else b.
inline Vec8 whereNegative(Vec8 x, Vec8 a, Vec8 b)
{
    return {_mm256_blendv_ps(b.v, a.v, x.v)};
}

/// ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))
inline float sum(Vec8 a)
{
    const __m256 pairs = _mm256_hadd_ps(a.v, a.v);
    const __m256 fours = _mm256_hadd_ps(pairs, pairs);
    return _mm_cvtss_f32(_mm_add_ss(_mm256_castps256_ps128(fours), _mm256_extractf128_ps(fours, 1)));
}

/// The sums of four, each as sum() has it.
inline void sums(const Vec8 &a, const Vec8 &b, const Vec8 &c, const Vec8 &d, float (&out)[4])
{
    const __m256 fours = _mm256_hadd_ps(_mm256_hadd_ps(a.v, b.v), _mm256_hadd_ps(c.v, d.v));
    _mm_storeu_ps(out, _mm_add_ps(_mm256_castps256_ps128(fours), _mm256_extractf128_ps(fours, 1)));
}

inline float largest(Vec8 a)
{
    __m128 m = _mm_max_ps(_mm256_castps256_ps128(a.v), _mm256_extractf128_ps(a.v, 1));
    m = _mm_max_ps(m, _mm_movehl_ps(m, m));
    return _mm_cvtss_f32(_mm_max_ss(m, _mm_movehdup_ps(m)));
}

/// Eight stored weights as f32.
template <DType type>
inline Vec8 loadWeights(const std::byte *from)
{
    static_assert(type == DType::F32 || type == DType::F16 || type == DType::BF16);
    if constexpr (type == DType::F32) {
        return {_mm256_loadu_ps(reinterpret_cast<const float *>(from))};
    } else {
        const __m128i stored = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
        if constexpr (type == DType::F16)
            return {_mm256_cvtph_ps(stored)};
        else
            return {_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(stored), 16))};
    }
}

/// Rounded to the nearest f16.
inline void storeF16(std::byte *to, Vec8 a)
{
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to),
                     _mm256_cvtps_ph(a.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}

/// e^x to about 1e-7 relative; 0 below -87.3 (also for -inf), about 1.6e38 above 88.
inline Vec8 exp(Vec8 x)
{
    const __m256 smallest = _mm256_set1_ps(-87.33654f);
    const __m256 tooSmall = _mm256_cmp_ps(x.v, smallest, _CMP_LT_OQ);
    // A NaN is the second operand, and so survives.
    __m256 r = _mm256_min_ps(_mm256_set1_ps(88.0f), _mm256_max_ps(smallest, x.v));
    const __m256 n = _mm256_round_ps(_mm256_mul_ps(r, _mm256_set1_ps(1.44269504f)),
                                     _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0x1.62e4p-1f), r); // ln 2 in two parts
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0x1.7f7d1cp-20f), r);
    __m256 p = _mm256_set1_ps(1.0f / 5040.0f); // the series; |r| <= ln 2 / 2
    for (const float c : {1.0f / 720.0f, 1.0f / 120.0f, 1.0f / 24.0f, 1.0f / 6.0f, 0.5f, 1.0f, 1.0f})
        p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(c));
    const __m256i power = _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23);
    p = _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), power));
    return {_mm256_andnot_ps(tooSmall, p)};
}

#else

struct Vec8 {
    float v[8];
};

template <typename F>
inline Vec8 lanewise(F f)
{
    Vec8 out;
    for (int i = 0; i < 8; ++i)
        out.v[i] = f(i);
    return out;
}

inline Vec8 zero()
{
    return {};
}
inline Vec8 broadcast(float value)
{
    return lanewise([&](int) { return value; });
}
inline Vec8 load(const float *from)
{
    return lanewise([&](int i) { return from[i]; });
}
inline void store(float *to, Vec8 a)
{
    std::memcpy(to, a.v, sizeof(a.v));
}
inline Vec8 operator+(Vec8 a, Vec8 b)
{
    return lanewise([&](int i) { return a.v[i] + b.v[i]; });
}
inline Vec8 operator-(Vec8 a, Vec8 b)
{
    return lanewise([&](int i) { return a.v[i] - b.v[i]; });
}
inline Vec8 operator*(Vec8 a, Vec8 b)
{
    return lanewise([&](int i) { return a.v[i] * b.v[i]; });
}
inline Vec8 operator/(Vec8 a, Vec8 b)
{
    return lanewise([&](int i) { return a.v[i] / b.v[i]; });
}
/// a * b + c, rounded once.
inline Vec8 fma(Vec8 a, Vec8 b, Vec8 c)
{
    return lanewise([&](int i) { return std::fma(a.v[i], b.v[i], c.v[i]); });
}
inline Vec8 maximum(Vec8 a, Vec8 b)
{
    return lanewise([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; });
}
inline Vec8 absolute(Vec8 a)
{
    return lanewise([&](int i) { return std::fabs(a.v[i]); });
}
/// Where x < 0: a, else b.
inline Vec8 whereNegative(Vec8 x, Vec8 a, Vec8 b)
{
    return lanewise([&](int i) { return std::signbit(x.v[i]) ? a.v[i] : b.v[i]; });
}

/// ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))
inline float sum(Vec8 a)
{
    return ((a.v[0] + a.v[1]) + (a.v[2] + a.v[3])) + ((a.v[4] + a.v[5]) + (a.v[6] + a.v[7]));
}

/// The sums of four, each as sum() has it.
inline void sums(const Vec8 &a, const Vec8 &b, const Vec8 &c, const Vec8 &d, float (&out)[4])
{
    out[0] = sum(a);
    out[1] = sum(b);
    out[2] = sum(c);
    out[3] = sum(d);
}

inline float largest(Vec8 a)
{
    float m = a.v[0];
    for (int i = 1; i < 8; ++i)
        m = a.v[i] > m ? a.v[i] : m;
    return m;
}

/// Eight stored weights as f32.
template <DType type>
inline Vec8 loadWeights(const std::byte *from)
{
    static_assert(type == DType::F32 || type == DType::F16 || type == DType::BF16);
    Vec8 out;
    if constexpr (type == DType::F32) {
        std::memcpy(out.v, from, sizeof(out.v));
    } else if constexpr (type == DType::F16) {
        convertToF32({.data = from, .type = type, .shape = {8}}, out.v);
    } else {
        std::uint16_t stored[8];
        std::memcpy(stored, from, sizeof(stored));
        for (int i = 0; i < 8; ++i)
            out.v[i] = std::bit_cast<float>(static_cast<std::uint32_t>(stored[i]) << 16);
    }
    return out;
}

/// Rounded to the nearest f16.
inline void storeF16(std::byte *to, Vec8 a)
{
    for (int i = 0; i < 8; ++i) {
        const _Float16 half = static_cast<_Float16>(a.v[i]);
        std::memcpy(to + 2 * i, &half, sizeof(half));
    }
}

/// e^x; 0 below -87.3 (also for -inf).
inline Vec8 exp(Vec8 x)
{
    return lanewise(
        [&](int i) { return x.v[i] < -87.33654f ? 0.0f : std::exp(x.v[i] > 88.0f ? 88.0f : x.v[i]); });
}

#endif

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
inline Vec8 loadFirstWeights(const std::byte *from, std::int64_t count)
{
    constexpr std::size_t size = type == DType::F32 ? 4 : 2;
    std::byte padded[8 * size] = {};
    std::memcpy(padded, from, static_cast<std::size_t>(count) * size);
    return loadWeights<type>(padded);
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

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// Sixteen floats, in one register or in two; and eight with the same words, for what is left over. Each lane
// is a sum of its own, so that the bits do not depend on how many a register holds.
#pragma once

#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

/// Eight.
struct Lanes8 {
    static constexpr std::int64_t count = lanes;
    Vec8 v;

    static Lanes8 zero() { return {FASTCAR_SIMD::zero()}; }
    static Lanes8 all(float value) { return {broadcast(value)}; }
    static Lanes8 load(const float *from) { return {FASTCAR_SIMD::load(from)}; }
    /// Stored weights, keys or values.
    template <DType type>
    static Lanes8 loadStored(const std::byte *from)
    {
        return {FASTCAR_SIMD::loadStored<type>(from)};
    }
    void store(float *to) const { FASTCAR_SIMD::store(to, v); }
};
inline Lanes8 operator+(const Lanes8 &a, const Lanes8 &b)
{
    return {a.v + b.v};
}
inline Lanes8 operator*(const Lanes8 &a, const Lanes8 &b)
{
    return {a.v * b.v};
}
inline Lanes8 operator-(const Lanes8 &a, const Lanes8 &b)
{
    return {a.v - b.v};
}
inline Lanes8 operator/(const Lanes8 &a, const Lanes8 &b)
{
    return {a.v / b.v};
}
inline Lanes8 exp(const Lanes8 &x)
{
    return {exp(x.v)};
}
inline Lanes8 fma(const Lanes8 &a, const Lanes8 &b, const Lanes8 &c)
{
    return {fma(a.v, b.v, c.v)};
}

#if FASTCAR_AVX512

/// Sixteen stored numbers of two bytes as f32.
template <DType type>
inline __m512 widened(__m256i stored)
{
    static_assert(type == DType::F16 || type == DType::BF16);
    if constexpr (type == DType::F16)
        return _mm512_cvtph_ps(stored);
    else
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(stored), 16));
}

struct Lanes16 {
    static constexpr std::int64_t count = 16;
    __m512 v;

    static Lanes16 zero() { return {_mm512_setzero_ps()}; }
    static Lanes16 all(float value) { return {_mm512_set1_ps(value)}; }
    static Lanes16 load(const float *from) { return {_mm512_loadu_ps(from)}; }
    template <DType type>
    static Lanes16 loadStored(const std::byte *from)
    {
        if constexpr (type == DType::F32)
            return {_mm512_loadu_ps(reinterpret_cast<const float *>(from))};
        else
            return {widened<type>(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)))};
    }
    void store(float *to) const { _mm512_storeu_ps(to, v); }
};
inline Lanes16 operator+(const Lanes16 &a, const Lanes16 &b)
{
    return {_mm512_add_ps(a.v, b.v)};
}
inline Lanes16 operator*(const Lanes16 &a, const Lanes16 &b)
{
    return {_mm512_mul_ps(a.v, b.v)};
}
inline Lanes16 operator-(const Lanes16 &a, const Lanes16 &b)
{
    return {_mm512_sub_ps(a.v, b.v)};
}
inline Lanes16 operator/(const Lanes16 &a, const Lanes16 &b)
{
    return {_mm512_div_ps(a.v, b.v)};
}
inline Lanes16 fma(const Lanes16 &a, const Lanes16 &b, const Lanes16 &c)
{
    return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
inline Lanes16 maximum(const Lanes16 &a, const Lanes16 &b)
{
    return {_mm512_max_ps(a.v, b.v)};
}
inline Lanes16 absolute(const Lanes16 &a)
{
    return {_mm512_abs_ps(a.v)};
}
/// Sixteen of the nearest whole numbers.
inline void storeRounded(std::int8_t *to, const Lanes16 &a)
{
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to), _mm512_cvtsepi32_epi8(_mm512_cvtps_epi32(a.v)));
}
inline Vec8 lowHalf(const Lanes16 &a)
{
    return {_mm512_castps512_ps256(a.v)};
}
inline Vec8 highHalf(const Lanes16 &a)
{
    return {_mm512_extractf32x8_ps(a.v, 1)};
}
/// As of eight (vec8_avx2.h).
inline Lanes16 exp(const Lanes16 &x)
{
    const __m512 smallest = _mm512_set1_ps(-87.33654f);
    const __mmask16 notTooSmall = _mm512_cmp_ps_mask(x.v, smallest, _CMP_NLT_UQ);
    // A NaN is the second operand, and so survives.
    __m512 r = _mm512_min_ps(_mm512_set1_ps(88.0f), _mm512_max_ps(smallest, x.v));
    const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(r, _mm512_set1_ps(1.44269504f)),
                                          _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0x1.62e4p-1f), r); // ln 2 in two parts
    r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0x1.7f7d1cp-20f), r);
    __m512 p = _mm512_set1_ps(1.0f / 5040.0f); // the series; |r| <= ln 2 / 2
    for (const float c : {1.0f / 720.0f, 1.0f / 120.0f, 1.0f / 24.0f, 1.0f / 6.0f, 0.5f, 1.0f, 1.0f})
        p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(c));
    const __m512i power = _mm512_slli_epi32(_mm512_cvtps_epi32(n), 23);
    return {_mm512_castsi512_ps(_mm512_maskz_add_epi32(notTooSmall, _mm512_castps_si512(p), power))};
}

#else

struct Lanes16 {
    static constexpr std::int64_t count = 16;
    Lanes8 low, high;

    static Lanes16 zero() { return {Lanes8::zero(), Lanes8::zero()}; }
    static Lanes16 all(float value) { return {Lanes8::all(value), Lanes8::all(value)}; }
    static Lanes16 load(const float *from) { return {Lanes8::load(from), Lanes8::load(from + lanes)}; }
    template <DType type>
    static Lanes16 loadStored(const std::byte *from)
    {
        constexpr std::int64_t half = lanes * storedBytes<type>;
        return {Lanes8::loadStored<type>(from), Lanes8::loadStored<type>(from + half)};
    }
    void store(float *to) const
    {
        low.store(to);
        high.store(to + lanes);
    }
};
inline Lanes16 operator+(const Lanes16 &a, const Lanes16 &b)
{
    return {a.low + b.low, a.high + b.high};
}
inline Lanes16 operator*(const Lanes16 &a, const Lanes16 &b)
{
    return {a.low * b.low, a.high * b.high};
}
inline Lanes16 operator-(const Lanes16 &a, const Lanes16 &b)
{
    return {a.low - b.low, a.high - b.high};
}
inline Lanes16 operator/(const Lanes16 &a, const Lanes16 &b)
{
    return {a.low / b.low, a.high / b.high};
}
inline Lanes16 fma(const Lanes16 &a, const Lanes16 &b, const Lanes16 &c)
{
    return {fma(a.low, b.low, c.low), fma(a.high, b.high, c.high)};
}
inline Lanes16 maximum(const Lanes16 &a, const Lanes16 &b)
{
    return {{maximum(a.low.v, b.low.v)}, {maximum(a.high.v, b.high.v)}};
}
inline Lanes16 absolute(const Lanes16 &a)
{
    return {{absolute(a.low.v)}, {absolute(a.high.v)}};
}
/// Sixteen of the nearest whole numbers.
inline void storeRounded(std::int8_t *to, const Lanes16 &a)
{
    storeRounded(to, a.low.v);
    storeRounded(to + lanes, a.high.v);
}
inline Vec8 lowHalf(const Lanes16 &a)
{
    return a.low.v;
}
inline Vec8 highHalf(const Lanes16 &a)
{
    return a.high.v;
}
inline Lanes16 exp(const Lanes16 &x)
{
    return {exp(x.low), exp(x.high)};
}

#endif

} // namespace fastcar::cpu::FASTCAR_SIMD

// SPDX-License-Identifier: Apache-2.0
//
// Vec8 (vec8.h) as one register of AVX2, with FMA and F16C.
#pragma once

#include "engine/backend/cpu/kernel_table.h"

namespace fastcar::cpu::FASTCAR_SIMD {

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

/// Eight stored weights, keys or values as f32.
template <DType type>
inline Vec8 loadStored(const std::byte *from)
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

struct Int16x16 {
    __m256i v;
};
struct Int32x8 {
    __m256i v;
};

inline Int16x16 load(const std::int16_t *from)
{
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from))};
}
/// Two numbers, eight times.
inline Int16x16 broadcastPair(const std::int16_t *from)
{
    std::int32_t both;
    std::memcpy(&both, from, sizeof(both));
    return {_mm256_set1_epi32(both)};
}
/// Four numbers, four times.
inline Int16x16 broadcastFour(const std::int16_t *from)
{
    std::int64_t four;
    std::memcpy(&four, from, sizeof(four));
    return {_mm256_set1_epi64x(four)};
}
/// Sixteen signed bytes.
inline Int16x16 widen(const std::byte *from)
{
    return {_mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)))};
}
/// Sixteen bytes without a sign.
inline Int16x16 widenUnsigned(const std::byte *from)
{
    return {_mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)))};
}
/// sums[i] + a[2 i] b[2 i] + a[2 i + 1] b[2 i + 1]
inline Int32x8 addProducts(Int32x8 sums, Int16x16 a, Int16x16 b)
{
#if FASTCAR_AVX512
    __m256i sum = _mm256_dpwssd_epi32(sums.v, a.v, b.v);
#else
    __m256i sum = _mm256_add_epi32(sums.v, _mm256_madd_epi16(a.v, b.v));
#endif
    // Sums of whole numbers may be taken in any order; GCC takes that which needs more registers than there
    // are, or copies them from one to another.
    __asm__("" : "+v"(sum));
    return {sum};
}
inline Int32x8 operator+(Int32x8 a, Int32x8 b)
{
    return {_mm256_add_epi32(a.v, b.v)};
}
inline Int32x8 operator-(Int32x8 a, Int32x8 b)
{
    return {_mm256_sub_epi32(a.v, b.v)};
}
inline Int32x8 broadcast(std::int32_t value)
{
    return {_mm256_set1_epi32(value)};
}
/// a0 + a1, a2 + a3, ..., b6 + b7
inline Int32x8 addPairs(Int32x8 a, Int32x8 b)
{
    return {_mm256_permute4x64_epi64(_mm256_hadd_epi32(a.v, b.v), 0xd8)};
}
inline std::int64_t sum(Int32x8 a)
{
    const __m256i fours = _mm256_add_epi64(_mm256_cvtepi32_epi64(_mm256_castsi256_si128(a.v)),
                                           _mm256_cvtepi32_epi64(_mm256_extracti128_si256(a.v, 1)));
    const __m128i pairs = _mm_add_epi64(_mm256_castsi256_si128(fours), _mm256_extracti128_si256(fours, 1));
    return _mm_cvtsi128_si64(_mm_add_epi64(pairs, _mm_unpackhi_epi64(pairs, pairs)));
}
inline Vec8 toFloats(Int32x8 a)
{
    return {_mm256_cvtepi32_ps(a.v)};
}

/// Eight of the nearest whole numbers.
inline void storeRounded(std::int16_t *to, Vec8 a)
{
    const __m256i q = _mm256_cvtps_epi32(a.v);
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to),
                     _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1)));
}
inline void storeRounded(std::int8_t *to, Vec8 a)
{
    const __m256i q = _mm256_cvtps_epi32(a.v);
    const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1));
    _mm_storel_epi64(reinterpret_cast<__m128i *>(to), _mm_packs_epi16(words, words));
}

} // namespace fastcar::cpu::FASTCAR_SIMD

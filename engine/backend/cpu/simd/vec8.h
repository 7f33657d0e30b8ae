// SPDX-License-Identifier: Apache-2.0
//
// Eight floats in a register, sixteen products of whole numbers, and the few operations that the kernels are
// written in: with AVX2, FMA and F16C, or for any processor. Products are fused only by fma(), and there only
// where the processor does it.
//
// Included by a level's file alone (kernel_table.h), which has included all other headers.
#pragma once

#include "engine/backend/cpu/kernel_table.h"

namespace fastcar::cpu::FASTCAR_SIMD {

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
/// Sixteen signed bytes.
inline Int16x16 widen(const std::byte *from)
{
    return {_mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)))};
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

#else

using Floats4 = float __attribute__((vector_size(16)));
using Bits4 = std::uint32_t __attribute__((vector_size(16)));
using Int32x4 = std::int32_t __attribute__((vector_size(16)));
using Int16x8 = std::int16_t __attribute__((vector_size(16)));

struct Vec8 {
    Floats4 low, high;
};

template <typename To, typename From>
inline To bitsOf(From from)
{
    static_assert(sizeof(To) == sizeof(From));
    To to;
    std::memcpy(&to, &from, sizeof(to));
    return to;
}
template <typename T, typename From>
inline T loadAs(const From *from)
{
    T to;
    std::memcpy(&to, from, sizeof(to));
    return to;
}
/// Where the bits of `mask` are set: a, else b.
template <typename Mask>
inline Floats4 where(Mask mask, Floats4 a, Floats4 b)
{
    const Bits4 m = bitsOf<Bits4>(mask);
    return bitsOf<Floats4>((m & bitsOf<Bits4>(a)) | (~m & bitsOf<Bits4>(b)));
}

inline Vec8 zero()
{
    return {Floats4{}, Floats4{}};
}
inline Vec8 broadcast(float value)
{
    const Floats4 four{value, value, value, value};
    return {four, four};
}
inline Vec8 load(const float *from)
{
    return {loadAs<Floats4>(from), loadAs<Floats4>(from + 4)};
}
inline void store(float *to, const Vec8 &a)
{
    std::memcpy(to, &a.low, sizeof(a.low));
    std::memcpy(to + 4, &a.high, sizeof(a.high));
}
inline Vec8 operator+(const Vec8 &a, const Vec8 &b)
{
    return {a.low + b.low, a.high + b.high};
}
inline Vec8 operator-(const Vec8 &a, const Vec8 &b)
{
    return {a.low - b.low, a.high - b.high};
}
inline Vec8 operator*(const Vec8 &a, const Vec8 &b)
{
    return {a.low * b.low, a.high * b.high};
}
inline Vec8 operator/(const Vec8 &a, const Vec8 &b)
{
    return {a.low / b.low, a.high / b.high};
}
/// a * b + c; rounded once where that costs nothing.
inline Vec8 fma(const Vec8 &a, const Vec8 &b, const Vec8 &c)
{
#if defined(__FP_FAST_FMAF)
    Vec8 sum;
    for (int i = 0; i < 4; ++i) {
        sum.low[i] = std::fma(a.low[i], b.low[i], c.low[i]);
        sum.high[i] = std::fma(a.high[i], b.high[i], c.high[i]);
    }
    return sum;
#else
    return a * b + c;
#endif
}
inline Vec8 maximum(const Vec8 &a, const Vec8 &b)
{
    return {where(a.low > b.low, a.low, b.low), where(a.high > b.high, a.high, b.high)};
}
inline Vec8 absolute(const Vec8 &a)
{
    const Bits4 magnitude = Bits4{} + 0x7fffffffu;
    return {bitsOf<Floats4>(bitsOf<Bits4>(a.low) & magnitude),
            bitsOf<Floats4>(bitsOf<Bits4>(a.high) & magnitude)};
}
/// Where x < 0: a, else b.
inline Vec8 whereNegative(const Vec8 &x, const Vec8 &a, const Vec8 &b)
{
    return {where(bitsOf<Int32x4>(x.low) < 0, a.low, b.low),
            where(bitsOf<Int32x4>(x.high) < 0, a.high, b.high)};
}

/// ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7))
inline float sum(const Vec8 &a)
{
    return ((a.low[0] + a.low[1]) + (a.low[2] + a.low[3])) +
           ((a.high[0] + a.high[1]) + (a.high[2] + a.high[3]));
}

/// The sums of four, each as sum() has it.
inline void sums(const Vec8 &a, const Vec8 &b, const Vec8 &c, const Vec8 &d, float (&out)[4])
{
    out[0] = sum(a);
    out[1] = sum(b);
    out[2] = sum(c);
    out[3] = sum(d);
}

inline float largest(const Vec8 &a)
{
    const Floats4 four = where(a.low > a.high, a.low, a.high);
    float most = four[0];
    for (int i = 1; i < 4; ++i)
        most = four[i] > most ? four[i] : most;
    return most;
}

/// Subnormals become f32's by the multiplication; infinities and what is no number are set apart.
inline Floats4 f16ToFloats(const std::byte *from)
{
    const Bits4 half =
        __builtin_convertvector((loadAs<std::uint16_t __attribute__((vector_size(8)))>(from)), Bits4);
    const Bits4 magnitude = (half & 0x7fffu) << 13;
    const Bits4 special = bitsOf<Bits4>(magnitude >= 0x0f800000u) & 0x7f800000u;
    const Floats4 scaled = bitsOf<Floats4>(magnitude) * 0x1p112f;
    return bitsOf<Floats4>(bitsOf<Bits4>(scaled) | special | (half & 0x8000u) << 16);
}

inline Floats4 bf16ToFloats(const std::byte *from)
{
    return bitsOf<Floats4>(
        __builtin_convertvector((loadAs<std::uint16_t __attribute__((vector_size(8)))>(from)), Bits4) << 16);
}

/// Eight stored weights as f32.
template <DType type>
inline Vec8 loadWeights(const std::byte *from)
{
    static_assert(type == DType::F32 || type == DType::F16 || type == DType::BF16);
    if constexpr (type == DType::F32)
        return {loadAs<Floats4>(from), loadAs<Floats4>(from + 16)};
    else if constexpr (type == DType::F16)
        return {f16ToFloats(from), f16ToFloats(from + 8)};
    else
        return {bf16ToFloats(from), bf16ToFloats(from + 8)};
}

/// Rounded to the nearest f16.
inline void storeF16(std::byte *to, const Vec8 &a)
{
    float all[8];
    store(all, a);
    for (int i = 0; i < 8; ++i) {
        const _Float16 half = static_cast<_Float16>(all[i]);
        std::memcpy(to + 2 * i, &half, sizeof(half));
    }
}

inline Floats4 exp(Floats4 x)
{
    const auto tooSmall = x < -87.33654f;
    Floats4 r = where(tooSmall, Floats4{} - 87.33654f, x); // a NaN survives
    r = where(r > 88.0f, Floats4{} + 88.0f, r);
    constexpr float rounding = 0x1.8p23f; // adding it leaves a whole number
    const Floats4 n = (r * 1.44269504f + rounding) - rounding;
    r = r - n * 0x1.62e4p-1f; // ln 2 in two parts
    r = r - n * 0x1.7f7d1cp-20f;
    Floats4 p = Floats4{} + 1.0f / 5040.0f; // the series; |r| <= ln 2 / 2
    for (const float c : {1.0f / 720.0f, 1.0f / 120.0f, 1.0f / 24.0f, 1.0f / 6.0f, 0.5f, 1.0f, 1.0f})
        p = p * r + c;
    const Bits4 power = bitsOf<Bits4>(__builtin_convertvector(n, Int32x4)) << 23;
    return bitsOf<Floats4>((bitsOf<Bits4>(p) + power) & ~bitsOf<Bits4>(tooSmall));
}

/// e^x to about 1e-7 relative; 0 below -87.3 (also for -inf), about 1.6e38 above 88.
inline Vec8 exp(const Vec8 &x)
{
    return {exp(x.low), exp(x.high)};
}

struct Int16x16 {
    Int16x8 low, high;
};
struct Int32x8 {
    Int32x4 low, high;
};

inline Int16x16 load(const std::int16_t *from)
{
    return {loadAs<Int16x8>(from), loadAs<Int16x8>(from + 8)};
}
/// Sixteen signed bytes.
inline Int16x16 widen(const std::byte *from)
{
    using Int8x8 = std::int8_t __attribute__((vector_size(8)));
    return {__builtin_convertvector(loadAs<Int8x8>(from), Int16x8),
            __builtin_convertvector(loadAs<Int8x8>(from + 8), Int16x8)};
}
inline Int32x4 addProducts(Int32x4 sums, Int16x8 a, Int16x8 b)
{
#if defined(__SSE2__)
    return sums + bitsOf<Int32x4>(_mm_madd_epi16(bitsOf<__m128i>(a), bitsOf<__m128i>(b)));
#else
    for (int i = 0; i < 4; ++i)
        sums[i] += std::int32_t{a[2 * i]} * b[2 * i] + std::int32_t{a[2 * i + 1]} * b[2 * i + 1];
    return sums;
#endif
}
/// sums[i] + a[2 i] b[2 i] + a[2 i + 1] b[2 i + 1]
inline Int32x8 addProducts(const Int32x8 &sums, const Int16x16 &a, const Int16x16 &b)
{
    return {addProducts(sums.low, a.low, b.low), addProducts(sums.high, a.high, b.high)};
}
inline Vec8 toFloats(const Int32x8 &a)
{
    return {__builtin_convertvector(a.low, Floats4), __builtin_convertvector(a.high, Floats4)};
}

/// Eight of the nearest whole numbers.
template <typename T>
inline void storeRounded(T *to, const Vec8 &a)
{
    float all[8];
    store(all, a);
    for (int i = 0; i < 8; ++i)
        to[i] = static_cast<T>(std::lrint(all[i]));
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

} // namespace fastcar::cpu::FASTCAR_SIMD

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
inline Lanes16 fma(const Lanes16 &a, const Lanes16 &b, const Lanes16 &c)
{
    return {_mm512_fmadd_ps(a.v, b.v, c.v)};
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
inline Lanes16 fma(const Lanes16 &a, const Lanes16 &b, const Lanes16 &c)
{
    return {fma(a.low, b.low, c.low), fma(a.high, b.high, c.high)};
}

#endif

} // namespace fastcar::cpu::FASTCAR_SIMD

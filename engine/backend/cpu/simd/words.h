// SPDX-License-Identifier: Apache-2.0
//
// 8-bit weights and 16-bit activations, whose products are added up in whole numbers: as many columns of a
// row as a register has words, and sixteen outputs of a panel.
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"

namespace fastcar::cpu::FASTCAR_SIMD {

#if FASTCAR_AVX512

inline __m512i multiplyAdd(__m512i sums, __m512i a, __m512i b)
{
    sums = _mm512_dpwssd_epi32(sums, a, b);
    __asm__("" : "+v"(sums)); // or GCC copies them from register to register
    return sums;
}

/// As many columns as a register has words, and how they are worked on.
struct Words {
    using Vector = __m512i;
    using Sums = __m512i;
    static constexpr std::int64_t columns = 32;

    static Vector load(const std::int16_t *from) { return _mm512_loadu_si512(from); }
    static Vector widen(const std::byte *from)
    {
        return _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
    }
    static Sums addProducts(Sums sums, Vector a, Vector b) { return multiplyAdd(sums, a, b); }
};

/// Of sixteen outputs, over pairs of columns.
struct PairSums {
    /// Two columns of sixteen outputs.
    struct Weights {
        __m512i v;
        explicit Weights(const std::byte *from)
            : v(Words::widen(from))
        {
        }
    };
    __m512i v{};

    void add(const Weights &weights, const std::int16_t *x)
    {
        std::int32_t both;
        std::memcpy(&both, x, sizeof(both));
        v = multiplyAdd(v, weights.v, _mm512_set1_epi32(both));
    }
    void add(const PairSums &other) { v = _mm512_add_epi32(v, other.v); }
    Lanes16 toFloats() const { return {_mm512_cvtepi32_ps(v)}; }
};

#else

/// As many columns as a register has words.
struct Words {
    using Vector = Int16x16;
    using Sums = Int32x8;
    static constexpr std::int64_t columns = 16;

    static Vector load(const std::int16_t *from) { return FASTCAR_SIMD::load(from); }
    static Vector widen(const std::byte *from) { return FASTCAR_SIMD::widen(from); }
    static Sums addProducts(const Sums &sums, const Vector &a, const Vector &b)
    {
        return FASTCAR_SIMD::addProducts(sums, a, b);
    }
};

/// Of sixteen outputs, over pairs of columns.
struct PairSums {
    /// Two columns of sixteen outputs.
    struct Weights {
        Int16x16 low, high;
        explicit Weights(const std::byte *from)
            : low(widen(from))
            , high(widen(from + 16))
        {
        }
    };
    Int32x8 low{}, high{};

    void add(const Weights &weights, const std::int16_t *x)
    {
        const Int16x16 both = broadcastPair(x);
        low = addProducts(low, weights.low, both);
        high = addProducts(high, weights.high, both);
    }
    void add(const PairSums &other)
    {
        low = low + other.low;
        high = high + other.high;
    }
    Lanes16 toFloats() const { return {{FASTCAR_SIMD::toFloats(low)}, {FASTCAR_SIMD::toFloats(high)}}; }
};

#endif

} // namespace fastcar::cpu::FASTCAR_SIMD

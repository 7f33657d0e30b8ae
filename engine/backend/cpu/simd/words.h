// SPDX-License-Identifier: Apache-2.0
//
// 8-bit weights and 16-bit activations, whose products are added up in whole numbers: of a row as many
// columns as a register has words, or of sixteen outputs four columns at a time. In the latter, which are
// laid out for it (panels.h), weights are 128 greater than they are, and so without a sign, as processors
// want bytes that they multiply with others that have one; what that counts too much is 128 times the sum of
// the activations.
//
// Sums of whole numbers are the same in any order: all levels give the same bits.
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"

namespace fastcar::cpu::FASTCAR_SIMD {

#if FASTCAR_AVX512

/// As many columns of a row as a register has words, each a product of 16 bits.
struct Words {
    using Vector = __m512i;
    using Sums = __m512i;
    static constexpr std::int64_t columns = 32;

    static Vector load(const std::int16_t *from) { return _mm512_loadu_si512(from); }
    static Vector widen(const std::byte *from)
    {
        return _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)));
    }
    static Sums addProducts(Sums sums, Vector a, Vector b)
    {
        // Intrinsics say the same, but GCC 12 copies such sums from register to register.
        __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(a), "v"(b));
        return sums;
    }
    static std::int64_t sum(Sums sums)
    {
        return _mm512_reduce_add_epi64(
            _mm512_add_epi64(_mm512_cvtepi32_epi64(_mm512_castsi512_si256(sums)),
                             _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(sums, 1))));
    }
};

#else

/// As many columns of a row as a register has words, each a product of 16 bits.
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
    static std::int64_t sum(const Sums &sums) { return FASTCAR_SIMD::sum(sums); }
};

#endif

/// As a level takes them: 16 bits, or two digits of 8 (quantised_rows.h).
struct WideColumns {
    const std::int16_t *words;
    const std::int8_t *low, *high;
};

#if FASTCAR_AVX512

/// sums[i] + a[4 i] b[4 i] + ... + a[4 i + 3] b[4 i + 3], a without a sign.
inline __m512i addBytes(__m512i sums, __m512i a, __m512i b)
{
    // Intrinsics say the same, but GCC 12 copies such sums from register to register.
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(a), "v"(b));
    return sums;
}

/// Of sixteen outputs, four columns at a time.
struct FourSums {
    /// Of a row.
    struct Columns {
        __m512i low, high;
        Columns() = default;
        Columns(const WideColumns &x, std::int64_t column)
        {
            std::int32_t fours[2];
            std::memcpy(&fours[0], x.low + column, 4);
            std::memcpy(&fours[1], x.high + column, 4);
            low = _mm512_set1_epi32(fours[0]);
            high = _mm512_set1_epi32(fours[1]);
        }
    };
    __m512i low{}, high{};

    void add(const FourSums &other)
    {
        low = _mm512_add_epi32(low, other.low);
        high = _mm512_add_epi32(high, other.high);
    }
    /// `sum`: of the activations.
    Lanes16 toFloats(std::int32_t sum) const
    {
        const __m512i both = _mm512_add_epi32(low, _mm512_slli_epi32(high, 8));
        return {_mm512_cvtepi32_ps(_mm512_sub_epi32(both, _mm512_set1_epi32(128 * sum)))};
    }
};

/// sums[row] += four columns of sixteen outputs from `weights` on, times those of each row
template <std::size_t Rows>
inline void addFour(FourSums (&sums)[Rows], const std::byte *weights, const FourSums::Columns (&x)[Rows])
{
    const __m512i w = _mm512_loadu_si512(weights);
#pragma GCC unroll 6
    for (std::size_t r = 0; r < Rows; ++r) {
        sums[r].low = addBytes(sums[r].low, w, x[r].low);
        sums[r].high = addBytes(sums[r].high, w, x[r].high);
    }
}

#else

/// Of sixteen outputs, four columns at a time; two neighbouring lanes belong to one output.
struct FourSums {
    /// Of a row.
    struct Columns {
        Int16x16 four;
        Columns() = default;
        Columns(const WideColumns &x, std::int64_t column)
            : four(broadcastFour(x.words + column))
        {
        }
    };
    Int32x8 part[4]{};

    void add(const FourSums &other)
    {
        for (int p = 0; p < 4; ++p)
            part[p] = part[p] + other.part[p];
    }
    /// `sum`: of the activations.
    Lanes16 toFloats(std::int32_t sum) const
    {
        const Int32x8 tooMuch = broadcast(128 * sum);
        return {{FASTCAR_SIMD::toFloats(addPairs(part[0], part[1]) - tooMuch)},
                {FASTCAR_SIMD::toFloats(addPairs(part[2], part[3]) - tooMuch)}};
    }
};

/// sums[row] += four columns of sixteen outputs from `weights` on, times those of each row
template <std::size_t Rows>
inline void addFour(FourSums (&sums)[Rows], const std::byte *weights, const FourSums::Columns (&x)[Rows])
{
#pragma GCC unroll 4
    for (int p = 0; p < 4; ++p) {
        const Int16x16 w = widenUnsigned(weights + 16 * p);
#pragma GCC unroll 6
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r].part[p] = addProducts(sums[r].part[p], w, x[r].four);
    }
}

#endif

} // namespace fastcar::cpu::FASTCAR_SIMD

// SPDX-License-Identifier: Apache-2.0
//
// A group of 4-bit weights (narrow_matrix.h) times as many activations, where a level has instructions for
// it. The weights are 8 greater than they are; narrow_dot.h takes off what that counts too much.
#pragma once

#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

#if FASTCAR_AVX2

inline __m256i loadWhole(const void *from)
{
    return _mm256_loadu_si256(static_cast<const __m256i *>(from));
}

/// The eight scales of a superblock; `to` has each as a pair.
inline Vec8 loadPairsOfScales(const std::byte *from, std::int32_t *to)
{
    const __m256i stored = _mm256_cvtepi16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
    _mm256_store_si256(reinterpret_cast<__m256i *>(to),
                       _mm256_blend_epi16(stored, _mm256_slli_epi32(stored, 16), 0xaa));
    return {_mm256_cvtepi32_ps(stored)};
}

#if FASTCAR_AVX512

/// All 64 in one register, as the activations lie.
struct Group {
    using Sums = __m512i;
    __m512i all;

    static Vec8 loadScales(const std::byte *from, std::int32_t *to) { return loadPairsOfScales(from, to); }

    explicit Group(const std::byte *at)
    {
        const __m512i twice = _mm512_broadcast_i64x4(loadWhole(at));
        const __m512i halves = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(4), 1);
        all = _mm512_and_si512(_mm512_srlv_epi16(twice, halves), _mm512_set1_epi8(15));
    }
    /// sums[i] + scale times the products of columns 4 i to 4 i + 3. 2 * 15 * 127 fits 16 bits.
    Sums addTo(Sums sums, std::int32_t scale, const std::int8_t *x) const
    {
        const __m512i pairs = _mm512_maddubs_epi16(all, _mm512_loadu_si512(x));
        sums = _mm512_dpwssd_epi32(sums, pairs, _mm512_set1_epi32(scale));
        __asm__("" : "+v"(sums)); // or GCC copies them from register to register
        return sums;
    }
};

#else

struct Group {
    using Sums = Int32x8;
    __m256i low, high;

    static Vec8 loadScales(const std::byte *from, std::int32_t *to) { return loadPairsOfScales(from, to); }

    explicit Group(const std::byte *at)
    {
        const __m256i both = loadWhole(at), lowHalf = _mm256_set1_epi8(15);
        low = _mm256_and_si256(both, lowHalf);
        high = _mm256_and_si256(_mm256_srli_epi16(both, 4), lowHalf);
    }
    /// sums[i] + scale times the products of columns 4 i to 4 i + 3 and 32 further. 2 * 2 * 15 * 127 fits 16
    /// bits.
    Int32x8 addTo(Int32x8 sums, std::int32_t scale, const std::int8_t *x) const
    {
        const Int16x16 pairs{_mm256_add_epi16(_mm256_maddubs_epi16(low, loadWhole(x)),
                                              _mm256_maddubs_epi16(high, loadWhole(x + 32)))};
        return addProducts(sums, pairs, {_mm256_set1_epi32(scale)});
    }
};

#endif

#elif FASTCAR_NEON

/// Sixteen columns and those 32 further, four to a lane.
inline int32x4_t dotSixteen(int8x16_t low, int8x16_t high, const std::int8_t *x)
{
    const int8x16_t xLow = vld1q_s8(x), xHigh = vld1q_s8(x + 32);
#if FASTCAR_NEON_DOT
    return vdotq_s32(vdotq_s32(vdupq_n_s32(0), low, xLow), high, xHigh);
#else
    // 2 * 2 * 15 * 127 fits 16 bits.
    const int16x8_t first = vmull_s8(vget_low_s8(low), vget_low_s8(xLow));
    const int16x8_t second = vmull_high_s8(low, xLow);
    return vpaddlq_s16(vpaddq_s16(vmlal_s8(first, vget_low_s8(high), vget_low_s8(xHigh)),
                                  vmlal_high_s8(second, high, xHigh)));
#endif
}

struct Group {
    using Sums = Int32x8;
    int8x16_t low[2], high[2];

    /// The eight scales of a superblock; `to` has them as addTo() takes them.
    static Vec8 loadScales(const std::byte *from, std::int32_t *to)
    {
        const int16x8_t stored = loadAs<Int16x8>(from);
        const Int32x8 scales{vmovl_s16(vget_low_s16(stored)), vmovl_high_s16(stored)};
        std::memcpy(to, &scales, sizeof(scales));
        return toFloats(scales);
    }

    explicit Group(const std::byte *at)
    {
        for (int half = 0; half < 2; ++half) {
            const auto both = loadAs<uint8x16_t>(at + 16 * half);
            low[half] = vreinterpretq_s8_u8(vandq_u8(both, vdupq_n_u8(15)));
            high[half] = vreinterpretq_s8_u8(vshrq_n_u8(both, 4));
        }
    }
    /// sums[i] + scale times the products of columns 4 i to 4 i + 3 and 32 further.
    Int32x8 addTo(const Int32x8 &sums, std::int32_t scale, const std::int8_t *x) const
    {
        return {vmlaq_n_s32(sums.low, dotSixteen(low[0], high[0], x), scale),
                vmlaq_n_s32(sums.high, dotSixteen(low[1], high[1], x + 16), scale)};
    }
};

#endif

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD

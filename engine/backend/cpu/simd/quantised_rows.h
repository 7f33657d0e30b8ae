// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

/// Eight from `from` on, of which `left` are there.
Vec8 eightOf(const float *from, std::int64_t left)
{
    return left >= lanes ? load(from) : loadFirst(from, left);
}

float largestMagnitude(const float *from, std::int64_t length)
{
    Lanes16 sixteen = Lanes16::zero();
    std::int64_t i = 0;
    for (; i + Lanes16::count <= length; i += Lanes16::count)
        sixteen = maximum(sixteen, absolute(Lanes16::load(from + i)));
    Vec8 most = maximum(lowHalf(sixteen), highHalf(sixteen));
    for (; i < length; i += lanes)
        most = maximum(most, absolute(eightOf(from + i, length - i)));
    return largest(most);
}

/// A block of columns: the largest magnitude becomes `top`. Returns what a 1 is worth.
float quantise(std::span<const float> block, float top, std::int8_t *to)
{
    const float *const from = block.data();
    const std::int64_t length = static_cast<std::int64_t>(block.size());
    const float most = largestMagnitude(from, length);
    const float factor = most > 0.0f ? top / most : 0.0f;
    std::int64_t i = 0;
    for (; i + Lanes16::count <= length; i += Lanes16::count)
        storeRounded(to + i, Lanes16::load(from + i) * Lanes16::all(factor));
    for (; i < length; i += lanes)
        storeRounded(to + i, eightOf(from + i, length - i) * broadcast(factor));
    return most / top;
}

#if FASTCAR_AVX512

/// Sixteen from `from` on, of which `left` are there, times `factor`.
inline __m256i roundedSixteen(const float *from, std::int64_t left, float factor)
{
    const auto inside = static_cast<__mmask16>((1u << std::clamp<std::int64_t>(left, 0, 16)) - 1u);
    const __m512 x = _mm512_mul_ps(_mm512_maskz_loadu_ps(inside, from), _mm512_set1_ps(factor));
    return _mm512_cvtepi32_epi16(_mm512_cvtps_epi32(x));
}

/// wideSumBlock columns at the most.
void splitColumns(const float *from, std::int64_t length, float factor, const WideRoom &to)
{
    __m512i sums = _mm512_setzero_si512();
    for (std::int64_t at = 0; at < groupsOf(length) * narrowGroup; at += 32) {
        const __m512i words =
            _mm512_inserti64x4(_mm512_castsi256_si512(roundedSixteen(from + at, length - at, factor)),
                               roundedSixteen(from + at + 16, length - at - 16, factor), 1);
        const __m512i rest = _mm512_srai_epi16(_mm512_add_epi16(words, _mm512_set1_epi16(128)), 8);
        _mm512_storeu_si512(to.words + at, words);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to.low + at), _mm512_cvtepi16_epi8(words));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to.high + at), _mm512_cvtepi16_epi8(rest));
        sums = _mm512_dpwssd_epi32(sums, words, _mm512_set1_epi16(1));
    }
    *to.sums = _mm512_reduce_add_epi32(sums);
}

#else

/// wideSumBlock columns at the most.
void splitColumns(const float *from, std::int64_t length, float factor, const WideRoom &to)
{
    constexpr std::int64_t words = 16;
    constexpr std::int16_t ones[2] = {1, 1};
    const std::int64_t columns = groupsOf(length) * narrowGroup;
    for (std::int64_t at = 0; at < columns; at += lanes)
        storeRounded(to.words + at,
                     at < length ? eightOf(from + at, length - at) * broadcast(factor) : zero());
    Int32x8 sums{};
    for (std::int64_t at = 0; at < columns; at += words)
        sums = addProducts(sums, load(to.words + at), broadcastPair(ones));
    *to.sums = static_cast<std::int32_t>(sum(sums));
}

#endif

} // namespace

float quantiseWide(std::span<const float> from, const WideRoom &to)
{
    const auto length = static_cast<std::int64_t>(from.size());
    const float top = static_cast<float>(wideTop), most = largestMagnitude(from.data(), length);
    const float factor = most > 0.0f ? top / most : 0.0f;
    for (std::int64_t at = 0; at < length; at += wideSumBlock)
        splitColumns(from.data() + at, std::min(wideSumBlock, length - at), factor,
                     {to.words + at, to.low + at, to.high + at, to.sums + at / wideSumBlock});
    return most / top;
}

float quantiseNarrow(std::span<const float> from, std::int8_t *to)
{
    return quantise(from, 127.0f, to);
}

#if FASTCAR_AVX2

std::int32_t sumOfGroup(const std::int8_t *group)
{
    const __m256i ones8 = _mm256_set1_epi8(1), ones16 = _mm256_set1_epi16(1);
    __m256i pairs = _mm256_maddubs_epi16(ones8, _mm256_loadu_si256(reinterpret_cast<const __m256i *>(group)));
    pairs = _mm256_add_epi16(
        pairs,
        _mm256_maddubs_epi16(ones8, _mm256_loadu_si256(reinterpret_cast<const __m256i *>(group + 32))));
    const __m256i fours = _mm256_madd_epi16(pairs, ones16);
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(fours), _mm256_extracti128_si256(fours, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
    return _mm_cvtsi128_si32(sum);
}

#else

std::int32_t sumOfGroup(const std::int8_t *group)
{
    std::int32_t sum = 0;
    for (std::int64_t i = 0; i < narrowGroup; ++i)
        sum += group[i];
    return sum;
}

#endif

} // namespace fastcar::cpu::FASTCAR_SIMD

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
template <typename T>
float quantise(std::span<const float> block, float top, T *to)
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

} // namespace

float quantiseWide(std::span<const float> from, std::int16_t *to)
{
    return quantise(from, static_cast<float>(wideTop), to);
}

#if FASTCAR_AVX512

std::int32_t splitWide(const std::int16_t *from, std::int64_t columns, std::int8_t *low, std::int8_t *high)
{
    __m512i sums = _mm512_setzero_si512();
    for (std::int64_t at = 0; at < columns; at += 32) {
        const __m512i words = _mm512_loadu_si512(from + at);
        const __m512i rest = _mm512_srai_epi16(_mm512_add_epi16(words, _mm512_set1_epi16(128)), 8);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(low + at), _mm512_cvtepi16_epi8(words));
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(high + at), _mm512_cvtepi16_epi8(rest));
        sums = _mm512_dpwssd_epi32(sums, words, _mm512_set1_epi16(1));
    }
    return _mm512_reduce_add_epi32(sums);
}

#else

std::int32_t splitWide(const std::int16_t *from, std::int64_t columns, std::int8_t *, std::int8_t *)
{
    constexpr std::int64_t words = 16;
    constexpr std::int16_t ones[2] = {1, 1};
    Int32x8 sums{};
    for (std::int64_t at = 0; at < columns; at += words)
        sums = addProducts(sums, load(from + at), broadcastPair(ones));
    return static_cast<std::int32_t>(sum(sums));
}

#endif

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

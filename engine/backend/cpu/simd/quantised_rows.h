// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

/// Eight from `from` on, of which `left` are there.
Vec8 eightOf(const float *from, std::int64_t left)
{
    return left >= lanes ? load(from) : loadFirst(from, left);
}

float largestMagnitude(const float *from, std::int64_t length)
{
    Vec8 most = zero();
    for (std::int64_t i = 0; i < length; i += lanes)
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
    const Vec8 factor = broadcast(most > 0.0f ? top / most : 0.0f);
    for (std::int64_t i = 0; i < length; i += lanes)
        storeRounded(to + i, eightOf(from + i, length - i) * factor);
    return most / top;
}

} // namespace

float quantiseWide(std::span<const float> from, std::int16_t *to)
{
    return quantise(from, 32767.0f, to);
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

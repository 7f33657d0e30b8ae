// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/quantised_rows.h"

#include "engine/backend/cpu/vec8.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

/// A buffer of `bytes` zeros.
AlignedBuffer zeros(std::int64_t bytes)
{
    AlignedBuffer buffer(static_cast<std::size_t>(bytes) / sizeof(float));
    std::fill_n(buffer.data(), buffer.size(), 0.0f);
    return buffer;
}

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

#if FASTCAR_AVX2

/// The nearest whole numbers, in 16 bits.
__m128i rounded(Vec8 v)
{
    const __m256i q = _mm256_cvtps_epi32(v.v);
    return _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1));
}

void storeRounded(std::int16_t *to, Vec8 v)
{
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to), rounded(v));
}

void storeRounded(std::int8_t *to, Vec8 v)
{
    const __m128i words = rounded(v);
    _mm_storel_epi64(reinterpret_cast<__m128i *>(to), _mm_packs_epi16(words, words));
}

std::int32_t sumOf(const std::int8_t *group)
{
    const __m256i ones8 = _mm256_set1_epi8(1), ones16 = _mm256_set1_epi16(1);
    __m256i pairs = _mm256_maddubs_epi16(ones8, _mm256_loadu_si256(reinterpret_cast<const __m256i *>(group)));
    pairs = _mm256_add_epi16(
        pairs, _mm256_maddubs_epi16(ones8, _mm256_loadu_si256(reinterpret_cast<const __m256i *>(group + 32))));
    const __m256i fours = _mm256_madd_epi16(pairs, ones16);
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(fours), _mm256_extracti128_si256(fours, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
    return _mm_cvtsi128_si32(sum);
}

#else

template <typename T>
void storeRounded(T *to, Vec8 v)
{
    for (int i = 0; i < 8; ++i)
        to[i] = static_cast<T>(std::lrint(v.v[i]));
}

std::int32_t sumOf(const std::int8_t *group)
{
    std::int32_t sum = 0;
    for (std::int64_t i = 0; i < narrowGroup; ++i)
        sum += group[i];
    return sum;
}

#endif

/// A block of columns: the largest magnitude becomes `top`. Returns what a 1 is worth.
template <typename T>
float quantise(const float *from, std::int64_t length, float top, T *to)
{
    const float most = largestMagnitude(from, length);
    const Vec8 factor = broadcast(most > 0.0f ? top / most : 0.0f);
    for (std::int64_t i = 0; i < length; i += lanes)
        storeRounded(to + i, eightOf(from + i, length - i) * factor);
    return most / top;
}

} // namespace

QuantisedRows::QuantisedRows(std::int64_t rows, std::int64_t columns, NarrowFormats formats)
    : columns_(columns)
    , paddedColumns_(groupsOf(columns) * narrowGroup)
    , paddedGroups_(roundUpToLanes(groupsOf(columns)))
    , wideBlocks_((columns + wideBlock - 1) / wideBlock)
    , narrowBlocks_((columns + narrowBlock - 1) / narrowBlock)
    , formats_(formats)
{
    if (formats.int8) {
        wide_ = zeros(rows * paddedColumns_ * 2);
        wideScales_ = AlignedBuffer(rows, wideBlocks_);
    }
    if (formats.int4) {
        narrow_ = zeros(rows * paddedColumns_);
        narrowScales_ = AlignedBuffer(rows, narrowBlocks_);
        eights_ = zeros(rows * paddedGroups_ * static_cast<std::int64_t>(sizeof(float)));
    }
}

void QuantisedRows::set(MatrixView<const float> x)
{
    assert(x.cols == columns_);
    for (std::int64_t r = 0; r < x.rows; ++r) {
        if (formats_.int8)
            setWide(x.data + r * x.cols, r);
        if (formats_.int4)
            setNarrow(x.data + r * x.cols, r);
    }
}

void QuantisedRows::setWide(const float *from, std::int64_t row)
{
    auto *const to = reinterpret_cast<std::int16_t *>(wide_.data()) + row * paddedColumns_;
    for (std::int64_t block = 0; block < wideBlocks_; ++block) {
        const std::int64_t at = block * wideBlock;
        wideScales_.data()[row * wideBlocks_ + block] =
            quantise(from + at, std::min(wideBlock, columns_ - at), 32767.0f, to + at);
    }
}

void QuantisedRows::setNarrow(const float *from, std::int64_t row)
{
    auto *const to = reinterpret_cast<std::int8_t *>(narrow_.data()) + row * paddedColumns_;
    for (std::int64_t block = 0; block < narrowBlocks_; ++block) {
        const std::int64_t at = block * narrowBlock;
        narrowScales_.data()[row * narrowBlocks_ + block] =
            quantise(from + at, std::min(narrowBlock, columns_ - at), 127.0f, to + at);
    }
    for (std::int64_t group = 0; group < groupsOf(columns_); ++group)
        eights_.data()[row * paddedGroups_ + group] =
            8.0f * narrowScales_.data()[row * narrowBlocks_ + group * narrowGroup / narrowBlock] *
            static_cast<float>(sumOf(to + group * narrowGroup));
}

} // namespace fastcar::cpu

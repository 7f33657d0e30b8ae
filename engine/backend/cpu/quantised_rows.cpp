// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/quantised_rows.h"

#include "engine/backend/cpu/vec8.h"

#include <algorithm>

namespace fastcar::cpu {

QuantisedRows::QuantisedRows(std::int64_t rows, std::int64_t columns)
    : columns_(columns)
    , paddedColumns_(groupsOf(columns) * narrowGroup)
    , paddedGroups_(roundUpToLanes(groupsOf(columns)))
    , values_(static_cast<std::int8_t *>(
          ::operator new (static_cast<std::size_t>(rows *paddedColumns_), std::align_val_t{64})))
    , scales_(rows, paddedGroups_)
    , eights_(rows, paddedGroups_)
{
    std::fill_n(values_.get(), rows * paddedColumns_, std::int8_t{0});
    std::fill_n(scales_.data(), rows * paddedGroups_, 0.0f);
    std::fill_n(eights_.data(), rows * paddedGroups_, 0.0f);
}

void QuantisedRows::set(MatrixView<const float> x)
{
    assert(x.cols == columns_);
    for (std::int64_t r = 0; r < x.rows; ++r)
        for (std::int64_t g = 0; g < groupsOf(columns_); ++g)
            setGroup(x.data + r * x.cols + g * narrowGroup, std::min(narrowGroup, columns_ - g * narrowGroup),
                     r, g);
}

void QuantisedRows::setGroup(const float *from, std::int64_t length, std::int64_t row, std::int64_t group)
{
    const auto part = [&](std::int64_t i) {
        return length - i >= lanes ? load(from + i)
                                   : loadFirst(from + i, std::max<std::int64_t>(0, length - i));
    };
    Vec8 most = zero();
    for (std::int64_t i = 0; i < length; i += lanes)
        most = maximum(most, absolute(part(i)));
    const float top = largest(most);
    const float factor = top > 0.0f ? 127.0f / top : 0.0f;

    std::int8_t *const to = values_.get() + row * paddedColumns_ + group * narrowGroup;
    std::int32_t sum = 0;
#if FASTCAR_AVX2
    __m256i sums = _mm256_setzero_si256();
    for (std::int64_t i = 0; i < length; i += lanes) {
        const __m256i q = _mm256_cvtps_epi32((part(i) * broadcast(factor)).v);
        sums = _mm256_add_epi32(sums, q);
        const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(q), _mm256_extracti128_si256(q, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i *>(to + i), _mm_packs_epi16(words, words));
    }
    alignas(32) std::int32_t all[8];
    _mm256_store_si256(reinterpret_cast<__m256i *>(all), sums);
    for (const std::int32_t s : all)
        sum += s;
#else
    for (std::int64_t i = 0; i < length; ++i) {
        to[i] = static_cast<std::int8_t>(std::lrint(from[i] * factor));
        sum += to[i];
    }
#endif
    const float scale = top / 127.0f;
    scales_.data()[row * paddedGroups_ + group] = scale;
    eights_.data()[row * paddedGroups_ + group] = 8.0f * scale * static_cast<float>(sum);
}

} // namespace fastcar::cpu

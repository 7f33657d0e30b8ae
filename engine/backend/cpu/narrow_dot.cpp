// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/narrow_dot.h"

#include "engine/backend/cpu/vec8.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

constexpr int rowsAtATime = 2; // 4 x 2 sums leave room for the weights and what they meet
constexpr std::int64_t prefetchBytes = 1024;
constexpr std::int64_t groupsOfBlock = narrowBlock / narrowGroup; // of int4's activations

/// What a block of dot products reads: weights of each stream, activations of each row.
struct Block {
    std::array<const std::byte *, 4> weights;
    std::array<const std::int16_t *, rowsAtATime> wide;
    std::array<const std::int8_t *, rowsAtATime> narrow;
    std::array<const float *, rowsAtATime> scales; // of wide or narrow
    std::array<const float *, rowsAtATime> eights;
    std::int64_t groups;
};

#if FASTCAR_AVX2

using Int8x32 = __m256i;

inline __m256i loadWhole(const void *from)
{
    return _mm256_loadu_si256(static_cast<const __m256i *>(from));
}

inline void prefetch(const std::byte *at)
{
    _mm_prefetch(reinterpret_cast<const char *>(at + prefetchBytes), _MM_HINT_T0);
}

template <std::size_t Streams, std::size_t Rows>
inline void clear(__m256i (&sums)[Rows][Streams])
{
#pragma GCC unroll 2
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s)
            sums[r][s] = _mm256_setzero_si256();
}

/// total += sums * scale of the row's block
template <std::size_t Streams, std::size_t Rows>
inline void fold(const __m256i (&sums)[Rows][Streams], const Block &block, std::int64_t of,
                 Vec8 (&total)[Rows][Streams])
{
#pragma GCC unroll 2
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s)
            total[r][s] = fma({_mm256_cvtepi32_ps(sums[r][s])}, broadcast(block.scales[r][of]), total[r][s]);
}

/// Sums stay in whole numbers, in registers, over a block of the activations; those of all rows are loaded once for the
/// four streams.
template <std::size_t Streams, std::size_t Rows>
void dotInt8(const Block &block, Vec8 (&total)[Rows][Streams])
{
    constexpr std::int64_t groupsOfWide = wideBlock / narrowGroup, step = 16;
    for (std::int64_t first = 0; first < block.groups; first += groupsOfWide) {
        const std::int64_t end = std::min(block.groups, first + groupsOfWide);
        __m256i sums[Rows][Streams];
        clear(sums);
        for (std::int64_t group = first; group < end; ++group) {
            const std::int64_t at = group * narrowGroup;
#pragma GCC unroll 4
            for (std::size_t s = 0; s < Streams; ++s)
                prefetch(block.weights[s] + at);
#pragma GCC unroll 4
            for (std::int64_t i = 0; i < narrowGroup; i += step) { // a constant count: unrolled without a rest
                __m256i x[Rows];
#pragma GCC unroll 2
                for (std::size_t r = 0; r < Rows; ++r)
                    x[r] = loadWhole(block.wide[r] + at + i);
#pragma GCC unroll 4
                for (std::size_t s = 0; s < Streams; ++s) {
                    const __m256i w = _mm256_cvtepi8_epi16(
                        _mm_loadu_si128(reinterpret_cast<const __m128i *>(block.weights[s] + at + i)));
#pragma GCC unroll 2
                    for (std::size_t r = 0; r < Rows; ++r)
                        sums[r][s] = _mm256_add_epi32(sums[r][s], _mm256_madd_epi16(x[r], w));
                }
            }
        }
        fold(sums, block, first / groupsOfWide, total);
    }
}

/// Group of 4-bit weights, 8 greater than they are, times x, times the group's scale: eight sums.
inline __m256i scaledProducts(Int8x32 low, Int8x32 high, __m256i scale, const std::int8_t *x)
{
    // 2 * 2 * 15 * 127 fits 16 bits.
    const __m256i pairs = _mm256_add_epi16(_mm256_maddubs_epi16(low, loadWhole(x)),
                                           _mm256_maddubs_epi16(high, loadWhole(x + 32)));
    return _mm256_madd_epi16(pairs, scale);
}

template <std::size_t Streams, std::size_t Rows>
void dotInt4(const Block &block, Vec8 (&total)[Rows][Streams])
{
    const __m256i lowHalf = _mm256_set1_epi8(15);
    std::array<const std::byte *, 4> weights = block.weights;
    for (std::int64_t first = 0; first < block.groups; first += groupsOfSuperblock) {
        const std::int64_t groups = std::min(groupsOfSuperblock, block.groups - first);
        alignas(32) std::int32_t twice[Streams][groupsOfSuperblock]; // each scale two times: loaded as it is multiplied
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s) {
            const __m256i stored = _mm256_cvtepi16_epi32(
                _mm_loadu_si128(reinterpret_cast<const __m128i *>(weights[s])));
            _mm256_store_si256(reinterpret_cast<__m256i *>(twice[s]),
                               _mm256_blend_epi16(stored, _mm256_slli_epi32(stored, 16), 0xaa));
            const Vec8 scales{_mm256_cvtepi32_ps(stored)};
#pragma GCC unroll 2
            for (std::size_t r = 0; r < Rows; ++r) // the sums of groups, counted eight times too much
                total[r][s] = total[r][s] - scales * load(block.eights[r] + first);
        }
        for (std::int64_t begin = 0; begin < groups; begin += groupsOfBlock) {
            const std::int64_t end = std::min(groups, begin + groupsOfBlock);
            __m256i sums[Rows][Streams];
            clear(sums);
            for (std::int64_t g = begin; g < end; ++g) {
                const std::int64_t column = (first + g) * narrowGroup;
#pragma GCC unroll 4
                for (std::size_t s = 0; s < Streams; ++s) {
                    const std::byte *const at = weights[s] + superblockScaleBytes + g * int4GroupBytes;
                    prefetch(at);
                    const Int8x32 both = loadWhole(at);
                    const Int8x32 low = _mm256_and_si256(both, lowHalf);
                    const Int8x32 high = _mm256_and_si256(_mm256_srli_epi16(both, 4), lowHalf);
                    const __m256i scale = _mm256_set1_epi32(twice[s][g]);
#pragma GCC unroll 2
                    for (std::size_t r = 0; r < Rows; ++r)
                        sums[r][s] = _mm256_add_epi32(
                            sums[r][s], scaledProducts(low, high, scale, block.narrow[r] + column));
                }
            }
            fold(sums, block, (first + begin) / groupsOfBlock, total);
        }
        for (std::byte const *&stream : weights)
            stream += superblockScaleBytes + groups * int4GroupBytes;
    }
}

#else

/// Of eight sums as the vector kernels have them, the first.
template <std::size_t Streams, std::size_t Rows>
void dotInt8(const Block &block, Vec8 (&total)[Rows][Streams])
{
    for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t s = 0; s < Streams; ++s)
            for (std::int64_t g = 0; g < block.groups; ++g) {
                std::int64_t sum = 0;
                for (std::int64_t i = g * narrowGroup; i < (g + 1) * narrowGroup; ++i)
                    sum += static_cast<std::int8_t>(block.weights[s][i]) * block.wide[r][i];
                total[r][s].v[0] += static_cast<float>(sum) * block.scales[r][g * narrowGroup / wideBlock];
            }
}

template <std::size_t Streams, std::size_t Rows>
void dotInt4(const Block &block, Vec8 (&total)[Rows][Streams])
{
    for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t s = 0; s < Streams; ++s) {
            const std::byte *weights = block.weights[s];
            for (std::int64_t first = 0; first < block.groups; first += groupsOfSuperblock) {
                std::int16_t scales[groupsOfSuperblock];
                std::memcpy(scales, weights, sizeof(scales));
                weights += superblockScaleBytes;
                for (std::int64_t g = first; g < std::min(block.groups, first + groupsOfSuperblock); ++g) {
                    std::int64_t sum = 0;
                    const std::int8_t *const x = block.narrow[r] + g * narrowGroup;
                    for (std::int64_t i = 0; i < int4GroupBytes; ++i, ++weights) {
                        const int both = static_cast<int>(*weights);
                        sum += ((both & 15) - 8) * x[i] + ((both >> 4) - 8) * x[i + int4GroupBytes];
                    }
                    total[r][s].v[0] +=
                        static_cast<float>(sum * scales[g - first]) * block.scales[r][g / groupsOfBlock];
                }
            }
        }
}

#endif

template <std::size_t Streams, std::size_t Rows>
void dotBlock(NarrowFormat format, const NarrowStream *streams, const Block &block, std::int64_t row,
              std::int64_t yStride)
{
    Vec8 total[Rows][Streams];
    for (auto &ofRow : total)
        for (Vec8 &sum : ofRow)
            sum = zero();
    if (format == NarrowFormat::Int8)
        dotInt8<Streams, Rows>(block, total);
    else
        dotInt4<Streams, Rows>(block, total);
    for (std::size_t s = 0; s < Streams; ++s) {
        const NarrowStream &stream = streams[s];
        const float scale = stream.matrix->rowScales[stream.output];
        for (std::size_t r = 0; r < Rows; ++r) {
            const float result = sum(total[r][s]) * scale;
            stream.y[(row + static_cast<std::int64_t>(r)) * yStride] =
                stream.bias ? result + *stream.bias : result;
        }
    }
}

template <std::size_t Streams>
void dotRows(const NarrowStream *streams, const QuantisedRows &x, std::int64_t rows, std::int64_t yStride)
{
    const NarrowMatrix &matrix = *streams[0].matrix;
    Block block{.weights = {}, .wide = {}, .narrow = {}, .scales = {}, .eights = {}, .groups = matrix.groups()};
    for (std::size_t s = 0; s < Streams; ++s)
        block.weights[s] = streams[s].matrix->row(streams[s].output);
    for (std::int64_t row = 0; row < rows; row += rowsAtATime) {
        const std::int64_t take = std::min<std::int64_t>(rowsAtATime, rows - row);
        for (std::size_t r = 0; r < static_cast<std::size_t>(take); ++r) {
            const std::int64_t of = row + static_cast<std::int64_t>(r);
            if (matrix.format == NarrowFormat::Int8) {
                block.wide[r] = x.wide(of);
                block.scales[r] = x.wideScales(of);
            } else {
                block.narrow[r] = x.narrow(of);
                block.scales[r] = x.narrowScales(of);
                block.eights[r] = x.eights(of);
            }
        }
        if (take == 2)
            dotBlock<Streams, 2>(matrix.format, streams, block, row, yStride);
        else
            dotBlock<Streams, 1>(matrix.format, streams, block, row, yStride);
    }
}

} // namespace

void dotNarrow(const std::array<NarrowStream, 4> &streams, int count, const QuantisedRows &x,
               std::int64_t rows, std::int64_t yStride)
{
    assert(x.has(streams[0].matrix->format));
    if (count == 4) {
        dotRows<4>(streams.data(), x, rows, yStride);
        return;
    }
    for (int s = 0; s < count; ++s)
        dotRows<1>(&streams[static_cast<std::size_t>(s)], x, rows, yStride);
}

} // namespace fastcar::cpu

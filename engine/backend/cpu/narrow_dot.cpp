// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/narrow_dot.h"

#include "engine/backend/cpu/vec8.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

constexpr int rowsAtATime = 2; // 4 x 2 sums leave room for two registers of weights and their magnitudes
constexpr std::int64_t prefetchBytes = 512;

/// What a block of dot products reads: weights of each stream, activations of each row.
struct Block {
    std::array<const std::byte *, 4> weights;
    std::array<const std::int8_t *, rowsAtATime> x;
    std::array<const float *, rowsAtATime> scales;
    std::array<const float *, rowsAtATime> eights;
    std::int64_t groups;
};

#if FASTCAR_AVX2

using Int8x32 = __m256i;

inline Int8x32 loadBytes(const void *from)
{
    return _mm256_loadu_si256(static_cast<const __m256i *>(from));
}

inline void prefetch(const std::byte *at)
{
    _mm_prefetch(reinterpret_cast<const char *>(at + prefetchBytes), _MM_HINT_T0);
}

/// Eight sums of four products each of w with x; |w| and x with w's sign, as the instruction wants one side
/// unsigned.
inline __m256i signedProducts(Int8x32 magnitude, Int8x32 w, const std::int8_t *x)
{
    return _mm256_madd_epi16(_mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(loadBytes(x), w)),
                             _mm256_set1_epi16(1));
}

template <std::size_t Streams, std::size_t Rows>
void dotInt8(const Block &block, Vec8 (&total)[Rows][Streams])
{
    for (std::int64_t g = 0; g < block.groups; ++g) {
        const std::int64_t at = g * narrowGroup;
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s) {
            const std::byte *const weights = block.weights[s] + at;
            prefetch(weights);
            const Int8x32 w0 = loadBytes(weights), w1 = loadBytes(weights + 32);
            const Int8x32 m0 = _mm256_abs_epi8(w0), m1 = _mm256_abs_epi8(w1);
#pragma GCC unroll 2
            for (std::size_t r = 0; r < Rows; ++r) {
                const std::int8_t *const x = block.x[r] + at;
                const __m256i products =
                    _mm256_add_epi32(signedProducts(m0, w0, x), signedProducts(m1, w1, x + 32));
                total[r][s] = fma({_mm256_cvtepi32_ps(products)}, broadcast(block.scales[r][g]), total[r][s]);
            }
        }
    }
}

/// Group g of 4-bit weights, 8 greater than they are, times x.
inline __m256i unsignedProducts(Int8x32 low, Int8x32 high, const std::int8_t *x)
{
    // 2 * 2 * 15 * 127 fits 16 bits.
    const __m256i pairs = _mm256_add_epi16(_mm256_maddubs_epi16(low, loadBytes(x)),
                                           _mm256_maddubs_epi16(high, loadBytes(x + 32)));
    return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}

template <std::size_t Streams, std::size_t Rows>
void dotInt4(const Block &block, Vec8 (&total)[Rows][Streams])
{
    const __m256i lowHalf = _mm256_set1_epi8(15);
    std::array<const std::byte *, 4> weights = block.weights;
    for (std::int64_t first = 0; first < block.groups; first += groupsOfSuperblock) {
        const std::int64_t groups = std::min(groupsOfSuperblock, block.groups - first);
        alignas(32) float scale[Streams][groupsOfSuperblock];
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s) {
            const Vec8 scales = loadWeights<DType::F16>(weights[s]);
            store(scale[s], scales);
#pragma GCC unroll 2
            for (std::size_t r = 0; r < Rows; ++r) // the sums of groups, counted eight times too much
                total[r][s] = total[r][s] - scales * load(block.eights[r] + first);
            weights[s] += superblockScaleBytes;
        }
        for (std::int64_t g = 0; g < groups; ++g) {
#pragma GCC unroll 4
            for (std::size_t s = 0; s < Streams; ++s) {
                const std::byte *const at = weights[s] + g * int4GroupBytes;
                prefetch(at);
                const Int8x32 both = loadBytes(at);
                const Int8x32 low = _mm256_and_si256(both, lowHalf);
                const Int8x32 high = _mm256_and_si256(_mm256_srli_epi16(both, 4), lowHalf);
                const Vec8 ofWeights = broadcast(scale[s][g]);
#pragma GCC unroll 2
                for (std::size_t r = 0; r < Rows; ++r) {
                    const __m256i products =
                        unsignedProducts(low, high, block.x[r] + (first + g) * narrowGroup);
                    total[r][s] = fma({_mm256_cvtepi32_ps(products)},
                                      ofWeights * broadcast(block.scales[r][first + g]), total[r][s]);
                }
            }
        }
        for (std::byte const *&stream : weights)
            stream += groups * int4GroupBytes;
    }
}

#else

template <std::size_t Streams, std::size_t Rows>
void dotInt8(const Block &block, Vec8 (&total)[Rows][Streams])
{
    for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t s = 0; s < Streams; ++s)
            for (std::int64_t g = 0; g < block.groups; ++g) {
                std::int32_t sum = 0;
                for (std::int64_t i = g * narrowGroup; i < (g + 1) * narrowGroup; ++i)
                    sum += static_cast<std::int8_t>(block.weights[s][i]) * block.x[r][i];
                total[r][s].v[0] += static_cast<float>(sum) * block.scales[r][g];
            }
}

template <std::size_t Streams, std::size_t Rows>
void dotInt4(const Block &block, Vec8 (&total)[Rows][Streams])
{
    for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t s = 0; s < Streams; ++s) {
            const std::byte *weights = block.weights[s];
            for (std::int64_t first = 0; first < block.groups; first += groupsOfSuperblock) {
                const Vec8 scales = loadWeights<DType::F16>(weights);
                weights += superblockScaleBytes;
                for (std::int64_t g = first; g < std::min(block.groups, first + groupsOfSuperblock); ++g) {
                    std::int32_t sum = 0;
                    const std::int8_t *const x = block.x[r] + g * narrowGroup;
                    for (std::int64_t i = 0; i < int4GroupBytes; ++i, ++weights) {
                        const int both = static_cast<int>(*weights);
                        sum += ((both & 15) - 8) * x[i] + ((both >> 4) - 8) * x[i + int4GroupBytes];
                    }
                    total[r][s].v[0] += static_cast<float>(sum) * scales.v[g - first] * block.scales[r][g];
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
        const float scale = format == NarrowFormat::Int8 ? stream.matrix->rowScales[stream.output] : 1.0f;
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
    Block block{.weights = {}, .x = {}, .scales = {}, .eights = {}, .groups = matrix.groups()};
    for (std::size_t s = 0; s < Streams; ++s)
        block.weights[s] = streams[s].matrix->row(streams[s].output);
    for (std::int64_t row = 0; row < rows; row += rowsAtATime) {
        const std::int64_t take = std::min<std::int64_t>(rowsAtATime, rows - row);
        for (std::size_t r = 0; r < static_cast<std::size_t>(take); ++r) {
            const std::int64_t of = row + static_cast<std::int64_t>(r);
            block.x[r] = x.values(of);
            block.scales[r] = x.scales(of);
            block.eights[r] = x.eights(of);
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
    if (count == 4) {
        dotRows<4>(streams.data(), x, rows, yStride);
        return;
    }
    for (int s = 0; s < count; ++s)
        dotRows<1>(&streams[static_cast<std::size_t>(s)], x, rows, yStride);
}

} // namespace fastcar::cpu

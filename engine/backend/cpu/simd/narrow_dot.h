// SPDX-License-Identifier: Apache-2.0
//
// Dot products of narrow weights with quantised activations: four rows of weights that lie far apart, and all
// rows of activations, so that each weight is read from memory once (matmul.h says why). Sums are exact in
// int32 within a block of the activations and in f32 over blocks, in an order that depends on the number of
// columns alone.
#pragma once

#include "engine/backend/cpu/simd/int4_group.h"
#include "engine/backend/cpu/simd/words.h"

namespace fastcar::cpu::FASTCAR_SIMD {

/// Outputs of one matrix or of two (gate and up) that are computed together.
struct NarrowStream {
    const NarrowMatrix *matrix = nullptr;
    std::int64_t output = 0;
    const float *bias = nullptr; // of this output, or nullptr
    float *y = nullptr;          // y[0][output]
};

namespace {

constexpr int narrowRowsAtATime = 2; // 4 x 2 sums leave room for the weights and what they meet
// How far ahead of where it is read a stream is asked for, as was fastest where it was tried
// (bench/README.md).
constexpr std::int64_t int8BytesAhead = FASTCAR_AVX512 ? 1536 : FASTCAR_AVX2 ? 256 : 1024;
constexpr std::int64_t int4BytesAhead = FASTCAR_AVX512 ? 2048 : 1024;
constexpr std::int64_t groupsOfBlock = narrowBlock / narrowGroup; // of int4's activations
constexpr std::int64_t groupsOfWide = wideBlock / narrowGroup;    // of int8's

/// What a block of dot products reads: weights of each stream, activations of each row.
struct Block {
    std::array<const std::byte *, 4> weights;
    std::array<const std::int16_t *, narrowRowsAtATime> wide;
    std::array<const std::int8_t *, narrowRowsAtATime> narrow;
    std::array<const float *, narrowRowsAtATime> scales; // of wide or narrow
    std::array<const float *, narrowRowsAtATime> eights;
    std::int64_t groups;
};

/// total += sums * scale of the row's block
template <std::size_t Streams, std::size_t Rows>
inline void fold(const Int32x8 (&sums)[Rows][Streams], const Block &block, std::int64_t of,
                 Vec8 (&total)[Rows][Streams])
{
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s)
            total[r][s] = fma(toFloats(sums[r][s]), broadcast(block.scales[r][of]), total[r][s]);
}

#if FASTCAR_AVX512

/// What AVX2 has in eight sums: the upper half meets the columns that are 32 further.
inline Int32x8 halvesTogether(__m512i sums)
{
    return {_mm256_add_epi32(_mm512_castsi512_si256(sums), _mm512_extracti64x4_epi64(sums, 1))};
}

template <std::size_t Streams, std::size_t Rows>
inline void fold(const __m512i (&sums)[Rows][Streams], const Block &block, std::int64_t of,
                 Vec8 (&total)[Rows][Streams])
{
    Int32x8 together[Rows][Streams];
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s)
            together[r][s] = halvesTogether(sums[r][s]);
    fold(together, block, of, total);
}

#endif

/// results[row][stream] but for the scale of the stream's row of weights. Sums stay in whole numbers, in
/// registers, over a block of the activations, of which those of all rows are loaded once for the four
/// streams. A block's sum is rounded once, whatever lanes it was in.
template <std::size_t Streams, std::size_t Rows>
void dotInt8(const Block &block, float (&results)[Rows][4])
{
    Vec8 total[Rows][Streams];
    for (auto &ofRow : total)
        for (Vec8 &sum : ofRow)
            sum = zero();
    for (std::int64_t first = 0; first < block.groups; first += groupsOfWide) {
        const std::int64_t end = std::min(block.groups, first + groupsOfWide);
        Words::Sums sums[Rows][Streams] = {};
        for (std::int64_t group = first; group < end; ++group) {
            const std::int64_t at = group * narrowGroup;
#pragma GCC unroll 4
            for (std::size_t s = 0; s < Streams; ++s)
                __builtin_prefetch(block.weights[s] + at + int8BytesAhead);
#pragma GCC unroll 4
            for (std::int64_t i = 0; i < narrowGroup;
                 i += Words::columns) { // a constant count: unrolled without a rest
                Words::Vector x[Rows];
#pragma GCC unroll 4
                for (std::size_t r = 0; r < Rows; ++r)
                    x[r] = Words::load(block.wide[r] + at + i);
#pragma GCC unroll 4
                for (std::size_t s = 0; s < Streams; ++s) {
                    const Words::Vector w = Words::widen(block.weights[s] + at + i);
#pragma GCC unroll 4
                    for (std::size_t r = 0; r < Rows; ++r)
                        sums[r][s] = Words::addProducts(sums[r][s], x[r], w);
                }
            }
        }
#pragma GCC unroll 4
        for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 4
            for (std::size_t s = 0; s < Streams; ++s)
                total[r][s] = fma(broadcast(static_cast<float>(Words::sum(sums[r][s]))),
                                  broadcast(block.scales[r][first / groupsOfWide]), total[r][s]);
    }
    for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t s = 0; s < Streams; ++s) {
            float all[lanes];
            store(all, total[r][s]);
            results[r][s] = all[0];
        }
}

#if FASTCAR_AVX2 || FASTCAR_NEON

template <std::size_t Streams, std::size_t Rows>
void dotInt4(const Block &block, Vec8 (&total)[Rows][Streams])
{
    std::array<const std::byte *, 4> weights = block.weights;
    for (std::int64_t first = 0; first < block.groups; first += groupsOfSuperblock) {
        const std::int64_t groups = std::min(groupsOfSuperblock, block.groups - first);
        alignas(32) std::int32_t scaled[Streams][groupsOfSuperblock]; // as Group::addTo() takes them
#pragma GCC unroll 4
        for (std::size_t s = 0; s < Streams; ++s) {
            const Vec8 scales = Group::loadScales(weights[s], scaled[s]);
#pragma GCC unroll 4
            for (std::size_t r = 0; r < Rows; ++r) // the sums of groups, counted eight times too much
                total[r][s] = total[r][s] - scales * load(block.eights[r] + first);
        }
        for (std::int64_t begin = 0; begin < groups; begin += groupsOfBlock) {
            const std::int64_t end = std::min(groups, begin + groupsOfBlock);
            Group::Sums sums[Rows][Streams] = {};
            for (std::int64_t g = begin; g < end; ++g) {
                const std::int64_t column = (first + g) * narrowGroup;
#pragma GCC unroll 4
                for (std::size_t s = 0; s < Streams; ++s) {
                    const std::byte *const at = weights[s] + superblockScaleBytes + g * int4GroupBytes;
                    __builtin_prefetch(at + int4BytesAhead);
                    const Group group(at);
#pragma GCC unroll 4
                    for (std::size_t r = 0; r < Rows; ++r)
                        sums[r][s] = group.addTo(sums[r][s], scaled[s][g], block.narrow[r] + column);
                }
            }
            fold(sums, block, (first + begin) / groupsOfBlock, total);
        }
        for (std::byte const *&stream : weights)
            stream += superblockScaleBytes + groups * int4GroupBytes;
    }
}

#else

/// The low or high halves of 16 bytes, less 8.
template <int shift>
inline Int16x16 halves(const std::byte *from)
{
    using Bytes = std::uint8_t __attribute__((vector_size(8)));
    const auto eight = [](const std::byte *at) {
        return ((__builtin_convertvector(loadAs<Bytes>(at), Int16x8) >> shift) & 15) - 8;
    };
    return {eight(from), eight(from + 8)};
}

template <std::size_t Streams, std::size_t Rows>
void dotInt4(const Block &block, Vec8 (&total)[Rows][Streams])
{
    constexpr std::int64_t step = 16;
    std::array<const std::byte *, 4> weights = block.weights;
    for (std::int64_t first = 0; first < block.groups; first += groupsOfSuperblock) {
        const std::int64_t groups = std::min(groupsOfSuperblock, block.groups - first);
        for (std::int64_t g = 0; g < groups; ++g)
            for (std::size_t s = 0; s < Streams; ++s) {
                const std::byte *const at = weights[s] + superblockScaleBytes + g * int4GroupBytes;
                const float scale = static_cast<float>(loadAs<std::int16_t>(weights[s] + 2 * g));
                Int32x8 sums[Rows] = {};
                for (std::int64_t i = 0; i < int4GroupBytes; i += step) {
                    const Int16x16 low = halves<0>(at + i), high = halves<4>(at + i);
                    for (std::size_t r = 0; r < Rows; ++r) {
                        const auto *const x = reinterpret_cast<const std::byte *>(
                            block.narrow[r] + (first + g) * narrowGroup + i);
                        sums[r] = addProducts(sums[r], low, widen(x));
                        sums[r] = addProducts(sums[r], high, widen(x + int4GroupBytes));
                    }
                }
                for (std::size_t r = 0; r < Rows; ++r)
                    total[r][s] =
                        fma(toFloats(sums[r]),
                            broadcast(scale * block.scales[r][(first + g) / groupsOfBlock]), total[r][s]);
            }
        for (std::byte const *&stream : weights)
            stream += superblockScaleBytes + groups * int4GroupBytes;
    }
}

#endif

template <std::size_t Streams, std::size_t Rows>
void dotNarrowBlock(NarrowFormat format, const NarrowStream *streams, const Block &block, std::int64_t row,
                    std::int64_t yStride)
{
    float results[Rows][4];
    if (format == NarrowFormat::Int8) {
        dotInt8<Streams, Rows>(block, results);
    } else {
        Vec8 total[Rows][Streams];
        for (auto &ofRow : total)
            for (Vec8 &sum : ofRow)
                sum = zero();
        dotInt4<Streams, Rows>(block, total);
        for (std::size_t r = 0; r < Rows; ++r)
            for (std::size_t s = 0; s < Streams; ++s)
                results[r][s] = sum(total[r][s]);
    }
    for (std::size_t s = 0; s < Streams; ++s) {
        const NarrowStream &stream = streams[s];
        const float scale = stream.matrix->rowScales[stream.output];
        for (std::size_t r = 0; r < Rows; ++r) {
            const float result = results[r][s] * scale;
            stream.y[(row + static_cast<std::int64_t>(r)) * yStride] =
                stream.bias ? result + *stream.bias : result;
        }
    }
}

template <std::size_t Streams>
void dotNarrowRows(const NarrowStream *streams, const QuantisedRows &x, std::int64_t rows,
                   std::int64_t yStride)
{
    const NarrowMatrix &matrix = *streams[0].matrix;
    Block block{};
    block.groups = matrix.groups();
    for (std::size_t s = 0; s < Streams; ++s)
        block.weights[s] = streams[s].matrix->row(streams[s].output);
    for (std::int64_t row = 0; row < rows; row += narrowRowsAtATime) {
        const std::int64_t take = std::min<std::int64_t>(narrowRowsAtATime, rows - row);
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
            dotNarrowBlock<Streams, 2>(matrix.format, streams, block, row, yStride);
        else
            dotNarrowBlock<Streams, 1>(matrix.format, streams, block, row, yStride);
    }
}

} // namespace

void dotNarrow(const std::array<NarrowStream, 4> &streams, int count, const QuantisedRows &x,
               std::int64_t rows, std::int64_t yStride)
{
    assert(x.has(streams[0].matrix->format));
    if (count == 4) {
        dotNarrowRows<4>(streams.data(), x, rows, yStride);
        return;
    }
    for (int s = 0; s < count; ++s)
        dotNarrowRows<1>(&streams[static_cast<std::size_t>(s)], x, rows, yStride);
}

} // namespace fastcar::cpu::FASTCAR_SIMD

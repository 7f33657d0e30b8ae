// SPDX-License-Identifier: Apache-2.0
//
// Keys and values in 8 bits (attention.h). Their products are added up in whole numbers (words.h): those of a
// key with the query in 16 bits, those of values with weights in 16 bits, of which wideTop is the greatest of
// a stretch of positions. So a score is off by 2^-16 of the query's greatest number, and a weight by 2^-16 of
// the greatest beside it.
#pragma once

#include "engine/backend/cpu/simd/key_block.h"
#include "engine/backend/cpu/simd/quantised_rows.h"
#include "engine/backend/cpu/simd/words.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

constexpr std::int64_t blocksOfStretch = 4; // of keys; positions whose weights share a scale
constexpr std::int64_t numbersOfFour = 4;   // of a key, or positions of values: added up in one lane
constexpr std::uint8_t withoutSign = 0x80;  // turned, a byte is 128 greater than it is with its sign

/// f(i) for each i in [0, count), each written out: GCC interchanges loops that it unrolls later.
template <int count, typename F>
inline void unrolled(F f)
{
    [&]<int... i>(std::integer_sequence<int, i...>)
    {
        (f(i), ...);
    }
    (std::make_integer_sequence<int, count>());
}

/// Key or value as whole numbers, zeros behind the last; returns what a 1 is worth.
float toBytes(std::span<const float> x, std::int8_t *to)
{
    std::fill_n(to, roundUpToNarrow(static_cast<std::int64_t>(x.size())), std::int8_t{0});
    return quantise(x, 127.0f, to);
}

/// Up to `most` numbers in 16 bits, zeros behind the last.
template <std::int64_t most>
struct WideNumbers {
    static_assert(most <= wideSumBlock && most % narrowGroup == 0);
    alignas(64) std::int16_t words[std::size_t{most}];
    alignas(64) std::int8_t low[std::size_t{most}], high[std::size_t{most}];
    float worth;      // of a 1
    std::int32_t sum; // of all

    explicit WideNumbers(std::span<const float> x) { worth = quantiseWide(x, {words, low, high, &sum}); }
    FourSums::Columns four(std::int64_t column) const { return {WideColumns{words, low, high}, column}; }
};

void keyNarrow(const KvHead &head, std::int64_t position, std::span<float> to)
{
    const std::int64_t block = position / keysTogether, lane = position % keysTogether;
    const auto *const keys = reinterpret_cast<const std::uint8_t *>(head.block(block));
    const float worth = head.scales(block).keys[lane];
    for (std::int64_t d = 0; d < head.headDim; ++d) {
        const std::uint8_t stored =
            keys[(d / numbersOfFour * keysTogether + lane) * numbersOfFour + d % numbersOfFour];
        to[static_cast<std::size_t>(d)] = static_cast<float>(stored - 128) * worth;
    }
}

void appendNarrow(const KvHead &head, std::int64_t position, std::span<const float> key,
                  std::span<const float> value)
{
    const std::int64_t width = roundUpToNarrow(head.headDim);
    const std::int64_t block = position / keysTogether, lane = position % keysTogether;
    std::byte *const keys = keyBlockFor(head, position);

    alignas(32) std::int8_t bytes[mostNarrowHeadDim];
    const auto turn = [&] {
        for (std::int64_t d = 0; d < width; ++d)
            bytes[d] = static_cast<std::int8_t>(bytes[d] ^ withoutSign);
    };
    head.scales(block).keys[lane] = toBytes(key, bytes);
    turn();
    for (std::int64_t d = 0; d < width; d += numbersOfFour)
        std::memcpy(keys + (d / numbersOfFour * keysTogether + lane) * numbersOfFour, bytes + d,
                    numbersOfFour);
    head.scales(block).values[lane] = toBytes(value, bytes);
    turn();
    std::byte *const four = head.values + position / numbersOfFour * numbersOfFour * width;
    for (std::int64_t d = 0; d < width; ++d)
        std::memcpy(four + d * numbersOfFour + position % numbersOfFour, bytes + d, 1);
}

/// Scores of the blocks of keys `first`, `first + apart`, ..., `Blocks` of them, times what they are worth.
template <int Blocks>
void scoreNarrowBlocks(const KvHead &head, std::int64_t first, std::int64_t apart,
                       const WideNumbers<mostNarrowHeadDim> &query, float scale, float *scores)
{
    const std::int64_t width = roundUpToNarrow(head.headDim);
    const std::byte *const keys = head.block(first);
    const std::int64_t bytesApart = apart * head.blockBytes;
    FourSums sums[std::size_t{Blocks}][1] = {};
    for (std::int64_t d = 0; d < width; d += numbersOfFour) {
        const FourSums::Columns four[1] = {query.four(d)};
        unrolled<Blocks>([&](int b) {
            const std::byte *const at = keys + b * bytesApart + d * keysTogether;
            __builtin_prefetch(at + head.blockBytes);
            addFour(sums[b], at, four);
        });
    }
    const Lanes16 worth = Lanes16::all(query.worth * scale);
    for (int b = 0; b < Blocks; ++b) {
        const std::int64_t block = first + b * apart;
        (sums[b][0].toFloats(query.sum) * (worth * Lanes16::load(head.scales(block).keys)))
            .store(scores + block * keysTogether);
    }
}

/// Far streams keep more of the memory busy than one (matmul.h).
void scoreNarrow(const KvHead &head, std::span<const float> query, std::int64_t block, std::int64_t endBlock,
                 float *scores)
{
    constexpr int streams = FASTCAR_AVX512 ? 4 : 2;
    const WideNumbers<mostNarrowHeadDim> wide(query);
    const float scale = 1.0f / std::sqrt(static_cast<float>(head.headDim));
    const std::int64_t apart = (endBlock - block) / streams;
    for (const std::int64_t end = block + apart; block < end; ++block)
        scoreNarrowBlocks<streams>(head, block, apart, wide, scale, scores);
    block += (streams - 1) * apart;
    for (; block + 2 <= endBlock; block += 2)
        scoreNarrowBlocks<2>(head, block, 1, wide, scale, scores);
    if (block < endBlock)
        scoreNarrowBlocks<1>(head, block, 1, wide, scale, scores);
}

/// total[0..16 Vectors) += the values of `positions` positions from `values` on, weighted; `positions` is a
/// number of blocks.
template <int Vectors>
void addNarrowPositions(const std::byte *values, std::int64_t width,
                        const WideNumbers<blocksOfStretch * keysTogether> &weights, std::int64_t positions,
                        float *total)
{
    FourSums sums[std::size_t{Vectors}][1] = {};
    const std::int64_t ahead = blocksOfStretch * keysTogether * width;
    for (std::int64_t p = 0; p < positions; p += numbersOfFour) {
        const FourSums::Columns four[1] = {weights.four(p)};
        unrolled<Vectors>([&](int v) {
            const std::byte *const at = values + p * width + v * numbersOfFour * Lanes16::count;
            __builtin_prefetch(at + ahead);
            addFour(sums[v], at, four);
        });
    }
    for (int v = 0; v < Vectors; ++v) {
        float *const to = total + v * Lanes16::count;
        fma(sums[v][0].toFloats(weights.sum), Lanes16::all(weights.worth), Lanes16::load(to)).store(to);
    }
}

/// total [headDim, rounded up] += the values of the blocks [block, end), times weights and what they are
/// worth.
void addNarrowValues(const KvHead &head, const float *weights, std::int64_t block, std::int64_t end,
                     float *total)
{
    const std::int64_t width = roundUpToNarrow(head.headDim);
    for (; block < end; block += blocksOfStretch) {
        const std::int64_t blocks = std::min(blocksOfStretch, end - block);
        const std::int64_t positions = blocks * keysTogether;
        float weighted[blocksOfStretch * keysTogether];
        for (std::int64_t b = 0; b < blocks; ++b)
            (Lanes16::load(weights + (block + b) * keysTogether) *
             Lanes16::load(head.scales(block + b).values))
                .store(weighted + b * keysTogether);
        const WideNumbers<blocksOfStretch * keysTogether> wide(
            std::span<const float>(weighted, static_cast<std::size_t>(positions)));
        const std::byte *const values = head.values + block * keysTogether * width;
        std::int64_t d = 0;
        const auto add = [&]<int Vectors>() {
            constexpr std::int64_t dims = Vectors * Lanes16::count;
            for (; d + dims <= width; d += dims)
                addNarrowPositions<Vectors>(values + numbersOfFour * d, width, wide, positions, total + d);
        };
#if FASTCAR_AVX512
        add.template operator()<8>();
        add.template operator()<4>();
#endif
        add.template operator()<2>();
        add.template operator()<1>();
    }
}

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD

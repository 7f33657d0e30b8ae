// SPDX-License-Identifier: Apache-2.0
//
// Keys and values in 8 bits (attention.h). Their products are added up in whole numbers: those of a key with
// the query in 16 bits, those of values with weights in 16 bits, of which 32767 is the greatest of a stretch
// of positions. So a score is off by 2^-16 of the query's greatest number, and a weight by 2^-16 of the
// greatest beside it.
#pragma once

#include "engine/backend/cpu/simd/key_block.h"
#include "engine/backend/cpu/simd/quantised_rows.h"
#include "engine/backend/cpu/simd/words.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

constexpr std::int64_t blocksOfStretch = 4; // of keys; positions whose weights share a scale
constexpr std::int64_t positionsOfPair = 2;

/// Key or value as whole numbers, zeros behind the last; returns what a 1 is worth.
float toBytes(std::span<const float> x, std::int8_t *to)
{
    std::fill_n(to, roundUpToNarrow(static_cast<std::int64_t>(x.size())), std::int8_t{0});
    return quantise(x, 127.0f, to);
}

void keyNarrow(const KvHead &head, std::int64_t position, std::span<float> to)
{
    const std::int64_t block = position / keysTogether, lane = position % keysTogether;
    const auto *const keys = reinterpret_cast<const std::int8_t *>(head.block(block));
    const float worth = head.scales(block).keys[lane];
    for (std::int64_t d = 0; d < head.headDim; ++d)
        to[static_cast<std::size_t>(d)] =
            static_cast<float>(keys[(d / 2 * keysTogether + lane) * 2 + d % 2]) * worth;
}

void appendNarrow(const KvHead &head, std::int64_t position, std::span<const float> key,
                  std::span<const float> value)
{
    const std::int64_t width = roundUpToNarrow(head.headDim);
    const std::int64_t block = position / keysTogether, lane = position % keysTogether;
    std::byte *const keys = keyBlockFor(head, position);

    alignas(32) std::int8_t bytes[mostNarrowHeadDim];
    head.scales(block).keys[lane] = toBytes(key, bytes);
    for (std::int64_t d = 0; d < width; d += 2)
        std::memcpy(keys + (d / 2 * keysTogether + lane) * 2, bytes + d, 2);
    head.scales(block).values[lane] = toBytes(value, bytes);
    std::byte *const pair = head.values + position / positionsOfPair * positionsOfPair * width;
    for (std::int64_t d = 0; d < width; ++d)
        std::memcpy(pair + d * positionsOfPair + position % positionsOfPair, bytes + d, 1);
}

/// Scores of `Blocks` blocks of keys from `first` on, times what they are worth.
template <int Blocks>
void scoreNarrowBlocks(const KvHead &head, std::int64_t first, const std::int16_t *query, float worth,
                       float *scores)
{
    constexpr std::int64_t pairBytes = 2 * keysTogether;
    const std::int64_t pairs = roundUpToNarrow(head.headDim) / 2;
    const std::byte *const keys = head.block(first);
    PairSums even[std::size_t{Blocks}] = {}, odd[std::size_t{Blocks}] = {};
    for (std::int64_t pair = 0; pair < pairs; pair += 2) {
        for (int b = 0; b < Blocks; ++b) { // of the next blocks
            const std::byte *const at = keys + b * head.blockBytes + pair * pairBytes;
            __builtin_prefetch(at + Blocks * head.blockBytes, 0, 2);
            even[b].add(PairSums::Weights(at), query + 2 * pair);
            odd[b].add(PairSums::Weights(at + pairBytes), query + 2 * pair + 2);
        }
    }
    for (int b = 0; b < Blocks; ++b) {
        even[b].add(odd[b]);
        (even[b].toFloats() * (Lanes16::all(worth) * Lanes16::load(head.scales(first + b).keys)))
            .store(scores + (first + b) * keysTogether);
    }
}

void scoreNarrow(const KvHead &head, std::span<const float> query, std::int64_t block, std::int64_t endBlock,
                 float *scores)
{
    alignas(64) std::int16_t words[mostNarrowHeadDim];
    std::fill_n(words, roundUpToNarrow(head.headDim), std::int16_t{0});
    const float worth = quantise(query, 32767.0f, words) / std::sqrt(static_cast<float>(head.headDim));
    for (; block + blocksOfStretch <= endBlock; block += blocksOfStretch)
        scoreNarrowBlocks<blocksOfStretch>(head, block, words, worth, scores);
    for (; block < endBlock; ++block)
        scoreNarrowBlocks<1>(head, block, words, worth, scores);
}

/// total[0..16 Vectors) += the values of `pairs` pairs of positions from `values` on, weighted.
template <int Vectors>
void addNarrowPairs(const std::byte *values, std::int64_t width, const std::int16_t *weights,
                    std::int64_t pairs, Lanes16 worth, Lanes16 (&total)[std::size_t{Vectors}])
{
    PairSums even[std::size_t{Vectors}] = {}, odd[std::size_t{Vectors}] = {};
    const std::int64_t pairBytes = positionsOfPair * width;
    for (std::int64_t pair = 0; pair < pairs; pair += 2) {
        const std::byte *const at = values + pair * pairBytes;
        for (int v = 0; v < Vectors; ++v) {
            const std::int64_t vector = v * positionsOfPair * Lanes16::count;
            __builtin_prefetch(at + blocksOfStretch * keysTogether * width + 2 * vector);
            even[v].add(PairSums::Weights(at + vector), weights + 2 * pair);
            odd[v].add(PairSums::Weights(at + pairBytes + vector), weights + 2 * pair + 2);
        }
    }
    for (int v = 0; v < Vectors; ++v) {
        even[v].add(odd[v]);
        total[v] = fma(even[v].toFloats(), worth, total[v]);
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
        float weighted[blocksOfStretch * keysTogether];
        for (std::int64_t b = 0; b < blocks; ++b)
            (Lanes16::load(weights + (block + b) * keysTogether) *
             Lanes16::load(head.scales(block + b).values))
                .store(weighted + b * keysTogether);
        const std::int64_t positions = blocks * keysTogether;
        alignas(64) std::int16_t words[blocksOfStretch * keysTogether];
        const Lanes16 worth = Lanes16::all(
            quantise(std::span<const float>(weighted, static_cast<std::size_t>(positions)), 32767.0f, words));
        const std::byte *const values = head.values + block * keysTogether * width;
        std::int64_t d = 0;
        const auto add = [&]<int Vectors>() {
            constexpr std::int64_t dims = Vectors * Lanes16::count;
            for (; d + dims <= width; d += dims) {
                Lanes16 sums[std::size_t{Vectors}];
                for (int v = 0; v < Vectors; ++v)
                    sums[v] = Lanes16::load(total + d + v * Lanes16::count);
                addNarrowPairs<Vectors>(values + positionsOfPair * d, width, words,
                                        positions / positionsOfPair, worth, sums);
                for (int v = 0; v < Vectors; ++v)
                    sums[v].store(total + d + v * Lanes16::count);
            }
        };
#if FASTCAR_AVX512
        add.template operator()<4>();
#endif
        add.template operator()<2>();
        add.template operator()<1>();
    }
}

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD

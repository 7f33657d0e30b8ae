// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/attention.h"

#include "engine/backend/cpu/vec8.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace fastcar::cpu {

namespace {

constexpr std::int64_t block = lanes; // positions that lie together in the keys

template <DType type>
constexpr std::int64_t sizeOf = type == DType::F32 ? 4 : 2;

/// Scores of `Blocks` blocks of keys from `keys` on.
template <DType type, int Blocks>
void scoreBlocks(const std::byte *keys, const float *query, std::int64_t headDim, Vec8 scale, float *scores)
{
    Vec8 sums[std::size_t{Blocks}];
    for (int b = 0; b < Blocks; ++b)
        sums[b] = zero();
    for (std::int64_t d = 0; d < headDim; ++d) {
        const Vec8 q = broadcast(query[d]);
        for (int b = 0; b < Blocks; ++b)
            sums[b] = fma(q, loadWeights<type>(keys + (b * headDim + d) * block * sizeOf<type>), sums[b]);
    }
    for (int b = 0; b < Blocks; ++b)
        store(scores + b * block, sums[b] * scale);
}

template <DType type>
void score(const KvHead &head, const float *query, std::int64_t beginBlock, std::int64_t endBlock,
           float *scores)
{
    const Vec8 scale = broadcast(1.0f / std::sqrt(static_cast<float>(head.headDim)));
    std::int64_t b = beginBlock;
    for (; b + 8 <= endBlock; b += 8)
        scoreBlocks<type, 8>(head.keys + b * head.headDim * block * sizeOf<type>, query, head.headDim, scale,
                             scores + b * block);
    for (; b < endBlock; ++b)
        scoreBlocks<type, 1>(head.keys + b * head.headDim * block * sizeOf<type>, query, head.headDim, scale,
                             scores + b * block);
}

/// sums[0..Vectors) += weights[p] * values[p] for p in [begin, end). Even and odd positions are added up
/// apart, so that one sum need not wait for the other.
template <DType type, int Vectors>
void weightedSum(const std::byte *values, std::int64_t stride, const float *weights, std::int64_t begin,
                 std::int64_t end, float *out)
{
    Vec8 even[std::size_t{Vectors}], odd[std::size_t{Vectors}];
    for (int v = 0; v < Vectors; ++v) {
        even[v] = load(out + v * lanes);
        odd[v] = zero();
    }
    std::int64_t p = begin;
    for (; p + 2 <= end; p += 2) {
        const Vec8 w0 = broadcast(weights[p]);
        const Vec8 w1 = broadcast(weights[p + 1]);
        const std::byte *const from = values + p * stride * sizeOf<type>;
        for (int v = 0; v < Vectors; ++v) {
            even[v] = fma(w0, loadWeights<type>(from + v * lanes * sizeOf<type>), even[v]);
            odd[v] = fma(w1, loadWeights<type>(from + (stride + v * lanes) * sizeOf<type>), odd[v]);
        }
    }
    if (p < end) {
        const Vec8 w = broadcast(weights[p]);
        for (int v = 0; v < Vectors; ++v)
            even[v] = fma(w, loadWeights<type>(values + (p * stride + v * lanes) * sizeOf<type>), even[v]);
    }
    for (int v = 0; v < Vectors; ++v)
        store(out + v * lanes, even[v] + odd[v]);
}

/// A stretch of positions of which the visible ones are [begin, end); blocks are whole.
struct Range {
    std::int64_t begin, end;
    std::int64_t firstBlock() const { return begin / block; }
    std::int64_t endBlock() const { return (end + block - 1) / block; }
};

} // namespace

namespace {

void put(DType type, std::byte *to, std::int64_t index, float value)
{
    if (type == DType::F32) {
        std::memcpy(to + index * 4, &value, sizeof(value));
        return;
    }
    std::byte halves[16];
    storeF16(halves, broadcast(value));
    std::memcpy(to + index * 2, halves, 2);
}

} // namespace

void KvHead::append(std::int64_t position, std::span<const float> key, std::span<const float> value) const
{
    const std::int64_t size = static_cast<std::int64_t>(byteSize(type));
    std::byte *const keyBlock = keys + position / block * block * headDim * size;
    if (position % block == 0)
        std::fill_n(keyBlock, block * headDim * size, std::byte{0}); // the block is read whole from now on
    for (std::int64_t d = 0; d < headDim; ++d)
        put(type, keyBlock, d * block + position % block, key[static_cast<std::size_t>(d)]);
    std::byte *const to = values + position * roundUpToLanes(headDim) * size;
    for (std::int64_t d = 0; d < roundUpToLanes(headDim); ++d)
        put(type, to, d, d < headDim ? value[static_cast<std::size_t>(d)] : 0.0f);
}

void KvHead::key(std::int64_t position, std::span<float> to) const
{
    const std::int64_t size = static_cast<std::int64_t>(byteSize(type));
    const std::byte *const keyBlock = keys + position / block * block * headDim * size;
    for (std::int64_t d = 0; d < headDim; ++d)
        convertToF32({.data = keyBlock + (d * block + position % block) * size, .type = type, .shape = {1}},
                     to.subspan(static_cast<std::size_t>(d), 1));
}

std::int64_t KvCache::Extent::keysBytes() const
{
    return roundUpToLanes(positions) * headDim * static_cast<std::int64_t>(byteSize(type));
}

std::int64_t KvCache::Extent::valuesBytes() const
{
    return positions * roundUpToLanes(headDim) * static_cast<std::int64_t>(byteSize(type));
}

KvCache::KvCache(const Extent &extent)
    : extent_(extent)
    , keys_(static_cast<std::size_t>(extent.heads() * extent.keysBytes()) / sizeof(float))
    , values_(static_cast<std::size_t>(extent.heads() * extent.valuesBytes()) / sizeof(float))
{
}

std::uint64_t KvCache::bytes(const Extent &extent)
{
    return static_cast<std::uint64_t>(extent.heads() * (extent.keysBytes() + extent.valuesBytes()));
}

KvHead KvCache::head(std::int64_t layer, std::int64_t row, std::int64_t kvHead)
{
    const std::int64_t index = (layer * extent_.rows + row) * extent_.kvHeads + kvHead;
    return {.type = extent_.type,
            .keys = reinterpret_cast<std::byte *>(keys_.data()) + index * extent_.keysBytes(),
            .values = reinterpret_cast<std::byte *>(values_.data()) + index * extent_.valuesBytes(),
            .headDim = extent_.headDim};
}

Visible::Visible(const AttentionSpan &span, std::int64_t at)
    : position(at)
{
    if (!span.windowed)
        return;
    from = std::max<std::int64_t>(0, at + 1 - span.window);
    sinks = std::min<std::int64_t>(span.sinks, from);
    if (sinks == from)
        sinks = from = 0; // nothing lies between: one stretch
}

std::int64_t attentionScratch(std::int64_t positions, std::int64_t headDim)
{
    return roundUpToLanes(positions) + roundUpToLanes(headDim);
}

namespace {

template <DType type>
void attendStored(const KvHead &head, std::span<const float> query, const Visible &visible,
                  std::span<float> scratch, std::span<float> out)
{
    constexpr float least = -std::numeric_limits<float>::infinity();
    const std::int64_t positions = visible.position + 1;
    float *const scores = scratch.data(); // [position], later the weights
    float *const total = scores + roundUpToLanes(positions);
    const std::int64_t width = roundUpToLanes(head.headDim);
    assert(static_cast<std::int64_t>(scratch.size()) >= attentionScratch(positions, head.headDim));

    // The stretches of whole blocks that hold visible positions; one, where the two share a block.
    const std::array<Range, 2> seen{Range{0, visible.sinks}, Range{visible.from, positions}};
    const bool joined = visible.sinks > 0 && seen[0].endBlock() > seen[1].firstBlock();
    const std::array<Range, 2> read = joined ? std::array<Range, 2>{Range{0, 0}, Range{0, positions}} : seen;

    for (const Range &range : read)
        score<type>(head, query.data(), range.firstBlock(), range.endBlock(), scores);
    for (std::int64_t p = visible.sinks; p < std::min(visible.from, (visible.sinks / block + 1) * block); ++p)
        scores[p] = least;
    for (std::int64_t p = std::max(visible.sinks, visible.from / block * block); p < visible.from; ++p)
        scores[p] = least;
    std::fill(scores + positions, scores + roundUpToLanes(positions), least);

    Vec8 top = broadcast(least);
    for (const Range &range : read)
        for (std::int64_t b = range.firstBlock(); b < range.endBlock(); ++b)
            top = maximum(top, load(scores + b * block));
    const Vec8 shift = broadcast(largest(top));
    Vec8 mass = zero();
    for (const Range &range : read) {
        for (std::int64_t b = range.firstBlock(); b < range.endBlock(); ++b) {
            const Vec8 e = exp(load(scores + b * block) - shift);
            store(scores + b * block, e);
            mass = mass + e;
        }
    }

    std::fill_n(total, width, 0.0f);
    for (const Range &range : seen) {
        std::int64_t d = 0;
        for (; d + 4 * lanes <= width; d += 4 * lanes)
            weightedSum<type, 4>(head.values + d * sizeOf<type>, width, scores, range.begin, range.end,
                                 total + d);
        for (; d < width; d += lanes)
            weightedSum<type, 1>(head.values + d * sizeOf<type>, width, scores, range.begin, range.end,
                                 total + d);
    }
    const Vec8 scale = broadcast(1.0f / sum(mass));
    mapLanes(head.headDim, total, out.data(), [&](Vec8 v) { return v * scale; });
}

} // namespace

void attend(const KvHead &head, std::span<const float> query, const Visible &visible,
            std::span<float> scratch, std::span<float> out)
{
    if (head.type == DType::F16)
        attendStored<DType::F16>(head, query, visible, scratch, out);
    else
        attendStored<DType::F32>(head, query, visible, scratch, out);
}

} // namespace fastcar::cpu

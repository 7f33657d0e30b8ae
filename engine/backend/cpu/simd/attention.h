// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/key_block.h"
#include "engine/backend/cpu/simd/lanes16.h"
#include "engine/backend/cpu/simd/narrow_attention.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

static_assert(keysTogether == Lanes16::count);
/// Positions whose values are added up before the next: few enough to stay in the first-level cache.
constexpr std::int64_t positionsOfStretch = 64;

/// Scores of `Blocks` blocks of keys from `first` on.
template <DType type, int Blocks>
void scoreBlocks(const KvHead &head, std::int64_t first, const float *query, float scale, float *scores)
{
    constexpr std::int64_t bytesOfNumber = keysTogether * storedBytes<type>; // of each position of a block
    const std::int64_t headDim = head.headDim, blockBytes = head.blockBytes;
    const std::byte *const keys = head.block(first);
    Lanes16 sums[std::size_t{Blocks}];
    for (int b = 0; b < Blocks; ++b)
        sums[b] = Lanes16::zero();
    const std::byte *const next = keys + Blocks * blockBytes;
    for (std::int64_t d = 0; d < headDim; ++d) {
        for (std::int64_t line = 0; line < Blocks * bytesOfNumber; line += 64)
            __builtin_prefetch(next + d * Blocks * bytesOfNumber + line, 0, 2); // as many blocks again
        const Lanes16 q = Lanes16::all(query[d]);
        for (int b = 0; b < Blocks; ++b)
            sums[b] = fma(q, Lanes16::loadStored<type>(keys + b * blockBytes + d * bytesOfNumber), sums[b]);
    }
    for (int b = 0; b < Blocks; ++b)
        (sums[b] * Lanes16::all(scale)).store(scores + (first + b) * keysTogether);
}

template <DType type>
void score(const KvHead &head, const float *query, std::int64_t beginBlock, std::int64_t endBlock,
           float *scores)
{
    const float scale = 1.0f / std::sqrt(static_cast<float>(head.headDim));
    std::int64_t block = beginBlock;
    const auto run = [&]<int Blocks>() {
        for (; block + Blocks <= endBlock; block += Blocks)
            scoreBlocks<type, Blocks>(head, block, query, scale, scores);
    };
    run.template operator()<4>(); // sums enough to go on at once
    run.template operator()<2>();
    run.template operator()<1>();
}

/// sums[0..Vectors) += weights[p] * values[p] for p in [begin, end). Even and odd positions are added up
/// apart, so that one sum need not wait for the other.
template <DType type, typename Vec, int Vectors>
void weightedSum(const std::byte *values, std::int64_t stride, const float *weights, std::int64_t begin,
                 std::int64_t end, float *out)
{
    constexpr std::int64_t vecBytes = Vec::count * storedBytes<type>;
    Vec even[std::size_t{Vectors}], odd[std::size_t{Vectors}];
    for (int v = 0; v < Vectors; ++v) {
        even[v] = Vec::load(out + v * Vec::count);
        odd[v] = Vec::zero();
    }
    std::int64_t p = begin;
    for (; p + 2 <= end; p += 2) {
        const Vec w0 = Vec::all(weights[p]);
        const Vec w1 = Vec::all(weights[p + 1]);
        const std::byte *const from = values + p * stride * storedBytes<type>;
        for (std::int64_t line = 0; line < Vectors * vecBytes; line += 64) {
            __builtin_prefetch(from + positionsOfStretch * stride * storedBytes<type> + line);
            __builtin_prefetch(from + (positionsOfStretch + 1) * stride * storedBytes<type> + line);
        }
        for (int v = 0; v < Vectors; ++v) {
            even[v] = fma(w0, Vec::template loadStored<type>(from + v * vecBytes), even[v]);
            odd[v] = fma(w1, Vec::template loadStored<type>(from + stride * storedBytes<type> + v * vecBytes),
                         odd[v]);
        }
    }
    if (p < end) {
        const Vec w = Vec::all(weights[p]);
        for (int v = 0; v < Vectors; ++v)
            even[v] =
                fma(w, Vec::template loadStored<type>(values + p * stride * storedBytes<type> + v * vecBytes),
                    even[v]);
    }
    for (int v = 0; v < Vectors; ++v)
        (even[v] + odd[v]).store(out + v * Vec::count);
}

/// A stretch of positions of which the visible ones are [begin, end); blocks are whole.
struct Range {
    std::int64_t begin, end;
    std::int64_t firstBlock() const { return begin / keysTogether; }
    std::int64_t endBlock() const { return (end + keysTogether - 1) / keysTogether; }
};

template <DType type>
void keyStored(const KvHead &head, std::int64_t position, std::span<float> to)
{
    constexpr std::int64_t size = storedBytes<type>;
    const std::int64_t dim = head.headDim, block = position / keysTogether, lane = position % keysTogether;
    const std::byte *const from = head.block(block) + lane * size;
    for (std::int64_t d = 0; d < dim; d += lanes) {
        const std::int64_t count = std::min(lanes, dim - d);
        std::byte stored[static_cast<std::size_t>(lanes * size)] = {};
        for (std::int64_t i = 0; i < count; ++i)
            std::memcpy(stored + i * size, from + (d + i) * keysTogether * size, size);
        storeFirst(to.data() + d, loadStored<type>(stored), count);
    }
}

void storeAs(DType type, std::byte *to, Vec8 a)
{
    if (type == DType::F16)
        storeF16(to, a);
    else
        std::memcpy(to, &a, sizeof(a));
}

/// Keys go one number to each of the lanes of a block; values lie as they are.
template <DType type>
void appendStored(const KvHead &head, std::int64_t position, std::span<const float> key,
                  std::span<const float> value)
{
    constexpr std::int64_t size = storedBytes<type>;
    const std::int64_t dim = head.headDim, lane = position % keysTogether;
    std::byte *const keyBlock = keyBlockFor(head, position);
    std::byte *const values = head.values + position * roundUpToLanes(dim) * size;
    for (std::int64_t d = 0; d < dim; d += lanes) {
        const std::int64_t count = std::min(lanes, dim - d);
        std::byte stored[static_cast<std::size_t>(lanes * size)];
        storeAs(type, stored, loadFirst(key.data() + d, count));
        for (std::int64_t i = 0; i < count; ++i)
            std::memcpy(keyBlock + ((d + i) * keysTogether + lane) * size, stored + i * size, size);
        storeAs(type, values + d * size, loadFirst(value.data() + d, count));
    }
}

} // namespace

void key(const KvHead &head, std::int64_t position, std::span<float> to)
{
    if (head.type == DType::I8)
        keyNarrow(head, position, to);
    else if (head.type == DType::F16)
        keyStored<DType::F16>(head, position, to);
    else
        keyStored<DType::F32>(head, position, to);
}

void append(const KvHead &head, std::int64_t position, std::span<const float> key,
            std::span<const float> value)
{
    if (head.type == DType::I8)
        appendNarrow(head, position, key, value);
    else if (head.type == DType::F16)
        appendStored<DType::F16>(head, position, key, value);
    else
        appendStored<DType::F32>(head, position, key, value);
}

namespace {

/// total [headDim, rounded up] += the values of a stretch, weighted
template <DType type>
void addValues(const KvHead &head, const float *weights, const Range &range, float *total)
{
    const std::int64_t width = roundUpToLanes(head.headDim);
    std::int64_t d = 0;
    const auto sum = [&]<typename Vec, int Vectors>() {
        for (; d + Vectors * Vec::count <= width; d += Vectors * Vec::count)
            weightedSum<type, Vec, Vectors>(head.values + d * storedBytes<type>, width, weights, range.begin,
                                            range.end, total + d);
    };
#if FASTCAR_AVX512
    sum.template operator()<Lanes16, 8>();
    sum.template operator()<Lanes16, 4>();
#endif
    sum.template operator()<Lanes16, 2>();
    sum.template operator()<Lanes8, 1>();
}

template <DType type>
void attendStored(const KvHead &head, std::span<const float> query, const Visible &visible,
                  std::span<float> scratch, AttentionPart &part)
{
    constexpr float least = -std::numeric_limits<float>::infinity();
    constexpr std::int64_t mostValuesAhead = 16 * 1024;
    const std::int64_t valueBytes =
        type == DType::I8 ? roundUpToNarrow(head.headDim) : roundUpToLanes(head.headDim) * storedBytes<type>;
    const std::int64_t positions = visible.position + 1;
    float *const scores = scratch.data(); // [position], later the weights
    assert(static_cast<std::int64_t>(scratch.size()) >= roundUpToKeys(positions));

    // The stretches of whole blocks that hold visible positions; one, where the two share a block.
    const std::array<Range, 2> seen{Range{0, visible.sinks}, Range{visible.from, positions}};
    const bool joined = visible.sinks > 0 && seen[0].endBlock() > seen[1].firstBlock();
    const std::array<Range, 2> read = joined ? std::array<Range, 2>{Range{0, 0}, Range{0, positions}} : seen;

    for (const Range &range : read) {
        if constexpr (type == DType::I8)
            scoreNarrow(head, query, range.firstBlock(), range.endBlock(), scores);
        else
            score<type>(head, query.data(), range.firstBlock(), range.endBlock(), scores);
    }
    for (std::int64_t p = visible.sinks;
         p < std::min(visible.from, (visible.sinks / keysTogether + 1) * keysTogether); ++p)
        scores[p] = least;
    for (std::int64_t p = std::max(visible.sinks, visible.from / keysTogether * keysTogether);
         p < visible.from; ++p)
        scores[p] = least;
    std::fill(scores + positions, scores + roundUpToKeys(positions), least);

    const auto forEachBlock = [&](auto run) {
        for (const Range &range : read)
            for (std::int64_t block = range.firstBlock(); block < range.endBlock(); ++block)
                run(scores + block * keysTogether);
    };
    Lanes16 top = Lanes16::all(least);
    forEachBlock([&](const float *block) { top = maximum(top, Lanes16::load(block)); });
    part.top = largest(maximum(lowHalf(top), highHalf(top)));
    const Lanes16 shift = Lanes16::all(part.top);
    Vec8 mass = zero();
    // The first values are asked for meanwhile: those of the first stretch would be waited for.
    const std::byte *ahead = head.values + read[1].firstBlock() * keysTogether * valueBytes;
    const std::byte *const last = ahead + std::min(positions * valueBytes, mostValuesAhead);
    forEachBlock([&](float *block) {
        for (int line = 0; line < 16 && ahead < last; ++line, ahead += 64)
            __builtin_prefetch(ahead);
        const Lanes16 e = exp(Lanes16::load(block) - shift);
        e.store(block);
        mass = mass + lowHalf(e) + highHalf(e);
    });
    part.mass = sum(mass);

    std::fill_n(part.values, widthOfPart(head.headDim), 0.0f);
    if constexpr (type == DType::I8) {
        for (const Range &range : read) // of what is not seen the weight is 0
            addNarrowValues(head, scores, range.firstBlock(), range.endBlock(), part.values);
    } else {
        for (const Range &range : seen)
            for (std::int64_t begin = range.begin; begin < range.end; begin += positionsOfStretch)
                addValues<type>(head, scores, {begin, std::min(range.end, begin + positionsOfStretch)},
                                part.values);
    }
}

} // namespace

void attend(const KvHead &head, std::span<const float> query, const Visible &visible,
            std::span<float> scratch, AttentionPart &part)
{
    if (head.type == DType::I8)
        attendStored<DType::I8>(head, query, visible, scratch, part);
    else if (head.type == DType::F16)
        attendStored<DType::F16>(head, query, visible, scratch, part);
    else
        attendStored<DType::F32>(head, query, visible, scratch, part);
}

void joinParts(std::span<const AttentionPart> parts, std::span<float> out)
{
    assert(!parts.empty() && parts.size() <= mostContextParts);
    float top = parts.front().top;
    for (const AttentionPart &part : parts)
        top = std::max(top, part.top);
    std::array<Vec8, mostContextParts> shares; // of the whole sum, what a part's sums are multiplied with
    Vec8 mass = zero();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        shares[i] = exp(broadcast(parts[i].top - top));
        mass = fma(shares[i], broadcast(parts[i].mass), mass);
    }
    const Vec8 scale = broadcast(1.0f) / mass;
    const auto width = static_cast<std::int64_t>(out.size());
    for (std::int64_t d = 0; d < width; d += lanes) {
        Vec8 total = zero();
        for (std::size_t i = 0; i < parts.size(); ++i)
            total = fma(shares[i], load(parts[i].values + d), total);
        storeFirst(out.data() + d, total * scale, std::min(lanes, width - d));
    }
}

} // namespace fastcar::cpu::FASTCAR_SIMD

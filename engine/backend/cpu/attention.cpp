// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/attention.h"

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/lanes.h"

#include <algorithm>

namespace fastcar::cpu {

void KvHead::append(std::int64_t position, std::span<const float> key, std::span<const float> value) const
{
    kernels().append(*this, position, key, value);
}

void KvHead::key(std::int64_t position, std::span<float> to) const
{
    kernels().key(*this, position, to);
}

std::int64_t KvCache::Extent::blockBytes() const
{
    if (type == DType::I8)
        return roundUpToNarrow(headDim) * keysTogether + std::int64_t{sizeof(BlockScales)};
    return headDim * keysTogether * static_cast<std::int64_t>(byteSize(type));
}

std::int64_t KvCache::Extent::keysBytes() const
{
    return roundUpToKeys(positions) / keysTogether * blockBytes();
}

std::int64_t KvCache::Extent::positionBytes() const
{
    return blockBytes() / keysTogether + headDim * static_cast<std::int64_t>(byteSize(type));
}

std::int64_t KvCache::Extent::valuesBytes() const
{
    if (type == DType::I8)
        return roundUpToKeys(positions) * roundUpToNarrow(headDim);
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
            .headDim = extent_.headDim,
            .blockBytes = extent_.blockBytes()};
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

Visible Visible::part(int part, int parts) const
{
    const std::int64_t firstBlock = from / keysTogether;
    const std::int64_t blocks = position / keysTogether + 1 - firstBlock;
    const auto cut = [&](int at) { return (firstBlock + at * blocks / parts) * keysTogether; };
    Visible of = *this;
    if (part > 0) {
        of.sinks = 0;
        of.from = cut(part);
    }
    if (part + 1 < parts)
        of.position = cut(part + 1) - 1;
    return of;
}

int contextParts(std::int64_t positions, std::int64_t kvHeads)
{
    constexpr std::int64_t leastPositions = 128; // what each part has to do besides is little beside them
    const std::int64_t few = std::max<std::int64_t>(1, positions / leastPositions);
    return static_cast<int>(std::min((mostContextParts + kvHeads - 1) / kvHeads, few));
}

void attend(const KvHead &head, std::span<const float> query, const Visible &visible,
            std::span<float> scratch, AttentionPart &part)
{
    kernels().attend(head, query, visible, scratch, part);
}

void joinParts(std::span<const AttentionPart> parts, std::span<float> out)
{
    kernels().joinParts(parts, out);
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/layer_attention.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/lanes.h"

#include <algorithm>
#include <utility>

namespace fastcar::cpu {

namespace {

/// Number `index` of [.., width].
std::span<float> stretchOf(AlignedBuffer &buffer, std::int64_t index, std::int64_t width)
{
    return buffer.all().subspan(static_cast<std::size_t>(index * width), static_cast<std::size_t>(width));
}

} // namespace

LayerAttention::LayerAttention(const BackboneConfig &config, const Extent &extent,
                               std::shared_ptr<const RopeTable> rope)
    : extent_(extent)
    , heads_(config.heads)
    , rope_(std::move(rope))
    , cache_(extent.cache)
    , tokens_(static_cast<std::size_t>(extent.cache.rows))
    , query_(extent.entries, queryWidth())
    , attended_(extent.entries, queryWidth())
    , key_(extent.entries, keyWidth())
    , value_(extent.entries, keyWidth())
    , tasOfHeads_(extent.entries, heads_)
    , rotatedQuery_(extent.threads, extent.cache.headDim)
    , earlierKey_(extent.threads, extent.cache.headDim)
    , scores_(extent.threads, roundUpToKeys(extent.cache.positions))
    , partsDone_(static_cast<std::size_t>(extent.cache.rows * extent.cache.kvHeads))
{
    const std::int64_t width = widthOfPart(extent.cache.headDim);
    const std::int64_t parts =
        extent.cache.rows * heads_ * contextParts(extent.cache.positions, extent.cache.kvHeads);
    partValues_ = AlignedBuffer(parts, width);
    parts_.resize(static_cast<std::size_t>(parts));
    for (std::int64_t i = 0; i < parts; ++i)
        parts_[static_cast<std::size_t>(i)].values = stretchOf(partValues_, i, width).data();
    seen_.reserve(tokens_.size());
}

void LayerAttention::clear()
{
    std::ranges::fill(tokens_, 0);
}

void LayerAttention::begin(const TokenBatch &batch)
{
    batch_ = batch;
    seen_.clear();
    mostPartsOfBatch_ = 1;
    if (!batch.step)
        return;
    // Prompts differ in length: a shorter context may have fewer parts.
    for (std::int64_t sequence = 0; sequence < batch.sequences; ++sequence) {
        seen_.push_back(visibleOf(sequence, 0));
        mostPartsOfBatch_ = std::max(mostPartsOfBatch_, partsOf(seen_.back()));
    }
}

std::uint64_t LayerAttention::bytesSeen() const
{
    std::int64_t positions = 0;
    for (const Visible &seen : seen_)
        positions += seen.count();
    return static_cast<std::uint64_t>(positions * extent_.cache.kvHeads * extent_.cache.positionBytes());
}

Visible LayerAttention::visibleOf(std::int64_t sequence, std::int64_t token) const
{
    const auto row = static_cast<std::size_t>(batch_.firstRow + sequence);
    return {batch_.step ? batch_.step->attention : AttentionSpan{}, tokens_[row] + token};
}

int LayerAttention::partsOf(const Visible &visible) const
{
    return contextParts(visible.stretch(), extent_.cache.kvHeads);
}

void LayerAttention::run(int layer, ThreadPool &pool, std::span<const FetchAhead> ahead)
{
    const std::int64_t kvHeads = extent_.cache.kvHeads;
    const std::int64_t heads = batch_.sequences * kvHeads;
    const auto atHead = [&](std::int64_t index) {
        return TokenHead{.layer = layer, .sequence = index / kvHeads, .kvHead = index % kvHeads};
    };
    if (batch_.step) {
        pool.forEachTile(
            heads * mostPartsOfBatch_,
            [&](std::int64_t tile, int worker) {
                const TokenHead at = atHead(tile / mostPartsOfBatch_);
                const Visible &visible = seen_[static_cast<std::size_t>(at.sequence)];
                const int part = static_cast<int>(tile % mostPartsOfBatch_), parts = partsOf(visible);
                if (part < parts)
                    attendPart(at, visible, part, parts, worker);
            },
            ahead);
        return;
    }
    pool.forEachTile(heads, [&](std::int64_t tile, int worker) {
        for (TokenHead at = atHead(tile); at.token < batch_.length; ++at.token) {
            const Visible visible = visibleOf(at.sequence, at.token);
            const int parts = partsOf(visible);
            for (int part = 0; part < parts; ++part)
                attendPart(at, visible, part, parts, worker);
        }
    });
}

/// The query heads that share a key/value head, over a part of its context. Whoever is done last joins them.
void LayerAttention::attendPart(const TokenHead &at, const Visible &visible, int part, int parts, int worker)
{
    if (part + 1 == parts) // it alone sees the token's own key
        appendToken(at, visible.position, worker);

    const std::int64_t headDim = extent_.cache.headDim;
    const std::int64_t entry = at.sequence * batch_.length + at.token;
    const KvHead cached = cachedHead(at);
    const Visible seen = visible.part(part, parts);
    const std::span<float> rotated = stretchOf(rotatedQuery_, worker, headDim);
    const std::int64_t shared = heads_ / extent_.cache.kvHeads;
    const std::int64_t firstHead = at.kvHead * shared;
    for (std::int64_t head = firstHead; head < firstHead + shared; ++head) {
        rope_->rotate(stretchOf(query_, entry * heads_ + head, headDim), visible.position, rotated);
        attend(cached, rotated, seen, scoresOf(worker),
               partsOfHead(at.sequence * heads_ + head)[static_cast<std::size_t>(part)]);
    }

    std::atomic<int> &done =
        partsDone_[static_cast<std::size_t>(at.sequence * extent_.cache.kvHeads + at.kvHead)].count;
    if (parts > 1 && done.fetch_add(1, std::memory_order_acq_rel) + 1 < parts)
        return;
    done.store(0, std::memory_order_relaxed);
    for (std::int64_t head = firstHead; head < firstHead + shared; ++head)
        joinParts(partsOfHead(at.sequence * heads_ + head).first(static_cast<std::size_t>(parts)),
                  stretchOf(attended_, entry * heads_ + head, headDim));
}

/// The token's key and value into the cache, and its TAS: its query on the key of the same position one frame
/// earlier.
void LayerAttention::appendToken(const TokenHead &at, std::int64_t position, int worker)
{
    const std::int64_t headDim = extent_.cache.headDim;
    const std::int64_t entry = at.sequence * batch_.length + at.token;
    const std::int64_t entryHead = entry * extent_.cache.kvHeads + at.kvHead;
    const std::span<float> key = stretchOf(key_, entryHead, headDim);
    const KvHead cached = cachedHead(at);
    rope_->rotate(key, position, key);
    cached.append(position, key, stretchOf(value_, entryHead, headDim));

    if (!batch_.step || batch_.step->visualToken < extent_.stride)
        return;
    const bool turned = batch_.step->policy && batch_.step->policy->definition == TasDefinition::Paper;
    const std::span<float> earlierKey = stretchOf(earlierKey_, worker, headDim);
    cached.key(position - extent_.stride, earlierKey);
    const std::int64_t shared = heads_ / extent_.cache.kvHeads;
    for (std::int64_t head = at.kvHead * shared; head < (at.kvHead + 1) * shared; ++head) {
        std::span<float> query = stretchOf(query_, entry * heads_ + head, headDim);
        if (turned) {
            const std::span<float> rotated = stretchOf(rotatedQuery_, worker, headDim);
            rope_->rotate(query, position, rotated);
            query = rotated;
        }
        tasOfHeads_.data()[entry * heads_ + head] = dot(query, earlierKey);
    }
}

KvHead LayerAttention::cachedHead(const TokenHead &at)
{
    return cache_.head(at.layer, batch_.firstRow + at.sequence, at.kvHead);
}

std::span<AttentionPart> LayerAttention::partsOfHead(std::int64_t head)
{
    const auto each = static_cast<std::size_t>(contextParts(extent_.cache.positions, extent_.cache.kvHeads));
    return std::span(parts_).subspan(static_cast<std::size_t>(head) * each, each);
}

std::span<float> LayerAttention::scoresOf(int worker)
{
    return stretchOf(scores_, worker, roundUpToKeys(extent_.cache.positions));
}

} // namespace fastcar::cpu

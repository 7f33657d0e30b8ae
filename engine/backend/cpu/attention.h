// SPDX-License-Identifier: Apache-2.0
//
// Attention of one query over the keys and values of its row, and the cache that they lie in.
//
// A head's keys lie in blocks of sixteen positions, [positions / 16, headDim, 16], so that their scores are
// computed at once without sums across a register; its values lie as [positions, headDim rounded up to 8], so
// that the weighted sum of them is. One query passes once over its keys and once over its values. They are
// f32 or f16.
//
// Or they are 8 bits with a scale for each key and for each value of a head: a step then reads a quarter as
// much of them as of f32. Four of what is added up lie beside each other, [positions / 16, headDim / 4, 16,
// 4] and [positions / 4, headDim, 4], headDim rounded up to 16; the scales lie behind the block's keys. Each
// number is 128 greater than it is (simd/words.h).
//
// Few heads cannot be dealt evenly to threads, so their context is cut into parts, whose sums are joined.
// Where it is cut depends on the model and the position alone: the bits are the same for any number of
// threads and rows.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/replay/replay_policy.h"

#include <cstdint>
#include <span>

namespace fastcar::cpu {

inline constexpr std::int64_t keysTogether = 16; // positions of a block of keys
/// In 8 bits: products of so many numbers with 16 bits are added up in 32.
inline constexpr std::int64_t mostNarrowHeadDim = 512;

/// Numbers of a key or value in 8 bits, padded.
constexpr std::int64_t roundUpToNarrow(std::int64_t headDim)
{
    return (headDim + 15) / 16 * 16;
}

/// What a 1 of a key or a value in 8 bits is worth, of each position of a block.
struct BlockScales {
    float keys[keysTogether], values[keysTogether];
};

/// The keys (rotated) and values of one key/value head of one row at one layer.
struct KvHead {
    DType type = DType::F32; // F16, I8
    std::byte *keys = nullptr;
    std::byte *values = nullptr;
    std::int64_t headDim = 0;
    std::int64_t blockBytes = 0; // of a block of keys; those of 8 bits have their scales behind them

    std::byte *block(std::int64_t index) const { return keys + index * blockBytes; }
    /// Of a block of keys in 8 bits.
    BlockScales &scales(std::int64_t index) const
    {
        return *reinterpret_cast<BlockScales *>(block(index + 1) - sizeof(BlockScales));
    }

    void append(std::int64_t position, std::span<const float> key, std::span<const float> value) const;
    void key(std::int64_t position, std::span<float> to) const;
};

/// [layers][rows][kvHeads] heads with room for `positions` positions each.
class KvCache {
public:
    struct Extent {
        std::int64_t layers = 0, rows = 0, kvHeads = 0, positions = 0, headDim = 0;
        DType type = DType::F32; // F16, I8
        bool operator==(const Extent &) const = default;

        std::int64_t heads() const { return layers * rows * kvHeads; }
        std::int64_t blockBytes() const; // of sixteen keys of one head
        std::int64_t keysBytes() const;  // of one head
        std::int64_t valuesBytes() const;
        /// Of keys and values of one position of one head, scales included.
        std::int64_t positionBytes() const;
    };
    KvCache() = default;
    explicit KvCache(const Extent &extent);
    static std::uint64_t bytes(const Extent &extent);

    const Extent &extent() const { return extent_; }
    KvHead head(std::int64_t layer, std::int64_t row, std::int64_t kvHead);

private:
    Extent extent_;
    AlignedBuffer keys_, values_;
};

/// Which positions up to `position` its query sees.
struct Visible {
    std::int64_t sinks = 0; // [0, sinks)
    std::int64_t from = 0;  // [from, position]; from >= sinks
    std::int64_t position = 0;

    Visible(const AttentionSpan &span, std::int64_t position);
    std::int64_t count() const { return sinks + stretch(); }
    std::int64_t stretch() const { return position + 1 - from; } // up to the query's own
    /// Part `part` of `parts`, which are no more than there are blocks of keys; the sinks belong to the
    /// first.
    Visible part(int part, int parts) const;
};

inline constexpr int mostContextParts = 12;
/// Into how many parts a query's context is cut, `positions` of which follow each other up to its own, and of
/// whose model each row keeps `kvHeads` heads. Never fewer for more positions; each has several blocks.
int contextParts(std::int64_t positions, std::int64_t kvHeads);

/// Of one part of a context, for scores s(p) = <query, key p> / sqrt(headDim) of its positions:
struct AttentionPart {
    float top = 0.0f;        // the greatest s(p)
    float mass = 0.0f;       // sum of exp(s(p) - top)
    float *values = nullptr; // [widthOfPart(headDim)] sum of exp(s(p) - top) * value p
};

constexpr std::int64_t widthOfPart(std::int64_t headDim)
{
    return roundUpToNarrow(headDim);
}

inline std::int64_t roundUpToKeys(std::int64_t positions)
{
    return (positions + keysTogether - 1) / keysTogether * keysTogether;
}

/// Fills in `part`, whose `values` are there. `query` is rotated. `scratch` holds roundUpToKeys(position + 1)
/// floats.
void attend(const KvHead &head, std::span<const float> query, const Visible &visible,
            std::span<float> scratch, AttentionPart &part);
/// out [headDim] = sum over all parts' p of softmax(s)(p) * value p
void joinParts(std::span<const AttentionPart> parts, std::span<float> out);

} // namespace fastcar::cpu

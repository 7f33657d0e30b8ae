// SPDX-License-Identifier: Apache-2.0
//
// What a layer does between its projections and its output: a token's key and value go into the cache, its
// query is scored against the key of the same place one frame earlier (TAS, docs/replay.md), and it attends
// to what it sees.
//
// Heads are dealt to the threads, those of a decode step cut further where they are few (attention.h).
#pragma once

#include "engine/backend/backbone.h"
#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/attention.h"
#include "engine/backend/cpu/rope.h"
#include "engine/backend/thread_pool.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace fastcar::cpu {

/// The tokens that go through the layers together: `length` consecutive ones of each of `sequences` rows. A
/// decode step has one token of every row, a prefill a stretch of one row's prompt.
struct TokenBatch {
    int firstRow = 0;
    std::int64_t sequences = 1;
    std::int64_t length = 1;
    const StepInput *step = nullptr; // nothing: prefill

    std::int64_t entries() const { return sequences * length; }
};

/// Owns a generation's keys and values. One thread calls it; only run() uses the pool's.
class LayerAttention {
public:
    struct Extent {
        KvCache::Extent cache;
        std::int64_t entries = 0; // of a batch, at the most
        int stride = 1;           // tokens of a frame
        int threads = 1;
        bool operator==(const Extent &) const = default;
    };
    LayerAttention() = default;
    /// Allocates the cache and all scratch. `rope` has the cache's positions, or more.
    LayerAttention(const BackboneConfig &config, const Extent &extent, std::shared_ptr<const RopeTable> rope);

    const Extent &extent() const { return extent_; }
    KvCache &cache() { return cache_; }
    /// Forgets all tokens.
    void clear();

    // Of `entries` tokens, [entries, heads * headDim]: what the projections write and what the output reads.
    MatrixView<float> query(std::int64_t entries) { return query_.matrix(entries, queryWidth()); }
    MatrixView<float> key(std::int64_t entries) { return key_.matrix(entries, keyWidth()); }
    MatrixView<float> value(std::int64_t entries) { return value_.matrix(entries, keyWidth()); }
    MatrixView<const float> attended(std::int64_t entries) { return attended_.matrix(entries, queryWidth()); }
    /// Scores of a step's rows, [rows, heads], not yet scaled; made for tokens that have an earlier frame.
    MatrixView<const float> tasOfHeads(std::int64_t rows) { return tasOfHeads_.matrix(rows, heads_); }

    /// How many the cache has of each row.
    std::span<const std::int64_t> tokens() const { return tokens_; }
    void setTokens(int row, std::int64_t tokens) { tokens_[static_cast<std::size_t>(row)] = tokens; }

    /// Before the layers of a batch, whose tokens follow those in the cache; its `step` lives until the last
    /// of them.
    void begin(const TokenBatch &batch);
    /// Bytes of keys and values that a layer of the step reads.
    std::uint64_t bytesSeen() const;

    /// Of one layer, for the batch that was begun. `ahead`: what threads read next (fetch_ahead.h).
    void run(int layer, ThreadPool &pool, std::span<const FetchAhead> ahead);

private:
    /// A key/value head of a token of the batch.
    struct TokenHead {
        int layer = 0;
        std::int64_t sequence = 0, token = 0, kvHead = 0;
    };
    /// How many parts of a head's context are done; a line of memory for itself.
    struct alignas(64) PartsDone {
        std::atomic<int> count{0};
    };

    std::int64_t queryWidth() const { return heads_ * extent_.cache.headDim; }
    std::int64_t keyWidth() const { return extent_.cache.kvHeads * extent_.cache.headDim; }
    Visible visibleOf(std::int64_t sequence, std::int64_t token) const;
    int partsOf(const Visible &visible) const;
    void attendPart(const TokenHead &at, const Visible &visible, int part, int parts, int worker);
    void appendToken(const TokenHead &at, std::int64_t position, int worker);
    KvHead cachedHead(const TokenHead &at);
    std::span<AttentionPart> partsOfHead(std::int64_t head);
    std::span<float> scoresOf(int worker);

    Extent extent_;
    std::int64_t heads_ = 0;
    std::shared_ptr<const RopeTable> rope_;
    KvCache cache_;
    std::vector<std::int64_t> tokens_; // [rows] in the cache

    TokenBatch batch_;
    int mostPartsOfBatch_ = 1;  // of any sequence of a step
    std::vector<Visible> seen_; // [sequences] of a step

    AlignedBuffer query_, attended_;   // [entries, heads * headDim]
    AlignedBuffer key_, value_;        // [entries, kvHeads * headDim]
    AlignedBuffer tasOfHeads_;         // [entries, heads]
    AlignedBuffer rotatedQuery_;       // [threads, headDim]
    AlignedBuffer earlierKey_;         // [threads, headDim]
    AlignedBuffer scores_;             // [threads, positions]
    AlignedBuffer partValues_;         // [rows, heads, parts of a context, widthOfPart(headDim)]
    std::vector<AttentionPart> parts_; // [rows, heads, parts of a context]
    std::vector<PartsDone> partsDone_; // [rows, kvHeads]
};

} // namespace fastcar::cpu

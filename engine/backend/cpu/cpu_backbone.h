// SPDX-License-Identifier: Apache-2.0
//
// The Backbone on the processor: a Llama whose decode step runs all rows at once, reads every weight once for
// all of them, and leaves the MLP's weights unread where no row computes it (docs/model.md, docs/replay.md).
//
// Rows never meet but in the gate: a row's numbers do not depend on the rows beside it nor on the number of
// threads.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/attention.h"
#include "engine/backend/cpu/backbone_parameters.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/quantised_rows.h"
#include "engine/backend/cpu/rope.h"
#include "engine/backend/thread_pool.h"
#include "engine/replay/mlp_cache.h"

#include <atomic>
#include <memory>
#include <vector>

namespace fastcar::cpu {

class CpuBackbone final : public Backbone {
public:
    /// What it runs. `device` is the name by which a person picked it.
    struct Model {
        BackboneConfig config;
        int stride = 1;
        std::shared_ptr<const BackboneParameters> parameters;
        std::string device = "cpu";
        DType cache = DType::F32; // of keys and values, or f16; beside narrow weights f16 in any case
    };
    CpuBackbone(Model model, ThreadPool &pool);

    std::string device() const override { return device_; }
    Result<void> begin(RowLayout layout, int promptTokens, int visualTokens) override;
    Result<void> prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                         MatrixView<float> allHidden = {}) override;
    Result<StepReport> step(const StepInput &input) override;

    /// For timing: as if a prompt of `positions` had run through the row, which small numbers stand in for.
    void fillCaches(int row, int positions);

private:
    using Layer = BackboneParameters::Layer;
    /// The tokens that go through the layers together: `length` consecutive ones of each of `sequences` rows.
    /// A decode step has one token of every row, a prefill a stretch of one row's prompt.
    struct Batch {
        int firstRow = 0;
        std::int64_t sequences = 1;
        std::int64_t length = 1;
        const StepInput *step = nullptr; // nothing: prefill

        std::int64_t entries() const { return sequences * length; }
    };
    /// What threads read first of a layer's products.
    struct LayerReads {
        std::vector<FetchAhead> projections, output, gated, down;
    };
    /// A key/value head of a token in a batch.
    struct TokenHead {
        std::int64_t sequence = 0, token = 0, kvHead = 0;
    };
    /// How many parts of a head's context are done; a line of memory for itself.
    struct alignas(64) PartsDone {
        std::atomic<int> count{0};
    };
    /// All activations, for `capacity` tokens at a time.
    struct Scratch {
        Scratch() = default;
        Scratch(const BackboneConfig &config, NarrowFormats formats, const KvCache::Extent &kv,
                std::int64_t entries, int workers);

        std::int64_t capacity = 0;
        int threads = 1;
        int mostParts = 1;                // of a context
        AlignedBuffer x;                  // [capacity, D], the residual stream
        AlignedBuffer normed;             // [capacity, D]
        AlignedBuffer query, attended;    // [capacity, heads * headDim]
        AlignedBuffer key, value;         // [capacity, kvHeads * headDim]
        AlignedBuffer projected;          // [capacity, D]
        AlignedBuffer gate, up;           // [capacity, intermediate]
        AlignedBuffer mlpOut;             // [capacity, D]
        AlignedBuffer hidden;             // [capacity, D], final-normed
        AlignedBuffer rotatedQuery;       // [threads, headDim]
        AlignedBuffer earlierKey;         // [threads, headDim]
        AlignedBuffer scores;             // [threads, positions]
        AlignedBuffer partValues;         // [rows, heads, parts of a context, headDim rounded up to 8]
        AlignedBuffer tasOfHeads;         // [capacity, heads]
        std::vector<AttentionPart> parts; // [rows, heads, parts of a context]
        std::vector<PartsDone> partsDone; // [rows, kvHeads]
        // For narrow weights: what they are multiplied with.
        QuantisedRows normedNarrow, attendedNarrow, gateNarrow;
        std::vector<std::int64_t> computing; // the entries whose MLP is computed
        std::vector<LayerOutcome> outcome;   // [layers, rows]
        std::vector<LayerCost> costs;        // [layers]
        std::vector<float> headScores;       // [layers * rows, heads], of a step that is asked for them

        std::span<float> scoresOf(int worker)
        {
            const std::size_t width = scores.size() / static_cast<std::size_t>(threads);
            return scores.all().subspan(static_cast<std::size_t>(worker) * width, width);
        }
        std::span<AttentionPart> partsOf(std::int64_t head)
        {
            const auto each = static_cast<std::size_t>(mostParts);
            return std::span(parts).subspan(static_cast<std::size_t>(head) * each, each);
        }
    };

    Result<void> checkRoom(const KvCache::Extent &kv, const MlpCache::Extent &mlp) const;
    void runLayers(const Batch &batch);
    void runLayer(int layer, const Batch &batch);
    void attention(int layer, const Batch &batch);
    void attendPart(int layer, const Batch &batch, const TokenHead &at, int part, int worker);
    void appendToken(int layer, const Batch &batch, const TokenHead &at, int worker);
    Visible visibleOf(const Batch &batch, const TokenHead &at) const;
    int partsOf(const Visible &visible) const;
    void gateRows(int layer, const StepInput &step);
    bool replays(int layer, const Batch &batch, std::int64_t entry) const;
    void chooseComputing(int layer, const Batch &batch);
    void mlp(int layer, const Batch &batch);
    std::span<const FetchAhead> projectionsOf(int layer) const;
    const Layer &layerAt(int layer) const { return parameters_->layers[static_cast<std::size_t>(layer)]; }
    const QuantisedRows *quantise(QuantisedRows &to, MatrixView<const float> x) const;
    void normFinal(std::int64_t entry, std::span<float> to);
    std::span<LayerOutcome> outcomeOf(int layer);
    std::uint64_t cachedBytesOf(const Batch &batch) const;

    std::string device_;
    BackboneConfig config_;
    int stride_ = 1;
    DType cacheType_;
    ThreadPool &pool_;
    std::shared_ptr<const BackboneParameters> parameters_;
    std::vector<LayerReads> reads_; // [layers]

    RowLayout layout_;
    int promptTokens_ = 0;
    int visualTokens_ = 0;
    int nextToken_ = 0;                // the visual token that the next step must bring
    std::vector<std::int64_t> tokens_; // of each row in the KV cache
    KvCache kv_;
    MlpCache mlpCache_;
    RopeTable rope_;
    Scratch scratch_;
    StepReport report_;
};

} // namespace fastcar::cpu

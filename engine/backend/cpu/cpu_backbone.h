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
#include "engine/backend/cpu/backbone_parameters.h"
#include "engine/backend/cpu/crew_choice.h"
#include "engine/backend/cpu/layer_attention.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/quantised_rows.h"
#include "engine/backend/thread_pool.h"
#include "engine/replay/mlp_cache.h"

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
        DType cache = DType::F32; // of keys and values, F16, I8; beside narrow weights I8 in any case
    };
    CpuBackbone(Model model, ThreadPool &pool);
    /// In what keys and values are kept where `asked` was asked for: in 8 bits beside narrow weights.
    static DType cacheTypeOf(DType asked, bool narrowWeights, const BackboneConfig &config);

    std::string device() const override { return device_; }
    Result<void> begin(RowLayout layout, int promptTokens, int visualTokens) override;
    Result<void> prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                         MatrixView<float> allHidden = {}) override;
    Result<StepReport> step(const StepInput &input) override;

    /// For timing: all threads take part in every step, also of a small model.
    void shareEveryStep() { choose_ = false; }
    /// For timing: as if a prompt of `positions` had run through the row, which small numbers stand in for.
    void fillCaches(int row, int positions);

private:
    using Layer = BackboneParameters::Layer;
    /// What threads read first of a layer's products.
    struct LayerReads {
        std::vector<FetchAhead> projections, output, gated, down;
    };
    /// All activations but attention's, for `entries` tokens at a time.
    struct Scratch {
        Scratch() = default;
        Scratch(const BackboneConfig &config, NarrowFormats formats, std::int64_t entries);

        std::int64_t entries = 0;
        AlignedBuffer x;         // [entries, D], the residual stream
        AlignedBuffer normed;    // [entries, D]
        AlignedBuffer projected; // [entries, D]
        AlignedBuffer gate, up;  // [entries, intermediate]
        AlignedBuffer mlpOut;    // [entries, D]
        AlignedBuffer hidden;    // [entries, D], final-normed
        // For narrow weights: what they are multiplied with.
        QuantisedRows normedNarrow, attendedNarrow, gateNarrow;
        std::vector<std::int64_t> computing; // the entries whose MLP is computed
        std::vector<LayerOutcome> outcome;   // [layers, rows]
        std::vector<LayerCost> costs;        // [layers]
        std::vector<float> headScores;       // [layers * rows, heads], of a step that is asked for them
    };

    Result<void> checkRoom(const KvCache::Extent &kv, const MlpCache::Extent &mlp) const;
    void runLayers(const TokenBatch &batch);
    void runLayer(int layer, const TokenBatch &batch);
    void project(int layer, std::int64_t entries);
    void gateRows(int layer, const StepInput &step);
    bool replays(int layer, const TokenBatch &batch, std::int64_t entry) const;
    void chooseComputing(int layer, const TokenBatch &batch);
    void addAttended(int layer, std::int64_t entries);
    void mlp(int layer, const TokenBatch &batch);
    void report(int layer, const TokenBatch &batch, const LayerCost &times);

    const Layer &layerAt(int layer) const { return parameters_->layers[static_cast<std::size_t>(layer)]; }
    const LayerReads &readsOf(int layer) const { return reads_[static_cast<std::size_t>(layer)]; }
    std::span<const FetchAhead> projectionsAfter(int layer) const;
    const QuantisedRows *quantise(QuantisedRows &to, MatrixView<const float> x) const;
    void normFinal(std::int64_t entry, std::span<float> to);
    std::span<LayerOutcome> outcomeOf(int layer);

    std::string device_;
    BackboneConfig config_;
    int stride_ = 1;
    DType cacheType_;
    ThreadPool &pool_;
    ThreadPool alone_{1};
    ThreadPool *crew_;    // that of this step
    bool choose_ = false; // whether it may be alone
    CrewChoice choice_;
    std::shared_ptr<const BackboneParameters> parameters_;
    std::vector<LayerReads> reads_; // [layers]

    RowLayout layout_;
    int promptTokens_ = 0;
    int visualTokens_ = 0;
    int nextToken_ = 0;                     // the visual token that the next step must bring
    std::shared_ptr<const RopeTable> rope_; // for the longest generation so far
    LayerAttention attention_;
    MlpCache mlpCache_;
    Scratch scratch_;
    StepReport report_;
};

} // namespace fastcar::cpu

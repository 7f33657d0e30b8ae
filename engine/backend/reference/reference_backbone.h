// SPDX-License-Identifier: Apache-2.0
//
// The Backbone as its description reads (docs/model.md, docs/replay.md): doubles, one row after another, keys
// and values of all positions, attention windows by asking for each position. For tests of the real ones on
// small models.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/backend/reference/reference_kernels.h"
#include "engine/checkpoint/model_config.h"
#include "engine/checkpoint/model_weights.h"

#include <vector>

namespace fastcar::reference {

class ReferenceBackbone final : public Backbone {
public:
    ReferenceBackbone(const BackboneConfig &config, int stride, const BackboneWeights &weights);

    std::string device() const override { return "reference"; }
    Result<void> begin(RowLayout layout, int promptTokens, int visualTokens) override;
    Result<void> prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                         MatrixView<float> allHidden = {}) override;
    Result<StepReport> step(const StepInput &input) override;

private:
    struct Layer {
        Values inputNorm, query, key, value, output, postAttentionNorm, gate, up, down;
    };
    /// What a row remembers of a layer.
    struct Memory {
        std::vector<Values> keys, values; // [kvHeads] of [positions, headDim]
        std::vector<Values> mlp;          // [stride] of [D]
    };

    Values attend(const Layer &layer, Memory &memory, const Values &x, const StepInput *step,
                  float *tas) const;
    Values mlp(const Layer &layer, const Values &x) const;

    BackboneConfig config_;
    int stride_;
    std::vector<Layer> layers_;
    Values finalNorm_;

    RowLayout layout_;
    std::vector<std::vector<Memory>> memory_; // [rows][layers]
    std::vector<float> hidden_;
    std::vector<LayerOutcome> outcome_;
};

} // namespace fastcar::reference

// SPDX-License-Identifier: Apache-2.0
//
// The Backbone over a card: keeps count of sequences and positions, turns prompts and decode steps into rows,
// floats into Q16 and back. The same for a modelled, an emulated and a real card.
#pragma once

#include "engine/backend/backbone.h"
#include "fpga/host/card.h"
#include "fpga/program/quantised_model.h"

#include <memory>
#include <vector>

namespace fastcar::fpga {

class AcceleratorBackbone final : public Backbone {
public:
    AcceleratorBackbone(std::shared_ptr<const QuantisedModel> model, std::unique_ptr<Card> card);

    std::string device() const override { return card_->name(); }
    Result<void> begin(RowLayout layout, int promptTokens, int visualTokens) override;
    Result<void> prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                         MatrixView<float> allHidden = {}) override;
    Result<StepReport> step(const StepInput &input) override;

private:
    void describe(const StepInput &input);
    void takeOutcome(const CardReport &report, const StepInput &input);

    std::shared_ptr<const QuantisedModel> model_;
    std::unique_ptr<Card> card_;
    RowLayout layout_;
    int promptTokens_ = 0;
    int visualTokens_ = 0;
    int nextToken_ = 0;
    std::vector<int> tokens_; // of each row's sequence in the caches
    std::vector<RowDescriptor> rows_;
    std::vector<std::int32_t> input_;
    std::vector<LayerThreshold> thresholds_;
    std::vector<float> hidden_;
    std::vector<LayerOutcome> outcome_;
};

/// A policy's threshold as the card compares it. Exact: a Q16 score passes the one where it passes the other.
LayerThreshold layerThreshold(std::optional<float> threshold);

} // namespace fastcar::fpga

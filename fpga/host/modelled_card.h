// SPDX-License-Identifier: Apache-2.0
//
// The card in software: bit for bit what the circuit computes, as fast as the processor does integers. The
// device "fpga-modelled", with the cycle model's counters, and what every whole-step test of the circuit is
// held against.
#pragma once

#include "engine/backend/thread_pool.h"
#include "fpga/arithmetic/rope.h"
#include "fpga/host/card.h"
#include "fpga/program/quantised_model.h"
#include "fpga/program/row_order.h"
#include "fpga/timing/step_timing.h"

#include <memory>

namespace fastcar::fpga {

class ModelledCard final : public Card {
public:
    /// `shape` counts bytes as that card's layout has them; the numbers do not depend on it. `pool` outlives
    /// the card.
    ModelledCard(std::shared_ptr<const QuantisedModel> model, const CardShape &shape, ThreadPool &pool);
    ~ModelledCard() override;

    std::string name() const override { return "fpga-modelled"; }
    int maxRows() const override { return shape_.rows; }
    Result<void> begin(int sequences, int positions) override;
    Result<CardReport> run(const CardStep &step) override;

private:
    /// Rows of int8 with a Scale each: what a matrix multiplies.
    struct Activations {
        std::vector<std::int8_t> values;
        std::vector<Scale> scales;
        int width = 0;
        Activations(int rows, int columns);
        std::span<std::int8_t> row(int r);
        Quantised at(int r) const;
    };
    struct Caches;
    struct Scratch;

    void multiplyRows(const QuantisedMatrix &matrix, const Activations &x, std::uint32_t rows);
    void splitHeads(int layer, int row, const CardStep &step);
    void attendHead(int layer, int row, int head, const CardStep &step, int worker);
    void quantiseRow(int row, int width, Activations &to);
    std::uint32_t gate(int layer, const CardStep &step);
    void mlp(int layer, const CardStep &step, std::uint32_t replays);
    std::uint64_t bytesOf(const QuantisedMatrix &matrix) const;
    std::span<std::int32_t> state(int row);
    std::span<std::int32_t> result(int row);

    std::shared_ptr<const QuantisedModel> model_;
    CardShape shape_;
    ThreadPool &pool_;
    RopeTable rope_;
    std::unique_ptr<Caches> caches_;
    std::unique_ptr<Scratch> scratch_;
    RowOrder order_ = RowOrder::Together; // of the step; decides only how often weights are read
    int rows_ = 0;
    std::unique_ptr<StepModel> timing_; // null: the circuit has no room for the model
    CardCounters counters_;
    std::uint64_t bytesRead_ = 0;
};

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// The circuit as a Card: compiles a generation, fills the card's memory, and for each step writes what
// changes, runs the kernel once and reads the results.
#pragma once

#include "fpga/host/card.h"
#include "fpga/host/card_link.h"
#include "fpga/program/step_program.h"

#include <memory>

namespace fastcar::fpga {

class AcceleratorCard final : public Card {
public:
    AcceleratorCard(std::shared_ptr<const QuantisedModel> model, const AcceleratorShape &shape,
                    std::unique_ptr<CardLink> link);
    ~AcceleratorCard() override;

    std::string name() const override { return link_->name(); }
    int maxRows() const override { return shape_.card.rows; }
    Result<void> begin(int sequences, int positions) override;
    Result<CardReport> run(const CardStep &step) override;

private:
    Result<void> writeWords(std::uint32_t beat, std::span<const std::uint32_t> words);
    Result<void> writeStep(const CardStep &step);
    Result<void> readStep(const CardStep &step);
    std::uint64_t weightBytes(const CardStep &step) const;
    RowOrder orderOf(const CardStep &step) const;

    std::shared_ptr<const QuantisedModel> model_;
    AcceleratorShape shape_;
    std::unique_ptr<CardLink> link_;
    StepProgram program_;
    std::vector<std::uint32_t> words_; // scratch for what is written
    std::vector<std::int32_t> hidden_, tas_;
    std::vector<std::uint32_t> replays_;
    CardCounters counters_;
};

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// The cycle model of a whole step: when every unit of the accelerator does what, and the counters that the
// circuit would show, without simulating it (docs/accelerator.md, "The cycle model"). Equal to the circuit in
// every counter, to the cycle, for memory of a fixed latency and bandwidth. It needs a program, which can be
// compiled from a model's sizes alone, and what was decided; no weights and no numbers.
//
//     const Result<StepProgram> program =
//         StepProgram::of(QuantisedModel::outline(config.backbone, config.stride()), shape, 2, 340);
//     StepModel model(*program, shape, {.latency = 40});
//     const Result<StepTimes> step = model.time({.rows = rows, .attention = span}, replays, false);
#pragma once

#include "engine/backend/card_counters.h"
#include "engine/backend/card_timing.h"
#include "engine/base/result.h"
#include "fpga/program/step_program.h"
#include "fpga/timing/instruction_labels.h"
#include "fpga/timing/stream_timing.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace fastcar::fpga {

struct StepTimes {
    CardCounters counters;
    std::vector<CardSpan> spans; // where they were asked for: by unit and index, each in its order
};

/// A program on a card. One thread at a time; steps do not depend on those before them: each is timed as the
/// circuit runs it when its memory is at rest.
class StepModel {
public:
    StepModel(const StepProgram &program, const AcceleratorShape &shape, const StreamTiming &memory);

    /// Of `step` the rows, the attention, DRS's policy and which query TAS looks at matter. `replays`
    /// [layers]: bit r, row r replays in that layer, as the gate decided.
    /// Errors: rows that the card does not hold, fewer layers than the program has.
    Result<StepTimes> time(const CardStep &step, std::span<const std::uint32_t> replays,
                           bool withSpans) const;

private:
    std::vector<Beat> instructions_;
    std::vector<InstructionLabel> labels_; // of each
    std::array<RunPlaces, 2> places_;      // of each order of the rows
    std::uint32_t header_ = 0;
    AcceleratorShape shape_;
    StreamTiming memory_;
    std::size_t layers_ = 0;
};

} // namespace fastcar::fpga

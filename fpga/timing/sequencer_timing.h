// SPDX-License-Identifier: Apache-2.0
//
// The sequencer in the cycle model (fc_sequencer): reads header, rows and program, and hands instructions to
// the units, one behind the other; matrices go on beside what follows until a WAIT.
#pragma once

#include "fpga/timing/instruction_unit.h"
#include "fpga/timing/jobs_timing.h"
#include "fpga/timing/matrix_timing.h"

#include "engine/backend/card_counters.h"

#include <cstdint>
#include <span>

namespace fastcar::fpga {

class SequencerTiming final : public Agent {
public:
    struct Units {
        MatrixTiming &matrix;
        InstructionUnit &rows, &heads, &gate;
        JobsTiming &jobs;
    };
    /// The run starts in cycle 0.
    SequencerTiming(RunState &run, std::span<const Beat> instructions,
                    std::span<const InstructionLabel> labels, std::uint32_t header, Port &port,
                    const Units &units);

    void step(Cycle now) override;
    /// The last cycle of the run, once all results are in memory.
    Cycle end() const { return end_; }
    /// Cycles in HEADS and GATE.
    void count(CardCounters &counters) const;

private:
    enum class State {
        AskHeader,
        TakeHeader,
        AskRows,
        TakeRows,
        AskProgram,
        Fetch,
        Begin,
        Unit,
        Matrix,
        Multiply
    };
    bool act(Cycle now);
    void begin();
    void hand(InstructionUnit &unit);
    void startProduct();
    StreamedMatrix matrix() const;

    RunState *run_;
    std::span<const Beat> instructions_;
    std::span<const InstructionLabel> labels_; // of each
    std::uint32_t header_;
    Units units_;
    BeatQueue program_;

    State state_ = State::AskHeader;
    Cycle at_ = 1; // the cycle that the state is in
    int taken_ = 0;
    std::size_t next_ = 0; // instruction
    Instruction instruction_{};
    InstructionLabel label_;
    Cycle fetched_ = 0; // the instruction at hand
    InstructionUnit *unit_ = nullptr;
    Cycle end_ = never;
    Cycle inHeads_ = 0, inGate_ = 0;
};

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// The instructions that the sequencer has done itself, row by row, by the vector unit or the gate, in the
// cycle model (fc_sequencer, fc_heads, fc_gate).
#pragma once

#include "fpga/timing/instruction_unit.h"
#include "fpga/timing/vector_timing.h"

namespace fastcar::fpga {

/// LOAD, NORM, QUANTISE, SILU, ADD, REPLAY, FINAL: a command of the vector unit for each row.
class RowsTiming final : public InstructionUnit {
public:
    using InstructionUnit::InstructionUnit;
    void begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label) override;
    void step(Cycle now) override;

private:
    enum class State { AskWeights, TakeWeights, NextRow, AskRow, Command, Stream };
    bool act();
    void command();
    bool reads() const;
    bool storesWords() const;

    State state_ = State::NextRow;
    Cycle at_ = 0; // the cycle that the state is in
    VectorOperation operation_ = VectorOperation::Load;
    std::uint32_t chosen_ = 0;
    int row_ = 0, words_ = 0, word_ = 0;
    Cycle accepted_ = 0;
};

/// HEADS.
class HeadsTiming final : public InstructionUnit {
public:
    using InstructionUnit::InstructionUnit;
    void begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label) override;
    void step(Cycle now) override;

private:
    enum class State { AskTurns, TakeTurns, Head };
    bool act();
    void head();

    State state_ = State::AskTurns;
    Cycle at_ = 0;
    int row_ = 0, last_ = 0, head_ = 0, turn_ = 0; // `last_`: the row
    Cycle rowBegan_ = 0;
};

/// GATE.
class GateTiming final : public InstructionUnit {
public:
    using InstructionUnit::InstructionUnit;
    void begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label) override;
    void step(Cycle now) override;

private:
    bool asked_ = false;
    Cycle at_ = 0;
};

} // namespace fastcar::fpga

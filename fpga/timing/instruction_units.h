// SPDX-License-Identifier: Apache-2.0
//
// What carries out an instruction in the cycle model, unit by unit: rows through the vector unit, heads, the
// dealing of attention's jobs, the gate (fc_sequencer, fc_heads, fc_jobs, fc_gate). Each is told when to
// begin and knows when it has ended; what order instructions have is the sequencer's (sequencer_timing.h).
#pragma once

#include "fpga/program/instructions.h"
#include "fpga/program/row_order.h"
#include "fpga/timing/attend_timing.h"
#include "fpga/timing/instruction.h"
#include "fpga/timing/instruction_labels.h"
#include "fpga/timing/port_timing.h"
#include "fpga/timing/span_log.h"
#include "fpga/timing/vector_timing.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace fastcar::fpga {

/// Writers behind the ports (fc_port_writer): memory takes every beat at once, so that only the last one
/// matters.
class WritersTiming {
public:
    explicit WritersTiming(int ports)
        : beats_(static_cast<std::size_t>(ports))
    {
    }
    void push(std::size_t port, Cycle cycle)
    {
        ++beats_[port];
        last_ = std::max(last_, cycle);
    }
    Cycle emptyFrom() const { return last_ + 2; }
    Cycle idleFrom() const { return last_ + 3; }
    const std::vector<std::int64_t> &beats() const { return beats_; }

private:
    std::vector<std::int64_t> beats_;
    Cycle last_ = -3;
};

/// What all units know of a run.
struct RunState {
    const CardStep &step;
    const RunPlaces &places;
    std::span<const std::uint32_t> decisions; // [layers]
    BeatQueue &data;                          // rows, weights, thresholds, behind port 0
    WritersTiming &writers;
    SpanLog &spans;

    std::size_t gates = 0;                   // met so far
    std::uint32_t replays = 0;               // of the layer that was decided last
    std::int64_t computed = 0, replayed = 0; // rows, over all layers
    Cycle vectorBusy = 0;

    int rows() const { return static_cast<int>(step.rows.size()); }
    std::uint32_t inFlight() const
    {
        return static_cast<std::uint32_t>((std::uint64_t{1} << step.rows.size()) - 1);
    }
    std::uint32_t chosen(const Rows &about) const;
    /// Of all rows in flight or of a half: the first, and how many.
    int first(Half half) const { return half == Half::Second ? firstHalf(rows()) : 0; }
    int count(Half half) const
    {
        return half == Half::Both    ? rows()
               : half == Half::First ? firstHalf(rows())
                                     : rows() - firstHalf(rows());
    }
};

class InstructionUnit : public Agent {
public:
    explicit InstructionUnit(RunState &run)
        : run_(&run)
    {
    }
    /// `cycle` is the first in which it acts.
    virtual void begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label) = 0;
    /// The last cycle in which it acts, once that is known; never before.
    Cycle end() const { return end_; }

protected:
    RunState *run_;
    Instruction instruction_{};
    InstructionLabel label_;
    Cycle end_ = never;
};

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

/// ATTEND and SCORE: their jobs are dealt out beside whatever follows. The end of an instruction is when all
/// of its jobs are taken.
class JobsTiming final : public InstructionUnit {
public:
    JobsTiming(RunState &run, std::vector<std::unique_ptr<AttendTiming>> &units)
        : InstructionUnit(run)
        , units_(&units)
    {
        end_ = -1;
    }
    void begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label) override;
    void step(Cycle now) override;
    /// The first cycle in which it is known that neither it nor any unit has a job.
    Cycle idleFrom() const;
    const BusyTimes &busy() const { return busy_; }

private:
    bool act(Cycle now);
    void enterRow();
    std::size_t port() const;
    AttendJob job() const;

    std::vector<std::unique_ptr<AttendTiming>> *units_;
    Cycle at_ = 0; // the cycle in which the job is offered
    Cycle began_ = 0;
    int row_ = 0, last_ = 0, head_ = 0;
    bool tas_ = false;
    BusyTimes busy_;
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

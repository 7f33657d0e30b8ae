// SPDX-License-Identifier: Apache-2.0
//
// What carries out an instruction in the cycle model, unit by unit: rows through the vector unit, heads, the
// dealing of attention's jobs, the gate (fc_sequencer, fc_heads, fc_jobs, fc_gate). Each is told when to
// begin and knows when it has ended; what order instructions have is the sequencer's (sequencer_timing.h).
#pragma once

#include "fpga/program/instructions.h"
#include "fpga/timing/attend_timing.h"
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
    std::uint32_t chosen(RowSet set) const;
};

/// The fields of an instruction, as the sequencer cuts them out of the beat.
struct Instruction {
    Beat words;
    Operation operation() const { return static_cast<Operation>(words[0] & 15u); }
    RowSet rows() const { return static_cast<RowSet>(words[0] >> 8 & 3u); }
    std::uint32_t address() const { return words[1]; }
    int low(std::size_t word) const { return static_cast<int>(words[word] & 0xffffu); }
    int high(std::size_t word) const { return static_cast<int>(words[word] >> 16); }
    int byte(std::size_t word, int number) const
    {
        return static_cast<int>(words[word] >> (8 * number) & 0xffu);
    }
};

class InstructionUnit : public Agent {
public:
    explicit InstructionUnit(RunState &run)
        : run_(&run)
    {
    }
    /// `cycle` is the first in which it acts.
    virtual void begin(Cycle cycle, const Instruction &instruction) = 0;
    /// The last cycle in which it acts, once that is known; never before.
    Cycle end() const { return end_; }

protected:
    RunState *run_;
    Instruction instruction_{};
    Cycle end_ = never;
};

/// LOAD, NORM, QUANTISE, SILU, ADD, REPLAY, FINAL: a command of the vector unit for each row.
class RowsTiming final : public InstructionUnit {
public:
    using InstructionUnit::InstructionUnit;
    void begin(Cycle cycle, const Instruction &instruction) override;
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
    void begin(Cycle cycle, const Instruction &instruction) override;
    void step(Cycle now) override;

private:
    enum class State { AskTurns, TakeTurns, Head };
    bool act();
    void head();

    State state_ = State::AskTurns;
    Cycle at_ = 0;
    int row_ = 0, head_ = 0, turn_ = 0;
    Cycle rowBegan_ = 0;
};

/// ATTEND: the dealing out, and the wait for the units.
class JobsTiming final : public InstructionUnit {
public:
    JobsTiming(RunState &run, std::vector<std::unique_ptr<AttendTiming>> &units)
        : InstructionUnit(run)
        , units_(&units)
    {
    }
    void begin(Cycle cycle, const Instruction &instruction) override;
    void step(Cycle now) override;

private:
    bool act(Cycle now);
    std::size_t port() const;
    AttendJob job() const;
    int keyHeads() const { return instruction_.byte(4, 1); }

    std::vector<std::unique_ptr<AttendTiming>> *units_;
    Cycle at_ = 0; // the cycle in which the job is offered, or all are waited for
    int row_ = 0, head_ = 0;
    bool tas_ = true;
};

/// GATE.
class GateTiming final : public InstructionUnit {
public:
    using InstructionUnit::InstructionUnit;
    void begin(Cycle cycle, const Instruction &instruction) override;
    void step(Cycle now) override;

private:
    bool asked_ = false;
    Cycle at_ = 0;
};

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// What carries out an instruction in the cycle model, and what all such units know of a run. Each is told
// when to begin and knows when it has ended; what order instructions have is the sequencer's
// (sequencer_timing.h).
#pragma once

#include "fpga/program/instructions.h"
#include "fpga/program/row_order.h"
#include "fpga/timing/instruction.h"
#include "fpga/timing/instruction_labels.h"
#include "fpga/timing/port_timing.h"
#include "fpga/timing/span_log.h"

#include <cstdint>
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

/// Where a head's keys and values lie: port, and first beat of its region.
struct HeadPlace {
    std::size_t port = 0;
    std::uint32_t region = 0;
};
HeadPlace placeOf(const Instruction &instruction, std::size_t ports, int sequence, int keyHead);

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

} // namespace fastcar::fpga

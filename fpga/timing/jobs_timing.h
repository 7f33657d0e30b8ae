// SPDX-License-Identifier: Apache-2.0
//
// The dealing of attention's jobs in the cycle model (fc_jobs).
#pragma once

#include "fpga/timing/attend_timing.h"
#include "fpga/timing/instruction_unit.h"

#include <memory>
#include <vector>

namespace fastcar::fpga {

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

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/jobs_timing.h"

namespace fastcar::fpga {

void JobsTiming::begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label)
{
    instruction_ = instruction;
    label_ = label;
    tas_ = instruction.operation() == Operation::Score;
    const Half half = instruction.rows().half;
    row_ = run_->first(half);
    last_ = row_ + run_->count(half) - 1;
    head_ = 0;
    at_ = began_ = cycle;
    end_ = never;
    enterRow();
}

/// `at_` is the cycle in which the row's first query is read. Rows that are not measured have no TAS.
void JobsTiming::enterRow()
{
    while (row_ <= last_ && tas_ && !run_->step.rows[static_cast<std::size_t>(row_)].measured) {
        ++row_;
        ++at_;
    }
    if (row_ > last_) {
        end_ = at_ - 1;
        busy_.add(began_, at_);
        return;
    }
    ++at_;
    wakeAt(at_);
}

void JobsTiming::step(Cycle now)
{
    while (end_ == never && at_ <= now)
        if (!act(now)) {
            wakeWithNews();
            return;
        }
    if (end_ == never)
        wakeAt(at_);
}

Cycle JobsTiming::idleFrom() const
{
    if (end_ == never)
        return never;
    Cycle from = end_ + 1;
    for (const std::unique_ptr<AttendTiming> &unit : *units_)
        from = std::max(from, unit->idleFrom());
    return from;
}

std::size_t JobsTiming::port() const
{
    const int keyHead = head_ / instruction_.byte(5, 1);
    return placeOf(instruction_, units_->size(), run_->step.rows[static_cast<std::size_t>(row_)].sequence,
                   keyHead)
        .port;
}

AttendJob JobsTiming::job() const
{
    const RowDescriptor &row = run_->step.rows[static_cast<std::size_t>(row_)];
    const AttentionSpan &span = run_->step.attention;
    const HeadPlace place =
        placeOf(instruction_, units_->size(), row.sequence, head_ / instruction_.byte(5, 1));
    AttendJob job{.tas = tas_, .keys = place.region, .words = instruction_.byte(4, 2)};
    const auto length = static_cast<std::uint32_t>(instruction_.low(3) * job.positionBeats());
    job.row = row_;
    job.label = label_;
    job.values = job.keys + length;
    job.keyScales = job.values + length;
    job.valueScales = job.keyScales + static_cast<std::uint32_t>(instruction_.high(3));
    if (tas_) {
        job.from = row.earlier;
        job.end = row.earlier + 1;
        return job;
    }
    job.end = row.position + 1;
    job.from = span.windowed ? std::max(0, job.end - span.window) : 0;
    job.sinks = span.windowed ? std::min(span.sinks, job.from) : 0;
    return job;
}

/// Offers a job. False where it is not known when it is taken.
bool JobsTiming::act(Cycle now)
{
    AttendTiming &unit = *(*units_)[port()];
    if (unit.jobFrom() == never)
        return false;
    at_ = std::max(at_, unit.jobFrom());
    if (at_ > now)
        return true;
    unit.job(at_, job());
    ++at_; // the next query is read
    if (++head_ < instruction_.byte(4, 0)) {
        ++at_;
        return true;
    }
    head_ = 0;
    ++row_;
    enterRow();
    return true;
}

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/instruction_units.h"

#include <bit>
#include <cassert>

namespace fastcar::fpga {

namespace {

VectorOperation vectorOperationOf(Operation operation)
{
    switch (operation) {
    case Operation::Load:
        return VectorOperation::Load;
    case Operation::Norm:
        return VectorOperation::Norm;
    case Operation::Final:
        return VectorOperation::Final;
    case Operation::Quantise:
        return VectorOperation::Quantise;
    case Operation::Silu:
        return VectorOperation::Silu;
    case Operation::Add:
        return VectorOperation::Add;
    default:
        return VectorOperation::Replay;
    }
}

/// Where a head's keys and values lie: port, and first beat of its region.
struct HeadPlace {
    std::size_t port = 0;
    std::uint32_t region = 0;
};

HeadPlace placeOf(const Instruction &instruction, std::size_t ports, int sequence, int keyHead)
{
    const auto place = static_cast<std::uint32_t>(sequence * instruction.byte(4, 1) + keyHead);
    const auto count = static_cast<std::uint32_t>(ports);
    return {.port = place % count, .region = instruction.address() + place / count * instruction.words[2]};
}

} // namespace

std::uint32_t RunState::chosen(const Rows &about) const
{
    const std::uint32_t stretch = static_cast<std::uint32_t>((std::uint64_t{1} << count(about.half)) - 1)
                                  << first(about.half);
    switch (about.set) {
    case RowSet::InFlight:
        break;
    case RowSet::Computing:
        return stretch & ~replays;
    case RowSet::Replaying:
        return stretch & replays;
    case RowSet::Wanted: {
        std::uint32_t wanted = 0;
        for (std::size_t r = 0; r < step.rows.size(); ++r)
            wanted |= static_cast<std::uint32_t>(step.rows[r].wanted) << r;
        return stretch & wanted;
    }
    }
    return stretch;
}

// ---- Rows
// -----------------------------------------------------------------------------------------------------

void RowsTiming::begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label)
{
    instruction_ = instruction;
    label_ = label;
    operation_ = vectorOperationOf(instruction.operation());
    chosen_ = run_->chosen(instruction.rows());
    words_ = instruction.low(2);
    row_ = word_ = 0;
    at_ = cycle;
    end_ = never;
    const bool weights = operation_ == VectorOperation::Norm || operation_ == VectorOperation::Final;
    state_ = weights ? State::AskWeights : State::NextRow;
    wakeAt(cycle);
}

void RowsTiming::step(Cycle /*now*/)
{
    while (end_ == never)
        if (!act()) {
            wakeWithNews();
            return;
        }
}

bool RowsTiming::reads() const
{
    return operation_ == VectorOperation::Load || operation_ == VectorOperation::Replay;
}

bool RowsTiming::storesWords() const
{
    return operation_ == VectorOperation::Final ||
           (operation_ == VectorOperation::Add && instruction_.address() != noCache &&
            run_->step.rows[static_cast<std::size_t>(row_)].stores);
}

/// One state. False where it is not known how long it takes.
bool RowsTiming::act()
{
    BeatQueue &data = run_->data;
    switch (state_) {
    case State::AskWeights:
        if (data.readyFrom() == never)
            return false;
        at_ = std::max(at_, data.readyFrom());
        data.ask(at_, instruction_.address(), (words_ + 3) / 4, label_);
        ++at_;
        state_ = State::TakeWeights;
        return true;
    case State::TakeWeights: // four words of 8 weights a beat
        for (; word_ < words_; ++word_) {
            const bool ends = word_ % 4 == 3 || word_ + 1 == words_;
            if (!data.known())
                return false;
            const Cycle read = data.there(at_);
            if (ends)
                data.take(read);
            at_ = read + 1;
        }
        state_ = State::NextRow;
        return true;
    case State::NextRow:
        if (row_ == run_->rows() || chosen_ >> row_ == 0) {
            end_ = at_;
            return true;
        }
        ++at_;
        if ((chosen_ >> row_ & 1u) == 0)
            ++row_;
        else
            state_ = reads() ? State::AskRow : State::Command;
        return true;
    case State::AskRow: {
        if (data.readyFrom() == never)
            return false;
        at_ = std::max(at_, data.readyFrom());
        const auto beats = static_cast<std::uint32_t>(words_ / 2);
        const RowDescriptor &row = run_->step.rows[static_cast<std::size_t>(row_)];
        const std::uint32_t place =
            operation_ == VectorOperation::Load
                ? run_->places.input + static_cast<std::uint32_t>(row_) * beats
                : instruction_.address() +
                      static_cast<std::uint32_t>(row.sequence * instruction_.low(3) + row.slot) * beats;
        data.ask(at_, place, beats, label_);
        ++at_;
        state_ = State::Command;
        return true;
    }
    case State::Command:
        command();
        return true;
    case State::Stream: // two words a beat
        for (; word_ < words_; ++word_) {
            if (!data.known())
                return false;
            const Cycle read = data.there(at_);
            if (word_ % 2 == 1)
                data.take(read);
            at_ = read + 1;
        }
        command();
        return true;
    }
    return false;
}

/// A row's command is taken, or the last of its words has come.
void RowsTiming::command()
{
    Cycle done = never;
    if (state_ == State::Stream) {
        done = streamedDone(at_ - 1);
    } else {
        if (operation_ == VectorOperation::Add || operation_ == VectorOperation::Final)
            at_ = std::max(at_, run_->writers.emptyFrom());
        accepted_ = at_;
        if (reads()) {
            word_ = 0;
            ++at_;
            state_ = State::Stream;
            return;
        }
        done = vectorDone(operation_, words_, accepted_);
        if (storesWords())
            for (int word = 1; word < words_; word += 2) // two make a beat
                run_->writers.push(0, wordLeaves(operation_, words_, accepted_, word));
    }
    run_->vectorBusy += done - 1 - accepted_;
    run_->spans.add(accepted_ + 1, done, CardUnit::Vector, 0, label_, row_);
    ++row_;
    at_ = done;
    if (row_ == run_->rows()) {
        end_ = done;
        return;
    }
    ++at_;
    state_ = State::NextRow;
}

// ---- Heads
// ----------------------------------------------------------------------------------------------------

void HeadsTiming::begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label)
{
    instruction_ = instruction;
    label_ = label;
    const Half half = instruction.rows().half;
    row_ = run_->first(half);
    last_ = row_ + run_->count(half) - 1;
    at_ = cycle;
    end_ = never;
    state_ = State::AskTurns;
    wakeAt(cycle);
}

void HeadsTiming::step(Cycle /*now*/)
{
    while (end_ == never)
        if (!act()) {
            wakeWithNews();
            return;
        }
}

bool HeadsTiming::act()
{
    BeatQueue &data = run_->data;
    const int turns = instruction_.byte(5, 0);
    switch (state_) {
    case State::AskTurns: {
        if (data.readyFrom() == never)
            return false;
        at_ = std::max(at_, data.readyFrom());
        rowBegan_ = at_;
        const int position = run_->step.rows[static_cast<std::size_t>(row_)].position;
        data.ask(at_, run_->places.turns + static_cast<std::uint32_t>(position * turns), turns, label_);
        ++at_;
        turn_ = 0;
        state_ = State::TakeTurns;
        return true;
    }
    case State::TakeTurns: // a beat's two halves
        for (; turn_ < turns; ++turn_) {
            if (!data.known())
                return false;
            const Cycle high = data.there(at_) + 1;
            data.take(high);
            at_ = high + 1;
        }
        head_ = 0;
        state_ = State::Head;
        return true;
    case State::Head:
        head();
        return true;
    }
    return false;
}

/// Queries, then keys, then values; before its rotation too where TAS looks at the query so.
void HeadsTiming::head()
{
    const int heads = instruction_.byte(4, 0), keyHeads = instruction_.byte(4, 1),
              words = instruction_.byte(4, 2);
    const bool query = head_ < heads, value = head_ >= heads + keyHeads;
    const auto command = [&](VectorOperation operation) {
        const Cycle done = vectorDone(operation, words, at_);
        run_->vectorBusy += done - 1 - at_;
        run_->spans.add(at_ + 1, done, CardUnit::Vector, 0, label_, row_);
        at_ = done + 1;
    };
    bool measured = false;
    for (const RowDescriptor &row : run_->step.rows)
        measured = measured || row.measured;
    if (query) {
        if (measured && !run_->step.rotatedQuery) {
            command(VectorOperation::Head);
            ++at_; // it is kept
        }
        command(VectorOperation::RotatedHead);
        ++at_;
    } else {
        command(value ? VectorOperation::Head : VectorOperation::RotatedHead);
        const int keyHead = head_ - heads - (value ? keyHeads : 0);
        const std::size_t port = placeOf(instruction_, run_->writers.beats().size(),
                                         run_->step.rows[static_cast<std::size_t>(row_)].sequence, keyHead)
                                     .port;
        for (int beat = words > 8 ? 3 : 2; beat > 0; --beat) // the last one is its Scale
            run_->writers.push(port, at_++);
    }
    // In `at_` it goes on to the next one.
    if (++head_ == heads + 2 * keyHeads) {
        run_->spans.add(rowBegan_, at_ + 1, CardUnit::Heads, 0, label_, row_);
        if (row_++ == last_) {
            end_ = at_;
            return;
        }
        state_ = State::AskTurns;
    }
    ++at_;
}

// ---- Jobs
// -----------------------------------------------------------------------------------------------------

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

// ---- Gate
// -----------------------------------------------------------------------------------------------------

void GateTiming::begin(Cycle cycle, const Instruction &instruction, const InstructionLabel &label)
{
    instruction_ = instruction;
    label_ = label;
    asked_ = false;
    at_ = cycle;
    end_ = never;
    wakeAt(cycle);
}

void GateTiming::step(Cycle /*now*/)
{
    BeatQueue &data = run_->data;
    if (!asked_) {
        if (data.readyFrom() == never) {
            wakeWithNews();
            return;
        }
        at_ = std::max(at_, data.readyFrom());
        data.ask(at_, run_->places.thresholds + static_cast<std::uint32_t>(run_->gates / 8), 1, label_);
        asked_ = true;
    }
    const Cycle threshold = data.takeFrom(at_ + 1);
    if (threshold == never) {
        wakeWithNews();
        return;
    }
    // Sums, a head a cycle; decisions, a row a cycle; three beats to write.
    const int rows = run_->rows();
    const Cycle decided = threshold + rows * instruction_.byte(4, 0) + rows + 2;
    run_->replays = run_->decisions[run_->gates] & run_->inFlight();
    run_->spans.add(at_, decided + 4, CardUnit::Gate, 0, label_, -1);
    const int replayed = std::popcount(run_->replays);
    run_->replayed += replayed;
    run_->computed += rows - replayed;
    ++run_->gates;
    for (int beat = 1; beat <= 3; ++beat)
        run_->writers.push(0, decided + beat);
    end_ = decided + 3;
}

} // namespace fastcar::fpga

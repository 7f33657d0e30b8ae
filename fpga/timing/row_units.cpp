// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/row_units.h"

#include <bit>

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

} // namespace

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

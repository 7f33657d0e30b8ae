// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/sequencer_timing.h"

namespace fastcar::fpga {

namespace {

constexpr int programDepth = 32; // of its reader

} // namespace

SequencerTiming::SequencerTiming(RunState &run, std::span<const Beat> instructions,
                                 std::span<const InstructionLabel> labels, std::uint32_t header, Port &port,
                                 const Units &units)
    : run_(&run)
    , instructions_(instructions)
    , labels_(labels)
    , header_(header)
    , units_(units)
    , program_(port, programDepth)
{
    wakeAt(at_);
}

void SequencerTiming::step(Cycle now)
{
    while (end_ == never && at_ <= now)
        if (!act(now)) {
            wakeWithNews();
            return;
        }
    if (end_ == never)
        wakeAt(at_);
}

/// What the state does in its cycle. False where it is not known for how long it waits.
bool SequencerTiming::act(Cycle now)
{
    BeatQueue &data = run_->data;
    /// Whether the state's cycle has come, if it waits until `from`.
    const auto comes = [&](Cycle from) {
        at_ = std::max(at_, from);
        return at_ <= now;
    };
    const auto goTo = [&](State state) {
        state_ = state;
        ++at_;
        return true;
    };
    switch (state_) {
    case State::AskHeader:
        data.ask(at_, header_, 1);
        return goTo(State::TakeHeader);
    case State::TakeHeader:
        if (!data.known())
            return false;
        if (!comes(data.there(at_)))
            return true;
        data.take(at_);
        return goTo(State::AskRows);
    case State::AskRows:
        data.ask(at_, run_->places.rows, (run_->rows() + 3) / 4);
        taken_ = 0;
        return goTo(State::TakeRows);
    case State::TakeRows:
        if (!data.known())
            return false;
        if (!comes(data.there(at_)))
            return true;
        data.take(at_);
        taken_ += 4;
        return goTo(taken_ >= run_->rows() ? State::AskProgram : State::TakeRows);
    case State::AskProgram:
        program_.ask(at_, run_->places.program, static_cast<std::int64_t>(instructions_.size()));
        return goTo(State::Fetch);
    case State::Fetch: {
        if (!program_.known())
            return false;
        if (!comes(program_.there(at_)))
            return true;
        program_.take(at_);
        const Cycle passed = at_ - fetched_;
        if (next_ > 0) {
            inHeads_ += instruction_.operation() == Operation::Heads ? passed : 0;
            inGate_ += instruction_.operation() == Operation::Gate ? passed : 0;
        }
        instruction_ = {instructions_[next_]};
        label_ = labels_[next_++];
        fetched_ = at_;
        return goTo(State::Begin);
    }
    case State::Begin:
        switch (instruction_.operation()) {
        case Operation::Wait: {
            const auto waitsFor = [&](Waiting what) {
                return (instruction_.words[1] & static_cast<std::uint32_t>(what)) != 0;
            };
            const Cycle from = std::max(waitsFor(Waiting::Matrix) ? units_.matrix.idleFrom() : 0,
                                        waitsFor(Waiting::Attention) ? units_.jobs.idleFrom() : 0);
            if (from == never)
                return false;
            return comes(from) ? goTo(State::Fetch) : true;
        }
        case Operation::Attend:
        case Operation::Score: {
            if (run_->chosen(instruction_.rows()) == 0)
                return goTo(State::Fetch);
            if (units_.jobs.end() == never)
                return false;
            // Keys and values are in memory, and the jobs before are dealt out.
            if (!comes(std::max(run_->writers.idleFrom(), units_.jobs.end() + 1)))
                return true;
            units_.jobs.begin(at_ + 1, instruction_, label_);
            return goTo(State::Fetch);
        }
        default:
            begin();
            return true;
        }
    case State::Unit:
        if (unit_->end() == never)
            return false;
        return comes(unit_->end()) ? goTo(State::Fetch) : true;
    case State::Matrix:
        if (units_.matrix.queueFrom() == never)
            return false;
        if (!comes(units_.matrix.queueFrom()))
            return true;
        units_.matrix.queue(at_, matrix());
        return goTo(State::Fetch);
    case State::Multiply:
        if (units_.matrix.startFrom() == never)
            return false;
        if (!comes(units_.matrix.startFrom()))
            return true;
        startProduct();
        return goTo(State::Fetch);
    }
    return false;
}

/// An instruction that begins at once.
void SequencerTiming::begin()
{
    const bool none = run_->chosen(instruction_.rows()) == 0;
    switch (instruction_.operation()) {
    case Operation::End:
        end_ = std::max(at_ + 1, run_->writers.idleFrom());
        return;
    case Operation::Norm:
    case Operation::Final:
        if (!none)
            return hand(units_.rows);
        state_ = State::Fetch;
        break;
    case Operation::Stream:
        state_ = none ? State::Fetch : State::Matrix;
        break;
    case Operation::Multiply:
        state_ = none ? State::Fetch : State::Multiply;
        break;
    case Operation::Heads:
        if (!none)
            return hand(units_.heads);
        state_ = State::Fetch;
        break;
    case Operation::Gate:
        return hand(units_.gate);
    default:
        return hand(units_.rows);
    }
    ++at_;
}

void SequencerTiming::hand(InstructionUnit &unit)
{
    unit_ = &unit;
    state_ = State::Unit;
    unit.begin(++at_, instruction_, label_);
}

void SequencerTiming::startProduct()
{
    const Rows about = instruction_.rows();
    units_.matrix.start(at_, run_->chosen(about) >> run_->first(about.half), run_->count(about.half),
                        run_->step.drs, run_->first(about.half));
}

StreamedMatrix SequencerTiming::matrix() const
{
    return {.beat = instruction_.address(),
            .tiles = instruction_.low(2),
            .columnWords = instruction_.high(2),
            .scaleWords = instruction_.low(3),
            .tileWords = instruction_.high(3),
            .label = label_};
}

void SequencerTiming::count(CardCounters &counters) const
{
    counters.inHeads = inHeads_;
    counters.inGate = inGate_;
}

} // namespace fastcar::fpga

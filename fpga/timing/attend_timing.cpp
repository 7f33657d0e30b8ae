// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/attend_timing.h"

#include <cassert>

namespace fastcar::fpga {

namespace {

// Of fc_attend.
constexpr int readerDepth = 64;
constexpr int scoreCycles = 15;   // from the last key to what is done with the scores
constexpr int weightCycles = 6;   // from a weight's beginning to its use
constexpr int inverseCycles = 19; // from the last value to the first word that is made
constexpr int wordCycles = 4;     // from there to where it can leave
constexpr int drainCycles = 5;

int scaleBeats(const AttendJob &job)
{
    return (job.sinks + 15) / 16 + (job.end + 15) / 16 - job.from / 16;
}

} // namespace

AttendTiming::AttendTiming(Port &port, ResultBus &bus, SpanLog &spans, std::size_t number)
    : bus_(&bus)
    , spans_(&spans)
    , number_(number)
    , beats_(port, readerDepth, this)
{
    bus.add(*this);
}

Cycle AttendTiming::jobFrom() const
{
    if (asking_ || work_.size() > 1)
        return never;
    // Its queue holds two: of those that ended, the last but one or, where one is at work, the last.
    return std::max(askFrom_, work_.empty() ? pops_[0] + 1 : pops_[1] + 1);
}

void AttendTiming::job(Cycle cycle, const AttendJob &job)
{
    assert(cycle >= jobFrom());
    work_.push_back({job, cycle});
    asking_ = true;
    asked_ = job;
    stretch_ = 0;
    askFrom_ = cycle + 1;
    wakeAt(cycle);
}

Cycle AttendTiming::idleFrom() const
{
    if (asking_ || !work_.empty() || !words_.empty())
        return never;
    return std::max({askFrom_, pops_[1] + 1, lastWord_ + 1});
}

void AttendTiming::step(Cycle /*now*/)
{
    bool moved = true;
    while (moved) {
        moved = ask();
        moved = advance() || moved;
    }
}

/// Asks for the next stretch: Scales of keys, keys, Scales of values, values; of each the sinks and the rest.
bool AttendTiming::ask()
{
    if (!asking_)
        return false;
    const bool scales = stretch_ % 4 < 2, rest = stretch_ % 2 == 1;
    int first = rest ? asked_.from : 0, limit = rest ? asked_.end : asked_.sinks;
    if (scales) {
        first /= 16;
        limit = (limit + 15) / 16;
    } else {
        first *= asked_.positionBeats();
        limit *= asked_.positionBeats();
    }
    if (limit > first) {
        if (beats_.readyFrom() == never)
            return false;
        const std::uint32_t places[] = {asked_.keyScales, asked_.keys, asked_.valueScales, asked_.values};
        askFrom_ = std::max(askFrom_, beats_.readyFrom());
        beats_.ask(askFrom_, places[stretch_ / 2] + static_cast<std::uint32_t>(first), limit - first,
                   asked_.label);
    }
    ++askFrom_;
    asking_ = ++stretch_ < (asked_.tas ? 4 : 8);
    return true;
}

void AttendTiming::enter(Part part, Cycle from)
{
    const AttendJob &job = work_.front().job;
    part_ = part;
    from_ = from;
    left_ = part == Part::KeyScales || part == Part::ValueScales
                ? scaleBeats(job)
                : (job.sinks + job.end - job.from) * job.positionBeats();
}

void AttendTiming::finish(Cycle pop)
{
    const AttendJob &job = work_.front().job;
    spans_->add(began_, pop + 1, CardUnit::Attention, number_, job.label, job.row);
    work_.pop_front();
    pops_ = {pops_[1], pop};
    part_ = Part::Begin;
    from_ = pop + 1;
}

/// The next part of the job at hand. False where it is not known when.
bool AttendTiming::advance()
{
    if (work_.empty())
        return false;
    const AttendJob &job = work_.front().job;
    switch (part_) {
    case Part::Begin:
        enter(Part::KeyScales, std::max(from_, work_.front().taken + 1) + 1);
        began_ = from_;
        return true;
    case Part::KeyScales:
        if (!takeBeats())
            return false;
        enter(Part::Keys, from_);
        return true;
    case Part::Keys:
        if (!takeBeats())
            return false;
        from_ += scoreCycles - 1;
        if (job.tas) {
            part_ = Part::Share;
            share_ = from_;
            bus_->wakeAt(share_);
        } else {
            enter(Part::ValueScales, from_);
        }
        return true;
    case Part::ValueScales:
        if (!takeBeats())
            return false;
        enter(Part::Values, from_);
        value_ = 0;
        lastWeight_ = from_ - 1;
        return true;
    case Part::Values:
        if (!takeValues())
            return false;
        part_ = Part::Weighed;
        return true;
    case Part::Weighed: {
        if (!words_.empty())
            return false;
        const Cycle emit = std::max(from_, lastWord_ + 1) + inverseCycles;
        for (int word = 0; word < job.words; ++word)
            words_.push_back(emit + wordCycles + word);
        bus_->wakeAt(words_.front());
        wordsTaken_ = work_.front().taken;
        wordsPop_ = emit + job.words + drainCycles - 1;
        finish(wordsPop_);
        return true;
    }
    case Part::Share:
        return false;
    }
    return false;
}

/// Beats that are taken as they come.
bool AttendTiming::takeBeats()
{
    for (; left_ > 0 && beats_.known(); --left_) {
        const Cycle cycle = beats_.takeFrom(from_);
        if (part_ == Part::Keys)
            busy_.add(cycle, cycle + 1);
        from_ = cycle + 1;
    }
    return left_ == 0;
}

/// Values, each with its weight, which is there for all of its beats.
bool AttendTiming::takeValues()
{
    const int beats = work_.front().job.positionBeats();
    for (; left_ > 0 && beats_.known(); --left_, ++value_) {
        const int value = value_ / beats;
        Cycle &taken = valueTaken_[static_cast<std::size_t>(value % weightsAhead)];
        if (value_ % beats == 0)
            lastWeight_ = std::max(lastWeight_ + 1, value < weightsAhead ? 0 : taken + 1);
        const Cycle cycle = beats_.takeFrom(std::max(from_, lastWeight_ + weightCycles));
        busy_.add(cycle, cycle + 1);
        taken = cycle;
        from_ = cycle + 1;
    }
    return left_ == 0;
}

void AttendTiming::takeWord(Cycle cycle)
{
    words_.pop_front();
    lastWord_ = cycle;
    if (words_.empty())
        occupied_.add(wordsTaken_ + 1, std::max(wordsPop_, cycle) + 1);
    wakeAt(cycle); // its next results may go
}

void AttendTiming::takeShare(Cycle cycle)
{
    share_ = never;
    occupied_.add(work_.front().taken + 1, cycle + 1);
    finish(cycle);
    wakeAt(cycle);
}

void ResultBus::step(Cycle now)
{
    bool word = matrix_->writes(now), share = false;
    for (AttendTiming *unit : units_) {
        if (!word && unit->wordFrom() <= now) {
            unit->takeWord(now);
            word = true;
        }
        if (!share && unit->shareFrom() <= now) {
            unit->takeShare(now);
            share = true;
        }
        for (const Cycle from : {unit->wordFrom(), unit->shareFrom()})
            if (from != never)
                wakeAt(std::max(from, now + 1));
    }
}

} // namespace fastcar::fpga

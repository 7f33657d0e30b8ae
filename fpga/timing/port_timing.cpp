// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/port_timing.h"

#include <cassert>

namespace fastcar::fpga {

void Reader::ask(Cycle cycle, std::uint32_t beat, std::int64_t beats, const InstructionLabel &label)
{
    assert(left_ == 0 && beats > 0);
    accepted_ = cycle;
    beat_ = beat;
    left_ = beats;
    label_ = label;
}

void Reader::grant(Cycle cycle, Cycle handed, int spacing)
{
    const int count = burst();
    const std::int64_t first = asked_;
    lastAddress_ = cycle;
    asked_ += count;
    left_ -= count;
    beat_ += static_cast<std::uint32_t>(count);
    listener_->beatsComing(cycle, first, count, handed, spacing);
}

Port::Port(const StreamTiming &memory, SpanLog *spans, std::size_t number)
    : memory_(memory)
    , spans_(spans)
    , number_(number)
{
}

void Port::step(Cycle now)
{
    std::array<Cycle, mostReaders> offers;
    std::size_t chosen = mostReaders;
    for (std::size_t i = 1; i <= readers_.size(); ++i) {
        const std::size_t next = turn_ + i,
                          candidate = next < readers_.size() ? next : next - readers_.size();
        offers[candidate] = readers_[candidate]->offerFrom();
        if (chosen == mostReaders && offers[candidate] <= now)
            chosen = candidate;
    }
    for (std::size_t i = 0; i < readers_.size(); ++i)
        if (i != chosen)
            wakeAt(std::max(offers[i], now + 1));
    if (chosen == mostReaders)
        return;
    turn_ = chosen;
    Reader &reader = *readers_[chosen];
    const int beats = reader.burst();
    const Cycle handed = std::max(now + std::max(memory_.latency, 1), lastHanded_ + memory_.cyclesPerBeat);
    lastHanded_ = handed + (beats - 1) * Cycle{memory_.cyclesPerBeat};
    beats_ += beats;
    noteBusy({handed, lastHanded_ + memory_.cyclesPerBeat}, reader.label());
    reader.grant(now, handed, memory_.cyclesPerBeat);
    look(reader);
}

/// Bursts that touch are one span.
void Port::noteBusy(const Stretch &beats, const InstructionLabel &label)
{
    if (!spans_ || !spans_->wanted())
        return;
    if (beats.begin == busy_.end && label == busyWith_) {
        busy_.end = beats.end;
        return;
    }
    spans_->add(busy_.begin, busy_.end, CardUnit::Port, number_, busyWith_, -1);
    busy_ = beats;
    busyWith_ = label;
}

BeatQueue::BeatQueue(Port &port, int depth, Agent *consumer)
    : port_(&port)
    , consumer_(consumer)
    , reader_(depth, taken_, *this)
{
    port.add(reader_);
}

void BeatQueue::ask(Cycle cycle, std::uint32_t beat, std::int64_t beats, const InstructionLabel &label)
{
    reader_.ask(cycle, beat, beats, label);
    port_->look(reader_);
}

void BeatQueue::take(Cycle cycle)
{
    taken_.take(cycle);
    port_->look(reader_);
}

Cycle BeatQueue::takeFrom(Cycle from)
{
    if (!known())
        return never;
    const Cycle cycle = there(from);
    take(cycle);
    return cycle;
}

void BeatQueue::beatsComing(Cycle now, std::int64_t first, int count, Cycle handed, int spacing)
{
    for (int i = 0; i < count; ++i)
        handed_[static_cast<std::size_t>((first + i) % TakenBeats::depth)] = handed + i * Cycle{spacing};
    known_ = first + count;
    if (consumer_)
        consumer_->wakeAt(now);
}

} // namespace fastcar::fpga

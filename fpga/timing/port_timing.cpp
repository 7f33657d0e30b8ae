// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/port_timing.h"

#include <cassert>

namespace fastcar::fpga {

namespace {

constexpr int burstBeats = 16; // of fc_port_reader: bursts end at 1 KiB

} // namespace

void Reader::ask(Cycle cycle, std::uint32_t beat, std::int64_t beats)
{
    assert(left_ == 0 && beats > 0);
    accepted_ = cycle;
    beat_ = beat;
    left_ = beats;
}

int Reader::burst() const
{
    return static_cast<int>(std::min<std::int64_t>(burstBeats - beat_ % burstBeats, left_));
}

Cycle Reader::offerFrom() const
{
    if (left_ == 0)
        return never;
    const Cycle from = std::max(accepted_, lastAddress_) + 1;
    const std::int64_t gone = asked_ + burst() - depth_; // beats that must have been taken before
    if (gone <= 0)
        return from;
    return gone <= taken_->count() ? std::max(from, taken_->of(gone - 1) + 1) : never;
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

Port::Port(const StreamTiming &memory)
    : memory_(memory)
{
}

void Port::look()
{
    for (const Reader *reader : readers_)
        wakeAt(reader->offerFrom());
}

void Port::step(Cycle now)
{
    for (std::size_t i = 1; i <= readers_.size(); ++i) {
        const std::size_t candidate = (turn_ + i) % readers_.size();
        Reader &reader = *readers_[candidate];
        if (reader.offerFrom() > now)
            continue;
        turn_ = candidate;
        const int beats = reader.burst();
        const Cycle handed =
            std::max(now + std::max(memory_.latency, 1), lastHanded_ + memory_.cyclesPerBeat);
        lastHanded_ = handed + (beats - 1) * Cycle{memory_.cyclesPerBeat};
        beats_ += beats;
        reader.grant(now, handed, memory_.cyclesPerBeat);
        break;
    }
    for (const Reader *reader : readers_)
        if (const Cycle from = reader->offerFrom(); from != never)
            wakeAt(std::max(from, now + 1));
}

BeatQueue::BeatQueue(Port &port, int depth, Agent *consumer)
    : port_(&port)
    , consumer_(consumer)
    , reader_(depth, taken_, *this)
{
    port.add(reader_);
}

void BeatQueue::ask(Cycle cycle, std::uint32_t beat, std::int64_t beats)
{
    reader_.ask(cycle, beat, beats);
    port_->look();
}

void BeatQueue::take(Cycle cycle)
{
    taken_.take(cycle);
    port_->look();
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

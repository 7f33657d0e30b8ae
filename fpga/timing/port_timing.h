// SPDX-License-Identifier: Apache-2.0
//
// A memory port: readers that share it (fc_port_reader, fc_read_mux) and the memory behind it. A burst's
// beats come one behind the other as the memory can, in the order of the addresses of all readers; a reader
// asks for a burst only when it has room for all of it.
#pragma once

#include "fpga/timing/agenda.h"
#include "fpga/timing/busy_times.h"
#include "fpga/timing/span_log.h"
#include "fpga/timing/stream_timing.h"

#include <array>
#include <cstddef>
#include <vector>

namespace fastcar::fpga {

/// When beats were taken out of a reader's queue, as far as it matters for its room. Readers whose beats are
/// always taken together share one.
class TakenBeats {
public:
    static constexpr std::int64_t depth = 64; // of the deepest reader
    /// The next beat is taken in `cycle`.
    void take(Cycle cycle)
    {
        cycles_[static_cast<std::size_t>(count_ % depth)] = cycle;
        ++count_;
    }
    std::int64_t count() const { return count_; }
    /// Of one of the last `depth` beats.
    Cycle of(std::int64_t beat) const { return cycles_[static_cast<std::size_t>(beat % depth)]; }

private:
    std::array<Cycle, depth> cycles_{};
    std::int64_t count_ = 0;
};

/// Is told in the cycle `now` of the beats of a burst whose address was taken: beat `first` + i (since reset)
/// comes over the bus in `handed` + i * `spacing`, and can be taken from the next cycle on.
class BeatListener {
public:
    virtual ~BeatListener() = default;
    virtual void beatsComing(Cycle now, std::int64_t first, int count, Cycle handed, int spacing) = 0;
};

class Reader {
public:
    Reader(int depth, const TakenBeats &taken, BeatListener &listener)
        : depth_(depth)
        , taken_(&taken)
        , listener_(&listener)
    {
    }

    /// The first cycle in which a stretch can be asked for; never: the one before is still being asked for.
    Cycle readyFrom() const { return left_ == 0 ? lastAddress_ + 1 : never; }
    /// Accepts a stretch in `cycle`.
    void ask(Cycle cycle, std::uint32_t beat, std::int64_t beats, const InstructionLabel &label = {});
    const InstructionLabel &label() const { return label_; }

    /// The first cycle in which the address of the next burst is offered, as far as it is known.
    Cycle offerFrom() const
    {
        if (left_ == 0)
            return never;
        const Cycle from = std::max(accepted_, lastAddress_) + 1;
        const std::int64_t gone = asked_ + burst() - depth_; // beats that must have been taken before
        if (gone <= 0)
            return from;
        return gone <= taken_->count() ? std::max(from, taken_->of(gone - 1) + 1) : never;
    }
    /// Its beats: bursts end at 1 KiB.
    int burst() const
    {
        return static_cast<int>(std::min<std::int64_t>(burstBeats - beat_ % burstBeats, left_));
    }
    /// The burst's address is taken in `cycle`.
    void grant(Cycle cycle, Cycle handed, int spacing);

private:
    static constexpr int burstBeats = 16;
    int depth_;
    const TakenBeats *taken_;
    BeatListener *listener_;
    std::uint32_t beat_ = 0;
    std::int64_t left_ = 0;  // beats of the stretch, to be asked for
    std::int64_t asked_ = 0; // beats, since reset
    Cycle accepted_ = -1, lastAddress_ = -1;
    InstructionLabel label_;
};

class Port final : public Agent {
public:
    static constexpr std::size_t mostReaders = 4;
    /// `spans`: of the port of this number.
    explicit Port(const StreamTiming &memory, SpanLog *spans = nullptr, std::size_t number = 0);
    /// The turn goes round in this order.
    void add(Reader &reader) { readers_.push_back(&reader); }
    /// One of its readers asked for something, or beats of it were taken.
    void look(const Reader &reader) { wakeAt(reader.offerFrom()); }
    /// The run is over.
    void finish() { noteBusy({}, {}); }
    void step(Cycle now) override;

    std::int64_t beatsRead() const { return beats_; }

private:
    void noteBusy(const Stretch &beats, const InstructionLabel &label);

    StreamTiming memory_;
    SpanLog *spans_;
    std::size_t number_;
    std::vector<Reader *> readers_;
    std::size_t turn_ = 0;                 // the reader that had it last
    Cycle lastHanded_ = -(Cycle{1} << 40); // long ago
    std::int64_t beats_ = 0;
    Stretch busy_; // not noted yet
    InstructionLabel busyWith_;
};

/// A reader of one port and its beats in their order, with the cycle in which each came.
class BeatQueue final : public BeatListener {
public:
    /// `consumer`, where there is one, is woken when beats are known to come.
    BeatQueue(Port &port, int depth, Agent *consumer = nullptr);
    BeatQueue(const BeatQueue &) = delete;
    BeatQueue &operator=(const BeatQueue &) = delete;

    Cycle readyFrom() const { return reader_.readyFrom(); }
    void ask(Cycle cycle, std::uint32_t beat, std::int64_t beats, const InstructionLabel &label = {});
    /// Whether it is known when the next beat comes.
    bool known() const { return taken_.count() < known_; }
    /// The first cycle from `from` on in which the next beat is there.
    Cycle there(Cycle from) const
    {
        return std::max(from, handed_[static_cast<std::size_t>(taken_.count() % TakenBeats::depth)] + 1);
    }
    void take(Cycle cycle);
    /// The next beat is taken as soon as it is there, from `from` on; never: it is not known when.
    Cycle takeFrom(Cycle from);
    void beatsComing(Cycle now, std::int64_t first, int count, Cycle handed, int spacing) override;

private:
    Port *port_;
    Agent *consumer_;
    TakenBeats taken_;
    Reader reader_;
    std::array<Cycle, TakenBeats::depth> handed_{};
    std::int64_t known_ = 0;
};

} // namespace fastcar::fpga

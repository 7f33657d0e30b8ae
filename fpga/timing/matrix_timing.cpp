// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/matrix_timing.h"

#include <bit>
#include <cassert>
#include <span>

namespace fastcar::fpga {

namespace {

constexpr int readerDepth = 64;
constexpr std::size_t queueDepth = 4; // of matrices before the engine
constexpr int collectorStages = 5;    // from a packet that is taken to its outputs in y

std::size_t slotOf(std::int64_t number, std::size_t slots)
{
    return static_cast<std::size_t>(number) % slots;
}

} // namespace

MatrixTiming::MatrixTiming(int cores, int lanes, std::vector<std::unique_ptr<Port>> &ports, SpanLog *spans)
    : cores_(static_cast<std::size_t>(cores))
    , dotStages_(std::countr_zero(static_cast<unsigned>(lanes)) + 1)
    , ports_(&ports)
    , spans_(spans)
    , core_(cores_)
    , coreBusy_(cores_)
    , waitsWeights_(cores_)
    , waitsPackets_(cores_)
    , busy_(cores_)
    , before_(cores_)
{
    readers_.reserve(ports.size());
    for (const std::unique_ptr<Port> &port : ports)
        port->add(readers_.emplace_back(readerDepth, taken_, *this));
}

Cycle MatrixTiming::queueFrom() const
{
    if (commands_.size() < queueDepth)
        return 0;
    const Cycle accepted = commands_[commands_.size() - queueDepth].accepted;
    return accepted == never ? never : accepted + 1;
}

void MatrixTiming::queue(Cycle cycle, const StreamedMatrix &matrix)
{
    commands_.push_back(
        {.matrix = matrix, .queued = cycle, .words = matrix.scaleWords + matrix.tiles * matrix.tileWords});
    advance();
}

/// The first cycle in which the engine can take the oldest matrix that waits, as far as it is known.
Cycle MatrixTiming::acceptedFrom() const
{
    Cycle from = commands_[accepted_].queued + 1;
    if (accepted_ >= 2) { // it holds two at the most
        const Command &before = commands_[accepted_ - 2];
        if (before.streamed == never || before.done == never)
            return never;
        from = std::max({from, before.streamed + 1, before.done + 1});
    }
    for (const Reader &reader : readers_) {
        if (reader.readyFrom() == never)
            return never;
        from = std::max(from, reader.readyFrom());
    }
    return from;
}

bool MatrixTiming::accept()
{
    if (accepted_ == commands_.size())
        return false;
    const Cycle cycle = acceptedFrom();
    if (cycle == never)
        return false;
    Command &command = commands_[accepted_++];
    command.accepted = cycle;
    for (std::size_t p = 0; p < readers_.size(); ++p) {
        readers_[p].ask(cycle, command.matrix.beat, command.words, command.matrix.label);
        (*ports_)[p]->look(readers_[p]);
    }
    return true;
}

Cycle MatrixTiming::startFrom() const
{
    if (started_ || running_ >= accepted_)
        return never;
    return std::max(commands_[running_].accepted, done_) + 1;
}

void MatrixTiming::start(Cycle cycle, std::uint32_t index, int rows, DrsPolicy policy, int first)
{
    assert(!started_ && cycle >= startFrom());
    started_ = true;
    mapped_ = cycle + rows + 1;
    mapping_ += rows;
    const std::vector<CoreShare> shares = sharesOf(index, rows, policy, static_cast<int>(cores_));
    for (std::size_t c = 0; c < cores_; ++c) {
        before_[c] = busy_[c].stretches().size();
        core_[c] = {.share = shares[c],
                    .rows = spans_ ? rowsOf(shares[c], index) << first : 0,
                    .start = shares[c].first,
                    .entry = shares[c].first,
                    .free = mapped_ + 1};
    }
    advance();
}

void MatrixTiming::beatsComing(Cycle /*now*/, std::int64_t first, int count, Cycle handed, int spacing)
{
    // Bursts are the same at every port; each port's come in their order.
    int &granted = granted_[slotOf(first, TakenBeats::depth)];
    for (int i = 0; i < count; ++i) {
        Cycle &last = handed_[slotOf(first + i, TakenBeats::depth)];
        const Cycle own = handed + i * Cycle{spacing};
        last = granted == 0 ? own : std::max(last, own);
    }
    if (++granted < static_cast<int>(readers_.size()))
        return;
    granted = 0;
    known_ += count;
    advance();
}

/// All that follows from what is known.
void MatrixTiming::advance()
{
    bool moved = true;
    while (moved) {
        moved = accept();
        moved = advanceStream() || moved;
        if (started_)
            for (std::size_t c = 0; c < cores_; ++c)
                while (advanceCore(c))
                    moved = true;
    }
    if (started_)
        lookAtPackets();
}

/// When the collector has something to do; or that there is nothing left.
void MatrixTiming::lookAtPackets()
{
    Cycle next = never;
    bool through = true;
    for (const Core &core : core_) {
        if (core.left < core.packets)
            next = std::min(next, core.ready[slotOf(core.left, packetsOfCore)]);
        through = through && core.left == core.packets && core.tile == commands_[running_].matrix.tiles;
    }
    if (next != never)
        wakeAt(std::max(next, lastPop_ + 1));
    if (through) {
        finishCommand();
        advance(); // a matrix that waits, Scales of the one behind the next
    }
}

/// The first cycle in which there is a slot for the command's next word, as far as it is known.
Cycle MatrixTiming::roomFor(const Command &command) const
{
    if (word_ < command.matrix.scaleWords) {
        if (streaming_ < 2)
            return 0;
        const Cycle done = commands_[streaming_ - 2].done;
        return done == never ? never : done + 1;
    }
    if (tile_ < 2)
        return 0;
    const std::size_t before = slotOf(tile_ - 2, ring);
    return finishers_[before] == static_cast<int>(cores_) ? finished_[before] + 1 : never;
}

/// Takes words as long as it is known when.
bool MatrixTiming::advanceStream()
{
    const std::int64_t before = taken_.count();
    while (streaming_ < accepted_ && taken_.count() < known_) {
        Command &command = commands_[streaming_];
        const Cycle room = roomFor(command);
        if (room == never)
            break;
        const Cycle turn = std::max(lastTake_, command.accepted) + 1;
        const Cycle there = handed_[slotOf(taken_.count(), TakenBeats::depth)] + 1;
        lastTake_ = std::max({turn, there, room});
        taken_.take(lastTake_);
        empty_ += std::max<Cycle>(0, there - turn);
        full_ += lastTake_ - std::max(turn, there);
        ++beats_;
        ++word_;
        const std::int64_t inTiles = word_ - command.matrix.scaleWords;
        if (inTiles > 0 && inTiles % command.matrix.tileWords == 0) {
            const std::size_t slot = slotOf(tile_, ring);
            loaded_[slot] = lastTake_ + 1;
            finished_[slot] = -1;
            finishers_[slot] = 0;
            ++tile_;
        }
        if (word_ == command.words) {
            command.streamed = lastTake_;
            word_ = 0;
            ++streaming_;
        }
    }
    if (taken_.count() == before)
        return false;
    for (std::size_t p = 0; p < readers_.size(); ++p)
        (*ports_)[p]->look(readers_[p]);
    return true;
}

/// The next granule of a core, or a tile of which it has none. False where it is not known when.
bool MatrixTiming::advanceCore(std::size_t c)
{
    Core &core = core_[c];
    const StreamedMatrix &matrix = commands_[running_].matrix;
    const std::int64_t tile = firstTile_ + core.tile;
    if (core.tile == matrix.tiles || tile >= tile_)
        return false;
    const Cycle there = std::max(core.free, loaded_[slotOf(tile, ring)]);
    Cycle use = there;
    if (core.entry < core.share.limit) {
        Cycle begin = there;
        if (core.packets >= packetsOfCore) {
            core.full = core.left <= core.packets - packetsOfCore;
            if (core.full)
                return false;
            begin = std::max(begin, core.popped[slotOf(core.packets, packetsOfCore)] + 1);
        }
        const Cycle length = Cycle{core.share.outputs} * matrix.columnWords;
        use = begin + length - 1;
        waitsPackets_[c] += begin - there;
        coreBusy_[c] += length;
        busy_[c].add(begin, use + 1);
        core.ready[slotOf(core.packets, packetsOfCore)] = use + dotStages_ + 2;
        ++core.packets;
        core.entry += core.share.step;
    }
    waitsWeights_[c] += there - core.free;
    core.free = use + 1;
    core.lastUse = use;
    if (core.entry >= core.share.limit) {
        ++core.tile;
        core.start -= core.share.turn;
        if (core.start < 0)
            core.start += static_cast<int>(cores_);
        core.entry = core.start;
        const std::size_t slot = slotOf(tile, ring);
        finished_[slot] = std::max(finished_[slot], use);
        ++finishers_[slot];
    }
    return true;
}

/// The collector takes a packet: of the cores that have one, the next behind the last one's.
void MatrixTiming::step(Cycle now)
{
    for (std::size_t i = 0; i < cores_; ++i) {
        const std::size_t c = turn_ + i < cores_ ? turn_ + i : turn_ + i - cores_;
        Core &core = core_[c];
        if (core.left == core.packets || core.ready[slotOf(core.left, packetsOfCore)] > now)
            continue;
        core.popped[slotOf(core.left, packetsOfCore)] = now;
        ++core.left;
        turn_ = (c + 1) % cores_;
        lastPop_ = now;
        pops_[slotOf(popped_, pops_.size())] = now;
        ++popped_;
        if (core.full)
            return advance();
        break;
    }
    if (started_)
        lookAtPackets();
}

void MatrixTiming::finishCommand()
{
    done_ = mapped_ + 1;
    bool any = false;
    for (const Core &core : core_) {
        done_ = std::max(done_, core.lastUse + 1);
        any = any || core.packets > 0;
    }
    if (any)
        done_ = std::max(done_, lastPop_ + collectorStages + 1);
    runningCycles_ += done_ - mapped_;
    Command &command = commands_[running_];
    command.done = done_;
    if (spans_)
        for (std::size_t c = 0; c < cores_; ++c) {
            const std::uint32_t rows = core_[c].rows;
            const int row = std::has_single_bit(rows) ? std::countr_zero(rows) : -1;
            for (const Stretch &busy : std::span(busy_[c].stretches()).subspan(before_[c]))
                spans_->add(busy.begin, busy.end, CardUnit::Core, c, command.matrix.label, row,
                            row < 0 ? rows : 0);
        }
    firstTile_ += command.matrix.tiles;
    ++running_;
    started_ = false;
}

bool MatrixTiming::writes(Cycle cycle) const
{
    for (std::int64_t i = std::max<std::int64_t>(0, popped_ - static_cast<std::int64_t>(pops_.size()));
         i < popped_; ++i)
        if (pops_[slotOf(i, pops_.size())] + collectorStages == cycle)
            return true;
    return false;
}

void MatrixTiming::count(CardCounters &counters) const
{
    counters.matrixRunning = runningCycles_;
    counters.mapping = mapping_;
    counters.streamBeats = beats_;
    counters.streamFull = full_;
    counters.streamEmpty = empty_;
    counters.coreBusy = coreBusy_;
    counters.coreWaitsWeights = waitsWeights_;
    counters.coreWaitsPackets = waitsPackets_;
}

} // namespace fastcar::fpga

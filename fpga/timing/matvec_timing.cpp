// SPDX-License-Identifier: Apache-2.0
#include "fpga/timing/matvec_timing.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace fastcar::fpga {

namespace {

// Of the circuit: fc_port_reader's Depth, its longest burst, fc_core's Packets, fc_collector's Stages.
constexpr std::int64_t readerDepth = 64;
constexpr std::int64_t burstBeats = 16;
constexpr std::size_t packetsOfCore = 8;
constexpr int collectorStages = 4;

int log2Of(int powerOfTwo)
{
    return std::countr_zero(static_cast<unsigned>(powerOfTwo));
}

} // namespace

/// One core on its way through a command: when it multiplies what, as far as that is known.
struct MatvecTiming::Core {
    CoreShare share;
    std::size_t number = 0;
    std::int64_t tile = 0; // of the command
    int start = 0, entry = 0;
    std::int64_t free = 0; // the first cycle in which it can do something
    std::size_t granules = 0;
    std::vector<std::int64_t> popped; // cycle in which packet g left
    std::deque<std::int64_t> ready;   // packets that did not leave: first cycle in which each can
    std::int64_t busy = 0, waitsWeights = 0, waitsPackets = 0, lastUse = 0;
};

MatvecTiming::MatvecTiming(const CardShape &shape, const StreamTiming &memory)
    : shape_(shape)
    , memory_(memory)
    , dotStages_(log2Of(shape.lanes) + 1)
{
}

void MatvecTiming::command(const MatrixLayout &layout, std::uint32_t beat, std::int64_t at)
{
    Command next{.layout = layout,
                 .beat = beat,
                 .requested = at,
                 .words = layout.beats() / shape_.ports,
                 .scaleWords = layout.scaleBeats / shape_.ports,
                 .tileWords = layout.tileBeats / shape_.ports};
    if (!commands_.empty()) {
        next.firstWord = commands_.back().firstWord + commands_.back().words;
        next.firstTile = commands_.back().firstTile + commands_.back().layout.tiles();
    }
    commands_.push_back(next);
    loaded_.resize(static_cast<std::size_t>(next.firstTile + layout.tiles()), unknown);
    finished_.resize(loaded_.size());
    advanceStream();
}

/// Fills in when a command was taken: the readers are through with the one before, two commands at the most
/// are in the queues.
bool MatvecTiming::accept(std::size_t index)
{
    Command &command = commands_[index];
    if (command.accepted != unknown)
        return true;
    std::int64_t cycle = command.requested;
    if (index >= 1) {
        if (commands_[index - 1].lastAddress == unknown)
            return false;
        cycle = std::max({cycle, commands_[index - 1].accepted + 1, commands_[index - 1].lastAddress + 1});
    }
    if (index >= 2) {
        const Command &before = commands_[index - 2];
        if (before.streamed == unknown || before.done == unknown)
            return false;
        cycle = std::max({cycle, before.streamed + 1, before.done + 1});
    }
    command.accepted = cycle;
    return true;
}

/// The cycle of the address of the burst that holds `word` (since reset), if it is known.
std::int64_t MatvecTiming::addressOf(Command &command, std::int64_t word)
{
    while (burstEnd_ <= word) {
        const std::int64_t offset = burstEnd_ - command.firstWord;
        const std::int64_t length =
            std::min(burstBeats - (command.beat + offset) % burstBeats, command.words - offset);
        const std::int64_t needed =
            burstEnd_ + length - readerDepth - 1; // the beat that must have been taken
        if (needed >= static_cast<std::int64_t>(taken_.size()))
            return unknown;
        burstAddress_ = std::max({burstAddress_ + 1, command.accepted + 1,
                                  needed >= 0 ? taken_[static_cast<std::size_t>(needed)] + 1 : 0});
        burstEnd_ += length;
        if (burstEnd_ == command.firstWord + command.words)
            command.lastAddress = burstAddress_;
    }
    return burstAddress_;
}

/// The first cycle in which there is a slot for a word of a command, if it is known.
std::optional<std::int64_t> MatvecTiming::roomFor(const Command &command, std::size_t index,
                                                  std::int64_t word) const
{
    if (word < command.scaleWords) {
        if (index < 2)
            return 0;
        const std::int64_t done = commands_[index - 2].done;
        return done == unknown ? std::nullopt : std::optional(done + 1);
    }
    const std::int64_t tile = command.firstTile + (word - command.scaleWords) / command.tileWords;
    if (tile < 2)
        return 0;
    const Finished &before = finished_[static_cast<std::size_t>(tile - 2)];
    return before.cores == shape_.cores ? std::optional(before.cycle + 1) : std::nullopt;
}

/// Takes words as long as it is known when. Addresses run ahead of them.
void MatvecTiming::advanceStream()
{
    while (streaming_ < commands_.size() && accept(streaming_)) {
        Command &command = commands_[streaming_];
        const auto word = static_cast<std::int64_t>(taken_.size());
        // Bursts are asked for in the order of beats; those of this command that have room are asked for now.
        for (std::int64_t ahead = std::max(burstEnd_, word); ahead < command.firstWord + command.words;
             ahead = burstEnd_)
            if (const std::int64_t address = addressOf(command, ahead); address == unknown)
                break;
            else
                while (static_cast<std::int64_t>(handed_.size()) < burstEnd_)
                    handed_.push_back(std::max(address + std::max(memory_.latency, 1),
                                               handed_.empty() ? 0 : handed_.back() + memory_.cyclesPerBeat));
        const std::optional<std::int64_t> room = roomFor(command, streaming_, word - command.firstWord);
        if (!room || word >= static_cast<std::int64_t>(handed_.size()))
            return;
        taken_.push_back(std::max(
            {handed_[static_cast<std::size_t>(word)] + 1, *room, taken_.empty() ? 0 : taken_.back() + 1}));
        const std::int64_t inTiles = word - command.firstWord - command.scaleWords;
        if (inTiles >= 0 && (inTiles + 1) % command.tileWords == 0)
            loaded_[static_cast<std::size_t>(command.firstTile + inTiles / command.tileWords)] =
                taken_.back() + 1;
        if (word + 1 == command.firstWord + command.words) {
            command.streamed = taken_.back();
            ++streaming_;
        }
    }
}

void MatvecTiming::finishTile(std::int64_t tile, std::int64_t cycle)
{
    Finished &finished = finished_[static_cast<std::size_t>(tile)];
    finished.cycle = std::max(finished.cycle, cycle);
    if (++finished.cores == shape_.cores)
        advanceStream();
}

/// One granule or one tile without any; false where it cannot be known yet.
bool MatvecTiming::advance(Core &core, const Command &command)
{
    if (core.tile == command.layout.tiles() || loaded(command.firstTile + core.tile) == unknown)
        return false;
    const std::int64_t there = std::max(core.free, loaded(command.firstTile + core.tile));
    std::int64_t use = there;
    if (core.entry < core.share.limit) {
        std::int64_t begin = there;
        if (core.granules >= packetsOfCore) {
            const std::size_t leaves = core.granules - packetsOfCore;
            if (leaves >= core.popped.size())
                return false;
            begin = std::max(begin, core.popped[leaves] + 1);
        }
        const std::int64_t length =
            std::int64_t{core.share.outputs} * (command.layout.columns / shape_.lanes);
        use = begin + length - 1;
        core.waitsPackets += begin - there;
        core.busy += length;
        core.ready.push_back(use + dotStages_ + 2);
        ++core.granules;
        core.entry += core.share.step;
    }
    core.waitsWeights += there - core.free;
    core.free = use + 1;
    core.lastUse = use;
    if (core.entry >= core.share.limit) {
        const std::int64_t tile = command.firstTile + core.tile;
        ++core.tile;
        core.start -= core.share.turn;
        if (core.start < 0)
            core.start += shape_.cores;
        core.entry = core.start;
        finishTile(tile, use);
    }
    return true;
}

MatvecTiming::Run MatvecTiming::run(std::uint32_t index, int rows, DrsPolicy policy, std::int64_t at)
{
    assert(running_ < commands_.size());
    Command &command = commands_[running_];
    assert(command.accepted != unknown); // what it waits for are runs before this one
    Run result{.started = std::max(at, command.accepted + 1), .counters = MatvecCounters(shape_.cores)};
    if (running_ > 0)
        result.started = std::max(result.started, commands_[running_ - 1].done + 1);
    const std::int64_t mapped = result.started + rows + 1;

    std::vector<Core> cores;
    const std::vector<CoreShare> shares = sharesOf(index, rows, policy, shape_.cores);
    for (std::size_t c = 0; c < shares.size(); ++c)
        cores.push_back({.share = shares[c],
                         .number = c,
                         .start = shares[c].first,
                         .entry = shares[c].first,
                         .free = mapped + 1});

    std::int64_t collector = 0, lastPop = 0; // the first cycle in which the collector is free
    for (;;) {
        bool moved = false;
        for (Core &core : cores)
            while (advance(core, command))
                moved = true;
        if (moved)
            continue;
        std::int64_t next = unknown;
        for (const Core &core : cores)
            if (!core.ready.empty())
                next = std::min(next, std::max(core.ready.front(), collector));
        if (next == unknown)
            break;
        for (std::size_t i = 0; i < cores.size(); ++i) {
            Core &core = cores[(turn_ + i) % cores.size()];
            if (core.ready.empty() || core.ready.front() > next)
                continue;
            core.ready.pop_front();
            core.popped.push_back(next);
            turn_ = (core.number + 1) % cores.size();
            break;
        }
        lastPop = next;
        collector = next + 1;
        ++result.counters.packets;
    }

    result.done = mapped + 1;
    for (const Core &core : cores)
        result.done = std::max(result.done, core.lastUse + 1);
    if (result.counters.packets > 0)
        result.done = std::max(result.done, lastPop + collectorStages + 2);
    command.done = result.done;
    ++running_;
    advanceStream();

    result.counters.cycles = result.done - result.started + 1;
    result.counters.mapping = rows;
    for (const Core &core : cores) {
        result.counters.coreBusy[core.number] = core.busy;
        result.counters.coreWaitsWeights[core.number] = core.waitsWeights;
        result.counters.coreWaitsPackets[core.number] = core.waitsPackets;
    }
    countStream(result, result.counters);
    return result;
}

/// Beats taken, and waits for slots and for beats, between a run's start and its end.
void MatvecTiming::countStream(const Run &run, MatvecCounters &counters) const
{
    const auto within = [&](std::int64_t begin, std::int64_t end) { // of [begin, end)
        return std::max<std::int64_t>(0, std::min(end, run.done + 1) - std::max(begin, run.started));
    };
    for (const Command &command : commands_)
        for (std::int64_t word = command.firstWord; word < command.firstWord + command.words; ++word) {
            const auto w = static_cast<std::size_t>(word);
            if (w > taken_.size() || command.accepted == unknown)
                return; // behind a word that was not taken
            const std::int64_t taken = w < taken_.size() ? taken_[w] : unknown;
            const std::int64_t turn = std::max(w > 0 ? taken_[w - 1] + 1 : 0, command.accepted + 1);
            const std::int64_t there = w < handed_.size() ? handed_[w] + 1 : unknown;
            counters.streamBeats += within(taken, taken == unknown ? unknown : taken + 1);
            counters.streamEmpty += within(turn, there);
            if (there != unknown)
                counters.streamFull += within(std::max(turn, there), taken);
        }
}

} // namespace fastcar::fpga

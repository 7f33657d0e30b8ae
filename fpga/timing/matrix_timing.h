// SPDX-License-Identifier: Apache-2.0
//
// The matrix-vector engine in the cycle model (fc_matvec, fc_core, fc_collector): beats of every port into
// tile slots, cores that walk through the tiles, packets that one collector takes. What has one reason
// follows by the recurrences of the handshakes; only the collector's turns are an agent's.
#pragma once

#include "fpga/timing/busy_times.h"
#include "fpga/timing/core_shares.h"
#include "fpga/timing/port_timing.h"

#include "engine/backend/card_counters.h"
#include "engine/replay/replay_policy.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace fastcar::fpga {

/// As a STREAM instruction has it: beats and words of every port, tiles of 8 outputs, words of a row of a
/// core.
struct StreamedMatrix {
    std::uint32_t beat = 0;
    std::int64_t tiles = 0;
    int columnWords = 0;
    std::int64_t scaleWords = 0;
    std::int64_t tileWords = 0;
    InstructionLabel label;
};

class MatrixTiming final : public Agent, public BeatListener {
public:
    /// Takes beats at all `ports` together, as the first of each one's readers.
    MatrixTiming(int cores, int lanes, std::vector<std::unique_ptr<Port>> &ports, SpanLog *spans = nullptr);
    MatrixTiming(const MatrixTiming &) = delete;
    MatrixTiming &operator=(const MatrixTiming &) = delete;

    /// The first cycle in which a matrix can be put into the queue before the engine, as far as it is known.
    Cycle queueFrom() const;
    void queue(Cycle cycle, const StreamedMatrix &matrix);
    /// The first cycle in which the oldest matrix that was asked for can be started.
    Cycle startFrom() const;
    /// `index`: of the stretch of `rows` rows from row `first` on.
    void start(Cycle cycle, std::uint32_t index, int rows, DrsPolicy policy, int first = 0);
    /// The first cycle in which it is known that nothing runs that was started.
    Cycle idleFrom() const { return started_ ? never : done_ + 1; }
    /// Whether an output is written in this cycle, which is not in the future.
    bool writes(Cycle cycle) const;

    void step(Cycle now) override;
    void beatsComing(Cycle now, std::int64_t first, int count, Cycle handed, int spacing) override;

    /// Everything of the matrix engine but `anyCoreBusy`.
    void count(CardCounters &counters) const;
    std::int64_t packets() const { return popped_; }
    const std::vector<BusyTimes> &busy() const { return busy_; }

private:
    struct Command {
        StreamedMatrix matrix;
        Cycle queued = 0;
        Cycle accepted = never; // by the engine
        std::int64_t words = 0;
        Cycle streamed = never; // its last word was taken
        Cycle done = never;
    };
    static constexpr std::int64_t packetsOfCore = 8; // that can be on the way or wait
    struct Core {
        CoreShare share;
        std::uint32_t rows = 0; // that it works for
        std::int64_t tile = 0;  // of the command
        int start = 0, entry = 0;
        Cycle free = 0;                                     // the first cycle in which it can do something
        bool full = false;                                  // it waits for room for its next packet
        std::int64_t packets = 0, left = 0;                 // begun, and taken by the collector
        std::array<Cycle, packetsOfCore> ready{}, popped{}; // by number
        Cycle lastUse = 0;
    };
    static constexpr std::int64_t ring = 4; // tiles: two are loaded, one is worked at, one is being loaded

    void advance();
    bool accept();
    Cycle acceptedFrom() const;
    bool advanceStream();
    Cycle roomFor(const Command &command) const;
    bool advanceCore(std::size_t core);
    void lookAtPackets();
    void finishCommand();

    std::size_t cores_;
    int dotStages_;
    std::vector<std::unique_ptr<Port>> *ports_;
    SpanLog *spans_;
    std::vector<Reader> readers_;
    TakenBeats taken_;

    std::vector<Command> commands_; // the accepted ones, and behind them those that wait
    std::size_t accepted_ = 0;
    std::size_t streaming_ = 0, running_ = 0; // the oldest that is not streamed, that is not done
    bool started_ = false;
    Cycle mapped_ = 0, done_ = -1;

    // The stream.
    std::array<Cycle, TakenBeats::depth> handed_{}; // beats: at the last port
    std::array<int, TakenBeats::depth> granted_{};  // by a burst's first beat: ports that know of it
    std::int64_t known_ = 0;                        // beats of all ports
    std::int64_t word_ = 0;                         // of the command that is streamed
    std::int64_t tile_ = 0;                         // that is streamed, since reset
    Cycle lastTake_ = -1;
    std::array<Cycle, ring> loaded_{};   // the first cycle in which a tile can be multiplied
    std::array<Cycle, ring> finished_{}; // the last core's last use
    std::array<int, ring> finishers_{};

    // The cores and the collector.
    std::vector<Core> core_;
    std::int64_t firstTile_ = 0; // of the command that runs, since reset
    std::size_t turn_ = 0;
    std::array<Cycle, 8> pops_{}; // the last ones, by number
    std::int64_t popped_ = 0;
    Cycle lastPop_ = -1;

    // Counters.
    std::int64_t runningCycles_ = 0, mapping_ = 0, beats_ = 0, full_ = 0, empty_ = 0;
    std::vector<std::int64_t> coreBusy_, waitsWeights_, waitsPackets_;
    std::vector<BusyTimes> busy_;
    std::vector<std::size_t> before_; // stretches of each core before what runs
};

} // namespace fastcar::fpga

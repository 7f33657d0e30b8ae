// SPDX-License-Identifier: Apache-2.0
//
// The cycle model of the matrix-vector engine: when what happens in fc_matvec, by the recurrences of its
// handshakes and without a clock. Equal to the circuit in every counter, for memory of a fixed latency and
// bandwidth (docs/accelerator.md, "The matrix-vector engine").
//
//     timing.command(layout, beat, 0);                                   // weights begin to stream
//     MatvecTiming::Run run = timing.run(index, rows, DrsPolicy::Split, 500); // activations are there in
//     cycle 500
#pragma once

#include "fpga/program/matrix_layout.h"
#include "fpga/timing/matvec_counters.h"
#include "fpga/timing/stream_timing.h"

#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <vector>

namespace fastcar::fpga {

/// What DRS makes of an index register, for one core: the entries [first, limit) in steps, of which each
/// stands for `outputs` of a tile's 8.
struct CoreShare {
    int first = 0;
    int limit = 0;
    int step = 1;
    int turn = 0; // how much the first entry goes back from tile to tile, modulo the cores
    int outputs = 8;
};

/// The shares of all cores, as the circuit fc_drs computes them. `cores` is a power of two.
std::vector<CoreShare> sharesOf(std::uint32_t index, int rows, DrsPolicy policy, int cores);

class MatvecTiming {
public:
    MatvecTiming(const CardShape &shape, const StreamTiming &memory);

    /// A matrix is asked for from cycle `at` on; the engine takes the command as soon as it can, perhaps
    /// while another runs. `beat`: the matrix's first, at every port.
    void command(const MatrixLayout &layout, std::uint32_t beat, std::int64_t at);

    /// The oldest command's activations are there in cycle `at`.
    struct Run {
        std::int64_t started = 0; // the cycle in which the engine took it
        std::int64_t done = 0;
        MatvecCounters counters;
    };
    Run run(std::uint32_t index, int rows, DrsPolicy policy, std::int64_t at);

private:
    static constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::max();

    struct Command {
        MatrixLayout layout;
        std::uint32_t beat = 0;
        std::int64_t requested = 0;
        std::int64_t accepted = unknown; // cycle in which the engine took it
        std::int64_t firstWord = 0;      // numbers of beats of every port, since reset
        std::int64_t words = 0, scaleWords = 0, tileWords = 0;
        std::int64_t firstTile = 0;      // since reset
        std::int64_t lastAddress = 0;    // cycle of its last burst's address
        std::int64_t streamed = unknown; // cycle in which its last word was taken
        std::int64_t done = unknown;
    };
    struct Core;

    bool accept(std::size_t index);
    void advanceStream();
    std::optional<std::int64_t> roomFor(const Command &command, std::size_t index, std::int64_t word) const;
    std::int64_t addressOf(Command &command, std::int64_t word);
    std::int64_t loaded(std::int64_t tile) const { return loaded_[static_cast<std::size_t>(tile)]; }
    bool advance(Core &core, const Command &command);
    void finishTile(std::int64_t tile, std::int64_t cycle);
    void countStream(const Run &run, MatvecCounters &counters) const;

    CardShape shape_;
    StreamTiming memory_;
    int dotStages_ = 0;
    std::vector<Command> commands_;
    std::size_t streaming_ = 0;        // the command whose words are taken
    std::size_t running_ = 0;          // the oldest that is not done
    std::vector<std::int64_t> handed_; // cycle in which beat i came over the bus
    std::vector<std::int64_t> taken_;  // ... was taken into a slot
    std::int64_t burstAddress_ = -1;   // cycle of the last burst's address
    std::int64_t burstEnd_ = 0;        // the beat behind that burst
    std::vector<std::int64_t> loaded_; // first cycle in which tile n can be multiplied
    struct Finished {
        std::int64_t cycle = -1; // the last core's last use
        int cores = 0;           // that are through
    };
    std::vector<Finished> finished_;
    std::size_t turn_ = 0; // of the collector: the core that is first asked
};

} // namespace fastcar::fpga

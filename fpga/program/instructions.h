// SPDX-License-Identifier: Apache-2.0
//
// What the sequencer reads: instructions of one beat, the header of a run and the descriptors of its rows
// (docs/accelerator.md, "Programs"). Addresses count beats of 64 bytes from a port's beginning.
#pragma once

#include "fpga/arithmetic/norm.h"
#include "fpga/program/card_step.h"
#include "fpga/program/matrix_layout.h"

#include <array>
#include <cstdint>

namespace fastcar::fpga {

/// 64 bytes, little-endian.
using Beat = std::array<std::uint32_t, 16>;

/// In word 0 (3:0); as in fc_sequencer.sv.
enum class Operation : std::uint32_t {
    End,
    Load,
    Norm,
    Stream,
    Multiply,
    Heads,
    Attend,
    Gate,
    Quantise,
    Silu,
    Add,
    Replay,
    Final,
    Wait,
    Score
};

/// Rows that an instruction is about: which of them, and of all, or of the first or second half of those in
/// flight (row_order.h).
enum class RowSet : std::uint8_t { InFlight, Computing, Replaying, Wanted };
enum class Half : std::uint8_t { Both, First, Second };
struct Rows {
    RowSet set = RowSet::InFlight;
    Half half = Half::Both;
};
/// What goes on by itself until it is waited for.
enum class Waiting : std::uint8_t { Matrix = 1, Attention = 2 };

/// A layer's KV cache: where it begins at every port, and how a head's region is laid out.
struct CachePlace {
    std::uint32_t beat = 0;
    int positions = 0;
    int positionBeats = 1; // of a head's key, and of its value
    int scaleBeats() const { return (positions + 15) / 16; }
    /// Keys, values, Scales of keys, Scales of values.
    std::uint32_t regionBeats() const
    {
        return static_cast<std::uint32_t>(2 * (positions * positionBeats + scaleBeats()));
    }
};

struct HeadCounts {
    int heads = 0;
    int kvHeads = 0;
    int headDim = 0;
    /// Of the rotation's table, a position: pairs of int16.
    int turnBeats() const { return (headDim + 31) / 32; }
    /// Of a key or a value.
    int positionBeats() const { return (headDim + 63) / 64; }
};

Beat endOfProgram();
/// x = input.
Beat load(int width);
/// x to int8; the weights lie at `weights`.
Beat norm(std::uint32_t weights, const Norm &norm, Rows rows);
/// The matrix's weights begin to stream, once those of the one before are all asked for: a `multiply` uses
/// them, in this order.
Beat stream(std::uint32_t matrix, const MatrixLayout &layout, const CardShape &shape, Rows rows);
/// Starts y = matrix q8, once the product before it has ended.
Beat multiply(Rows rows);
Beat wait(Waiting what);
/// y = [q; k; v] to the queries and the cache.
Beat heads(const CachePlace &cache, const HeadCounts &counts, Half half);
/// Starts the shares of the TAS.
Beat score(const CachePlace &cache, const HeadCounts &counts, Scale constant);
/// Starts y = attention's output, once the jobs before are dealt out and all keys and values are in memory.
Beat attend(const CachePlace &cache, const HeadCounts &counts, Scale constant, Half half);
/// Decisions of the next layer, from the shares.
Beat gate(const HeadCounts &counts);
/// y [width] to int8.
Beat quantise(int width, Rows rows);
/// y = [gate; up], each of `width`, to int8.
Beat silu(int width, Rows rows);
inline constexpr std::uint32_t noCache = 0xffffffffu;
/// x += y; y into the MLP cache at `cache` [sequences][stride][width].
Beat add(int width, std::uint32_t cache, int stride, Rows rows);
/// x += MLP cache.
Beat replay(int width, std::uint32_t cache, int stride, Half half);
/// Normed x to the run's output.
Beat finish(std::uint32_t weights, const Norm &norm);

/// Where a run's data lie at port 0.
struct RunPlaces {
    std::uint32_t program = 0, rows = 0, input = 0, hidden = 0, outcome = 0, thresholds = 0, turns = 0;
    int programBeats = 0;
};
Beat header(const CardStep &step, const RunPlaces &places);
/// 16 bytes of a row, in the words [0, 4).
std::array<std::uint32_t, 4> descriptor(const RowDescriptor &row);

} // namespace fastcar::fpga

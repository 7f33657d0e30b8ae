// SPDX-License-Identifier: Apache-2.0
#include "fpga/program/instructions.h"

#include <cassert>

namespace fastcar::fpga {

namespace {

Beat instruction(Operation operation, Rows rows = {})
{
    Beat beat{};
    beat[0] = static_cast<std::uint32_t>(operation) | static_cast<std::uint32_t>(rows.set) << 8 |
              static_cast<std::uint32_t>(rows.half) << 10;
    return beat;
}

constexpr std::uint32_t wordsOf(int width)
{
    assert(width % 8 == 0);
    return static_cast<std::uint32_t>(width / 8);
}

constexpr std::uint32_t pair(int low, int high)
{
    return static_cast<std::uint32_t>(low) | static_cast<std::uint32_t>(high) << 16;
}

std::uint32_t packedCounts(const HeadCounts &counts)
{
    return static_cast<std::uint32_t>(counts.heads) | static_cast<std::uint32_t>(counts.kvHeads) << 8 |
           wordsOf(counts.headDim) << 16;
}

Beat normed(Operation operation, std::uint32_t weights, const Norm &norm, Rows rows)
{
    Beat beat = instruction(operation, rows);
    beat[1] = weights;
    beat[2] = wordsOf(static_cast<int>(norm.weights.size()));
    beat[3] = packed(norm.constant);
    beat[4] = static_cast<std::uint32_t>(norm.epsilon);
    beat[5] = static_cast<std::uint32_t>(norm.epsilon >> 32);
    return beat;
}

Beat cached(Operation operation, const CachePlace &cache, const HeadCounts &counts, Half half)
{
    Beat beat = instruction(operation, {.half = half});
    beat[1] = cache.beat;
    beat[2] = cache.regionBeats();
    beat[3] = pair(cache.positions, cache.scaleBeats());
    beat[4] = packedCounts(counts);
    beat[5] = static_cast<std::uint32_t>(counts.turnBeats()) |
              static_cast<std::uint32_t>(counts.heads / counts.kvHeads) << 8;
    return beat;
}

} // namespace

Beat endOfProgram()
{
    return instruction(Operation::End);
}

Beat load(int width)
{
    Beat beat = instruction(Operation::Load);
    beat[2] = wordsOf(width);
    return beat;
}

Beat norm(std::uint32_t weights, const Norm &norm, Rows rows)
{
    return normed(Operation::Norm, weights, norm, rows);
}

Beat stream(std::uint32_t matrix, const MatrixLayout &layout, const CardShape &shape, Rows rows)
{
    Beat beat = instruction(Operation::Stream, rows);
    beat[1] = matrix;
    beat[2] = pair(layout.tiles(), layout.columns / shape.lanes);
    beat[3] = pair(layout.scaleBeats / shape.ports, layout.tileBeats / shape.ports);
    return beat;
}

Beat multiply(Rows rows)
{
    return instruction(Operation::Multiply, rows);
}

Beat wait(Waiting what)
{
    Beat beat = instruction(Operation::Wait);
    beat[1] = static_cast<std::uint32_t>(what);
    return beat;
}

Beat heads(const CachePlace &cache, const HeadCounts &counts, Half half)
{
    return cached(Operation::Heads, cache, counts, half);
}

Beat score(const CachePlace &cache, const HeadCounts &counts, Scale constant)
{
    Beat beat = cached(Operation::Score, cache, counts, Half::Both);
    beat[6] = packed(constant);
    return beat;
}

Beat attend(const CachePlace &cache, const HeadCounts &counts, Scale constant, Half half)
{
    Beat beat = cached(Operation::Attend, cache, counts, half);
    beat[6] = packed(constant);
    return beat;
}

Beat gate(const HeadCounts &counts)
{
    Beat beat = instruction(Operation::Gate);
    beat[4] = packedCounts(counts);
    return beat;
}

Beat quantise(int width, Rows rows)
{
    Beat beat = instruction(Operation::Quantise, rows);
    beat[2] = wordsOf(width);
    return beat;
}

Beat silu(int width, Rows rows)
{
    Beat beat = instruction(Operation::Silu, rows);
    beat[2] = wordsOf(width);
    return beat;
}

Beat add(int width, std::uint32_t cache, int stride, Rows rows)
{
    Beat beat = instruction(Operation::Add, rows);
    beat[1] = cache;
    beat[2] = wordsOf(width);
    beat[3] = static_cast<std::uint32_t>(stride);
    return beat;
}

Beat replay(int width, std::uint32_t cache, int stride, Half half)
{
    Beat beat = instruction(Operation::Replay, {.set = RowSet::Replaying, .half = half});
    beat[1] = cache;
    beat[2] = wordsOf(width);
    beat[3] = static_cast<std::uint32_t>(stride);
    return beat;
}

Beat finish(std::uint32_t weights, const Norm &norm)
{
    return normed(Operation::Final, weights, norm, {.set = RowSet::Wanted});
}

Beat header(const CardStep &step, const RunPlaces &places)
{
    Beat beat{};
    const AttentionSpan &span = step.attention;
    beat[0] = static_cast<std::uint32_t>(step.rows.size()) | static_cast<std::uint32_t>(step.drs) << 8 |
              static_cast<std::uint32_t>(step.gate) << 12 | std::uint32_t{step.rotatedQuery} << 14 |
              std::uint32_t{span.windowed} << 15 | static_cast<std::uint32_t>(span.sinks) << 16;
    beat[1] = pair(span.window, places.programBeats);
    beat[2] = places.program;
    beat[3] = places.rows;
    beat[4] = places.input;
    beat[5] = places.hidden;
    beat[6] = places.outcome;
    beat[7] = places.thresholds;
    beat[8] = places.turns;
    return beat;
}

std::array<std::uint32_t, 4> descriptor(const RowDescriptor &row)
{
    const auto field = [](int value) { return static_cast<std::uint32_t>(value); };
    return {field(row.sequence) | field(row.position) << 8,
            (field(row.slot) & 0xffffffu) | std::uint32_t{row.measured} << 24 |
                std::uint32_t{row.stores} << 25 | std::uint32_t{row.wanted} << 27,
            field(row.partner) | field(row.measured ? row.earlier : 0) << 8, 0};
}

} // namespace fastcar::fpga

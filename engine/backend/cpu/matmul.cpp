// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/matmul.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/narrow_dot.h"
#include "engine/backend/cpu/vec8.h"

#include <algorithm>
#include <array>

namespace fastcar::cpu {

namespace {

constexpr int streams = 4;     // weight rows that are read at the same time
constexpr int rowsAtATime = 3; // 4 x 3 sums, 3 activations and a weight fill the 16 registers
// A tile's weights: long stretches of each stream where the matrix is large, enough tiles for all threads
// where it is not.
constexpr std::int64_t leastTileBytes = 64 * 1024, mostTileBytes = 512 * 1024;
constexpr std::int64_t tilesOfMatrix = 64;

/// Where a row of weights or a column of y stands.
struct Stream {
    const std::byte *weights;
    const float *bias; // of this output, or nullptr
    float *y;          // y[0][output]
};

/// Rows x Streams dot products of length `in`. Everything stays in registers: hence the unrolling.
template <DType type, int Streams, int Rows>
inline void dotBlock(const Stream *stream, const float *x, std::int64_t in, std::int64_t yStride)
{
    constexpr std::int64_t size = type == DType::F32 ? 4 : 2;
    Vec8 total[std::size_t{Rows}][std::size_t{Streams}];
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s)
            total[r][s] = zero();

    std::int64_t k = 0;
    for (; k + lanes <= in; k += lanes) {
        Vec8 xs[std::size_t{Rows}];
#pragma GCC unroll 4
        for (int r = 0; r < Rows; ++r)
            xs[r] = load(x + r * in + k);
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s) {
            const Vec8 w = loadWeights<type>(stream[s].weights + k * size);
#pragma GCC unroll 4
            for (int r = 0; r < Rows; ++r)
                total[r][s] = fma(w, xs[r], total[r][s]);
        }
    }
    if (k < in) {
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s) {
            const Vec8 w = loadFirstWeights<type>(stream[s].weights + k * size, in - k);
#pragma GCC unroll 4
            for (int r = 0; r < Rows; ++r)
                total[r][s] = fma(w, loadFirst(x + r * in + k, in - k), total[r][s]);
        }
    }
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r) {
        float results[4];
        if constexpr (Streams == 4)
            sums(total[r][0], total[r][1], total[r][2], total[r][3], results);
        else
            results[0] = sum(total[r][0]);
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s)
            stream[s].y[r * yStride] = stream[s].bias ? results[s] + *stream[s].bias : results[s];
    }
}

/// All rows of x against up to four weight rows, which stay in the cache in between.
template <DType type, int Streams>
void dotRows(std::array<Stream, streams> stream, MatrixView<const float> x, std::int64_t yStride)
{
    const float *from = x.data;
    std::int64_t left = x.rows;
    while (left > 0) {
        // 4 = 2 + 2, not 3 + 1.
        const std::int64_t take = left == 4 ? 2 : std::min<std::int64_t>(left, rowsAtATime);
        switch (take) {
        case 1:
            dotBlock<type, Streams, 1>(stream.data(), from, x.cols, yStride);
            break;
        case 2:
            dotBlock<type, Streams, 2>(stream.data(), from, x.cols, yStride);
            break;
        default:
            dotBlock<type, Streams, 3>(stream.data(), from, x.cols, yStride);
            break;
        }
        from += take * x.cols;
        left -= take;
        for (Stream &s : stream)
            s.y += take * yStride;
    }
}

void dotStreams(DType type, const std::array<Stream, streams> &stream, int count, MatrixView<const float> x,
                std::int64_t yStride)
{
    const auto run = [&]<DType t>() {
        if (count == streams) {
            dotRows<t, streams>(stream, x, yStride);
            return;
        }
        for (int s = 0; s < count; ++s)
            dotRows<t, 1>({stream[static_cast<std::size_t>(s)]}, x, yStride);
    };
    switch (type) {
    case DType::F32:
        run.operator()<DType::F32>();
        break;
    case DType::F16:
        run.operator()<DType::F16>();
        break;
    case DType::BF16:
        run.operator()<DType::BF16>();
        break;
    default:
        assert(!"weights are f32, f16 or bf16");
    }
}

NarrowStream narrowStreamOf(const Linear &linear, std::int64_t output, float *y)
{
    return {.matrix = linear.narrow,
            .output = output,
            .bias = linear.bias ? linear.bias + output : nullptr,
            .y = y + output};
}

Stream streamOf(const Linear &linear, std::int64_t output, float *y)
{
    const std::size_t rowBytes = static_cast<std::size_t>(linear.in()) * byteSize(linear.weight.type);
    return {.weights = linear.weight.data + static_cast<std::size_t>(output) * rowBytes,
            .bias = linear.bias ? linear.bias + output : nullptr,
            .y = y + output};
}

/// How the outputs of a matrix are cut: stream s of step i computes output i + s * span; a tile is `steps`
/// steps.
struct Tiling {
    std::int64_t span = 0;
    std::int64_t steps = 0;

    Tiling(const Linear &linear, int streamsOfMatrix)
        : span((linear.out() + streamsOfMatrix - 1) / streamsOfMatrix)
    {
        const std::int64_t stepBytes = streams * linear.rowBytes();
        const std::int64_t tileBytes =
            std::clamp(linear.out() * linear.rowBytes() / tilesOfMatrix, leastTileBytes, mostTileBytes);
        steps = std::max<std::int64_t>(1, tileBytes / std::max<std::int64_t>(1, stepBytes));
    }
    std::int64_t tiles() const { return (span + steps - 1) / steps; }
};

void narrowTile(const MatmulJob &job, const Tiling &tiling, std::int64_t tile)
{
    const std::int64_t out = job.linear.out();
    const std::int64_t end = std::min(tiling.span, (tile + 1) * tiling.steps);
    for (std::int64_t i = tile * tiling.steps; i < end; ++i) {
        std::array<NarrowStream, streams> stream{};
        int count = 0;
        for (std::int64_t o = i; o < out; o += tiling.span)
            stream[static_cast<std::size_t>(count++)] = narrowStreamOf(job.linear, o, job.y.data);
        dotNarrow(stream, count, *job.quantised, job.x.rows, out);
    }
}

/// Are both read by the same kernel?
bool alike(const Linear &a, const Linear &b)
{
    if (a.narrow && b.narrow)
        return a.narrow->format == b.narrow->format;
    return !a.narrow && !b.narrow && a.weight.type == b.weight.type;
}

/// Gate and up of the outputs i, i + span, ...; at most two of each.
void gatedNarrow(const GatedJob &job, const Tiling &tiling, std::int64_t i)
{
    const std::int64_t out = job.gate.out();
    std::array<NarrowStream, streams> stream{};
    int count = 0;
    for (std::int64_t o = i; o < out; o += tiling.span) {
        stream[static_cast<std::size_t>(count++)] = narrowStreamOf(job.gate, o, job.y.data);
        stream[static_cast<std::size_t>(count++)] = narrowStreamOf(job.up, o, job.upScratch.data);
    }
    dotNarrow(stream, count, *job.quantised, job.x.rows, out);
}

/// The same where they are stored in one floating type.
void gatedWide(const GatedJob &job, const Tiling &tiling, std::int64_t i)
{
    const std::int64_t out = job.gate.out();
    std::array<Stream, streams> stream{};
    int count = 0;
    for (std::int64_t o = i; o < out; o += tiling.span) {
        stream[static_cast<std::size_t>(count++)] = streamOf(job.gate, o, job.y.data);
        stream[static_cast<std::size_t>(count++)] = streamOf(job.up, o, job.upScratch.data);
    }
    dotStreams(job.gate.weight.type, stream, count, job.x, out);
}

void matmulTile(const MatmulJob &job, const Tiling &tiling, std::int64_t tile)
{
    if (job.linear.narrow) {
        narrowTile(job, tiling, tile);
        return;
    }
    const std::int64_t out = job.linear.out();
    const std::int64_t end = std::min(tiling.span, (tile + 1) * tiling.steps);
    for (std::int64_t i = tile * tiling.steps; i < end; ++i) {
        std::array<Stream, streams> stream{};
        int count = 0;
        for (std::int64_t o = i; o < out; o += tiling.span)
            stream[static_cast<std::size_t>(count++)] = streamOf(job.linear, o, job.y.data);
        dotStreams(job.linear.weight.type, stream, count, job.x, out);
    }
}

void checkShapes([[maybe_unused]] const MatmulJob &job)
{
    assert(job.x.cols == job.linear.in() && job.y.cols == job.linear.out() && job.x.rows == job.y.rows);
    assert(!job.linear.narrow || (job.quantised && job.quantised->columns() == job.x.cols));
}

} // namespace

void matmul(const MatmulJob &job)
{
    checkShapes(job);
    const Tiling tiling(job.linear, streams);
    for (std::int64_t tile = 0; tile < tiling.tiles(); ++tile)
        matmulTile(job, tiling, tile);
}

void matmul(ThreadPool &pool, std::span<const MatmulJob> jobs)
{
    std::int64_t tiles = 0;
    for (const MatmulJob &job : jobs) {
        checkShapes(job);
        tiles += Tiling(job.linear, streams).tiles();
    }
    pool.forEachTile(tiles, [&](std::int64_t tile) {
        for (const MatmulJob &job : jobs) {
            const Tiling tiling(job.linear, streams);
            if (tile < tiling.tiles())
                return matmulTile(job, tiling, tile);
            tile -= tiling.tiles();
        }
    });
}

void gatedMatmul(ThreadPool &pool, const GatedJob &job)
{
    const std::int64_t out = job.gate.out();
    assert(job.up.out() == out && job.x.cols == job.gate.in());
    assert((!job.gate.narrow && !job.up.narrow) || job.quantised);
    const Tiling tiling(job.gate, streams / 2);
    const bool together = alike(job.gate, job.up);
    const MatmulJob gateAlone{.linear = job.gate, .x = job.x, .y = job.y, .quantised = job.quantised};
    const MatmulJob upAlone{.linear = job.up, .x = job.x, .y = job.upScratch, .quantised = job.quantised};
    pool.forEachTile(tiling.tiles(), [&](std::int64_t tile) {
        const std::int64_t begin = tile * tiling.steps;
        const std::int64_t end = std::min(tiling.span, begin + tiling.steps);
        for (std::int64_t i = begin; together && i < end; ++i)
            job.gate.narrow ? gatedNarrow(job, tiling, i) : gatedWide(job, tiling, i);
        if (!together) {
            matmulTile(gateAlone, tiling, tile);
            matmulTile(upAlone, tiling, tile);
        }
        for (std::int64_t r = 0; r < job.x.rows; ++r) {
            for (std::int64_t from = begin; from < out; from += tiling.span) {
                const std::size_t at = static_cast<std::size_t>(from);
                const std::size_t n = static_cast<std::size_t>(std::min(out - from, end - begin));
                siluTimes(job.y.row(r).subspan(at, n), job.upScratch.row(r).subspan(at, n));
            }
        }
    });
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/activation.h"
#include "engine/backend/cpu/simd/narrow_dot.h"
#include "engine/backend/cpu/simd/panel_dot.h"
#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

#if FASTCAR_AVX512
constexpr int rowsAtATime = 6;
#else
constexpr int rowsAtATime = 3; // 4 x 3 sums, 3 activations and a weight fill the 16 registers
#endif

constexpr std::int64_t bytesAhead = 512;

/// Where a row of weights or a column of y stands.
struct Stream {
    const std::byte *weights;
    const float *bias; // of this output, or nullptr
    float *y;          // y[0][output]
};

/// Of each stream the cache line that is read some time later; not where many rows share the weights, which
/// are in the cache for most of them.
template <int Streams, int Rows>
inline void fetchAhead(const Stream *stream, std::int64_t at)
{
    if constexpr (Rows <= 2)
        if (at % 64 == 0)
#pragma GCC unroll 4
            for (int s = 0; s < Streams; ++s)
                __builtin_prefetch(stream[s].weights + at + bytesAhead);
}

/// total[r][s] += <x[r], weights of s> over whole eights; returns how many columns those are. Everything
/// stays in registers: hence the unrolling.
template <DType type, int Streams, int Rows>
inline std::int64_t addEights(const Stream *stream, const float *x, std::int64_t in,
                              Vec8 (&total)[std::size_t{Rows}][std::size_t{Streams}])
{
    constexpr std::int64_t size = storedBytes<type>;
    std::int64_t k = 0;
    for (; k + lanes <= in; k += lanes) {
        fetchAhead<Streams, Rows>(stream, k * size);
        Vec8 xs[std::size_t{Rows}];
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r)
            xs[r] = load(x + r * in + k);
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s) {
            const Vec8 w = loadStored<type>(stream[s].weights + k * size);
#pragma GCC unroll 6
            for (int r = 0; r < Rows; ++r)
                total[r][s] = fma(w, xs[r], total[r][s]);
        }
    }
    return k;
}

#if FASTCAR_AVX512

/// Eight stored weights of one row beside eight of another, as f32.
template <DType type>
inline __m512 loadTwo(const std::byte *a, const std::byte *b)
{
    if constexpr (type == DType::F32) {
        return _mm512_insertf32x8(_mm512_castps256_ps512(loadStored<type>(a).v), loadStored<type>(b).v, 1);
    } else {
        const __m256i stored = _mm256_inserti128_si256(
            _mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i *>(a))),
            _mm_loadu_si128(reinterpret_cast<const __m128i *>(b)), 1);
        return widened<type>(stored);
    }
}

/// The same sums, those of two streams in one register.
template <DType type, int Rows>
inline std::int64_t addEightsOfPairs(const Stream *stream, const float *x, std::int64_t in,
                                     Vec8 (&total)[std::size_t{Rows}][std::size_t{farStreams}])
{
    constexpr std::int64_t size = storedBytes<type>;
    constexpr int pairs = farStreams / 2;
    __m512 two[std::size_t{Rows}][std::size_t{pairs}] = {};
    std::int64_t k = 0;
    for (; k + lanes <= in; k += lanes) {
        fetchAhead<farStreams, Rows>(stream, k * size);
        __m512 xs[std::size_t{Rows}];
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r)
            xs[r] = _mm512_broadcast_f32x8(load(x + r * in + k).v);
#pragma GCC unroll 2
        for (int p = 0; p < pairs; ++p) {
            const __m512 w =
                loadTwo<type>(stream[2 * p].weights + k * size, stream[2 * p + 1].weights + k * size);
#pragma GCC unroll 6
            for (int r = 0; r < Rows; ++r)
                two[r][p] = _mm512_fmadd_ps(w, xs[r], two[r][p]);
        }
    }
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 2
        for (int p = 0; p < pairs; ++p) {
            total[r][2 * p].v = _mm512_castps512_ps256(two[r][p]);
            total[r][2 * p + 1].v = _mm512_extractf32x8_ps(two[r][p], 1);
        }
    return k;
}

#endif

/// Rows x Streams dot products of length `in`; row r's go to y[yAt + r * yStride].
template <DType type, int Streams, int Rows>
inline void dotBlock(const Stream *stream, const float *x, std::int64_t in, std::int64_t yAt,
                     std::int64_t yStride)
{
    constexpr std::int64_t size = storedBytes<type>;
    Vec8 total[std::size_t{Rows}][std::size_t{Streams}];
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s)
            total[r][s] = zero();

    std::int64_t k = 0;
#if FASTCAR_AVX512
    if constexpr (Streams == farStreams)
        k = addEightsOfPairs<type, Rows>(stream, x, in, total);
    else
#endif
        k = addEights<type, Streams, Rows>(stream, x, in, total);
    if (k < in) {
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s) {
            const Vec8 w = loadFirstStored<type>(stream[s].weights + k * size, in - k);
#pragma GCC unroll 6
            for (int r = 0; r < Rows; ++r)
                total[r][s] = fma(w, loadFirst(x + r * in + k, in - k), total[r][s]);
        }
    }
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r) {
        float results[4];
        if constexpr (Streams == 4)
            sums(total[r][0], total[r][1], total[r][2], total[r][3], results);
        else
            results[0] = sum(total[r][0]);
#pragma GCC unroll 4
        for (int s = 0; s < Streams; ++s)
            stream[s].y[yAt + r * yStride] = stream[s].bias ? results[s] + *stream[s].bias : results[s];
    }
}

/// run.operator()<n>(first) with the n that `count` says, most at the most.
template <int most, typename Run>
inline void runWithCount(std::int64_t count, std::int64_t first, Run &run)
{
    if constexpr (most > 1)
        if (count < most)
            return runWithCount<most - 1>(count, first, run);
    run.template operator()<most>(first);
}

/// run.operator()<n>(first) for [first, first + n), ... up to `end`, n as even as may be and `most` at the
/// most: 5 = 3 + 2, not 4 + 1.
template <int most, typename Run>
void forEachFew(std::int64_t first, std::int64_t end, Run run)
{
    for (std::int64_t left = end - first; left > 0; left = end - first) {
        const std::int64_t times = (left + most - 1) / most;
        const std::int64_t take = (left + times - 1) / times;
        runWithCount<most>(take, first, run);
        first += take;
    }
}

template <typename Run>
void forEachRows(std::int64_t rows, Run run)
{
    forEachFew<rowsAtATime>(0, rows, run);
}

/// All rows of x against up to four weight rows, which stay in the cache in between.
template <DType type, int Streams>
inline void dotRows(const Stream *stream, MatrixView<const float> x, std::int64_t yStride)
{
    forEachRows(x.rows, [&]<int Rows>(std::int64_t first) {
        dotBlock<type, Streams, Rows>(stream, x.data + first * x.cols, x.cols, first * yStride, yStride);
    });
}

/// `steps` neighbouring outputs of each of `count` streams.
template <DType type>
void dotSteps(std::array<Stream, farStreams> stream, int count, std::int64_t steps, MatrixView<const float> x,
              std::int64_t yStride)
{
    const std::int64_t rowBytes = x.cols * storedBytes<type>;
    for (std::int64_t i = 0; i < steps; ++i) {
        if (count == farStreams)
            dotRows<type, farStreams>(stream.data(), x, yStride);
        else
            for (int s = 0; s < count; ++s)
                dotRows<type, 1>(&stream[static_cast<std::size_t>(s)], x, yStride);
        for (int s = 0; s < count; ++s) {
            Stream &of = stream[static_cast<std::size_t>(s)];
            of.weights += rowBytes;
            of.bias += of.bias ? 1 : 0;
            ++of.y;
        }
    }
}

/// run.operator()<type>()
template <typename Run>
void withType(DType type, Run run)
{
    switch (type) {
    case DType::F32:
        run.template operator()<DType::F32>();
        break;
    case DType::F16:
        run.template operator()<DType::F16>();
        break;
    case DType::BF16:
        run.template operator()<DType::BF16>();
        break;
    default:
        assert(!"weights are f32, f16 or bf16");
    }
}

void dotSteps(DType type, const std::array<Stream, farStreams> &stream, int count, std::int64_t steps,
              MatrixView<const float> x, std::int64_t yStride)
{
    withType(type, [&]<DType t>() { dotSteps<t>(stream, count, steps, x, yStride); });
}

/// The outputs of `Panels` panels of 8-bit weights, from panel `first` on.
template <int Rows, int Panels>
void dotNarrowPanels(const Linear &linear, const QuantisedRows &x, std::int64_t firstRow, std::int64_t first,
                     MatrixView<float> y)
{
    const std::int64_t out = linear.out(), columns = linear.rowBytes();
    Lanes16 total[std::size_t{Panels}][std::size_t{Rows}];
    for (auto &ofPanel : total)
        for (Lanes16 &sums : ofPanel)
            sums = Lanes16::zero();
    dotNarrowPanel<Rows, Panels>(linear.panels + first * panelOutputs * columns, x, firstRow, columns, total);
    for (int p = 0; p < Panels; ++p) {
        const std::int64_t o = (first + p) * panelOutputs, outputs = std::min(panelOutputs, out - o);
        const Lanes16 rowScales = loadOutputs(linear.narrow->rowScales + o, outputs);
        for (int r = 0; r < Rows; ++r)
            storeOutputs(total[p][r] * rowScales, outputs, linear.bias ? linear.bias + o : nullptr,
                         y.data + (firstRow + r) * out + o);
    }
}

/// The outputs of the panels [begin, end) of 8-bit weights.
void dotNarrowPanels(const Linear &linear, const QuantisedRows &x, MatrixView<float> y, std::int64_t begin,
                     std::int64_t end)
{
    forEachRows(y.rows, [&]<int Rows>(std::int64_t firstRow) {
        forEachFew<mostPanelsTogether<Rows>>(begin, end, [&]<int Panels>(std::int64_t panel) {
            dotNarrowPanels<Rows, Panels>(linear, x, firstRow, panel, y);
        });
    });
}

/// The outputs of the panels [begin, end).
void dotPanels(const Linear &linear, MatrixView<const float> x, const QuantisedRows *quantised,
               MatrixView<float> y, std::int64_t begin, std::int64_t end)
{
    if (linear.narrow) {
        dotNarrowPanels(linear, *quantised, y, begin, end);
        return;
    }
    withType(linear.weight.type, [&]<DType type>() {
        const std::int64_t out = linear.out();
        const std::int64_t panelBytes = panelOutputs * linear.rowBytes();
        for (std::int64_t panel = begin; panel < end; ++panel) {
            const std::int64_t o = panel * panelOutputs;
            forEachRows(x.rows, [&]<int Rows>(std::int64_t first) {
                dotPanel<type, Rows>(linear.panels + panel * panelBytes, x.data + first * x.cols, x.cols,
                                     std::min(panelOutputs, out - o), linear.bias ? linear.bias + o : nullptr,
                                     y.data + first * out + o, out);
            });
        }
    });
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

void narrowTile(const MatmulJob &job, const Tiling &tiling, std::int64_t tile)
{
    const std::int64_t out = job.linear.out();
    const std::int64_t end = tiling.end(tile);
    for (std::int64_t i = tiling.begin(tile); i < end; ++i) {
        std::array<NarrowStream, farStreams> stream{};
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
    std::array<NarrowStream, farStreams> stream{};
    int count = 0;
    for (std::int64_t o = i; o < out; o += tiling.span) {
        stream[static_cast<std::size_t>(count++)] = narrowStreamOf(job.gate, o, job.y.data);
        stream[static_cast<std::size_t>(count++)] = narrowStreamOf(job.up, o, job.upScratch.data);
    }
    dotNarrow(stream, count, *job.quantised, job.x.rows, out);
}

/// Calls run(i, count, steps) for the stretches of [begin, end) whose outputs i, i + span, ... are `count`
/// each.
template <typename Run>
void forEachStretch(const Tiling &tiling, std::int64_t tile, std::int64_t out, Run run)
{
    const std::int64_t end = tiling.end(tile);
    for (std::int64_t i = tiling.begin(tile); i < end;) {
        const std::int64_t count = (out - i + tiling.span - 1) / tiling.span;
        const std::int64_t stop = std::min(end, out - (count - 1) * tiling.span);
        run(i, static_cast<int>(count), stop - i);
        i = stop;
    }
}

/// Gate and up where they are stored in one floating type.
void gatedWide(const GatedJob &job, const Tiling &tiling, std::int64_t tile)
{
    const std::int64_t out = job.gate.out();
    forEachStretch(tiling, tile, out, [&](std::int64_t i, int count, std::int64_t steps) {
        std::array<Stream, farStreams> stream{};
        for (int s = 0; s < count; ++s) {
            const std::int64_t o = i + s * tiling.span;
            stream[static_cast<std::size_t>(2 * s)] = streamOf(job.gate, o, job.y.data);
            stream[static_cast<std::size_t>(2 * s + 1)] = streamOf(job.up, o, job.upScratch.data);
        }
        dotSteps(job.gate.weight.type, stream, 2 * count, steps, job.x, out);
    });
}

} // namespace

void matmulTile(const MatmulJob &job, const Tiling &tiling, std::int64_t tile)
{
    if (job.linear.panels) {
        dotPanels(job.linear, job.x, job.quantised, job.y, tiling.begin(tile), tiling.end(tile));
        return;
    }
    if (job.linear.narrow) {
        narrowTile(job, tiling, tile);
        return;
    }
    const std::int64_t out = job.linear.out();
    forEachStretch(tiling, tile, out, [&](std::int64_t i, int count, std::int64_t steps) {
        std::array<Stream, farStreams> stream{};
        for (int s = 0; s < count; ++s)
            stream[static_cast<std::size_t>(s)] = streamOf(job.linear, i + s * tiling.span, job.y.data);
        dotSteps(job.linear.weight.type, stream, count, steps, job.x, out);
    });
}

void gatedTile(const GatedJob &job, const Tiling &tiling, std::int64_t tile)
{
    const std::int64_t out = job.gate.out();
    const std::int64_t begin = tiling.begin(tile), end = tiling.end(tile);
    const auto multiply = [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t r = 0; r < job.x.rows; ++r)
            siluTimes(
                job.y.row(r).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)),
                job.upScratch.row(r).subspan(static_cast<std::size_t>(from),
                                             static_cast<std::size_t>(to - from)));
    };
    if (job.gate.panels) {
        dotPanels(job.gate, job.x, job.quantised, job.y, begin, end);
        dotPanels(job.up, job.x, job.quantised, job.upScratch, begin, end);
        multiply(begin * panelOutputs, std::min(out, end * panelOutputs));
        return;
    }
    if (!alike(job.gate, job.up)) {
        matmulTile({.linear = job.gate, .x = job.x, .y = job.y, .quantised = job.quantised}, tiling, tile);
        matmulTile({.linear = job.up, .x = job.x, .y = job.upScratch, .quantised = job.quantised}, tiling,
                   tile);
    } else if (job.gate.narrow) {
        for (std::int64_t i = begin; i < end; ++i)
            gatedNarrow(job, tiling, i);
    } else {
        gatedWide(job, tiling, tile);
    }
    for (std::int64_t from = begin; from < out; from += tiling.span)
        multiply(from, std::min(out, from + end - begin));
}

} // namespace fastcar::cpu::FASTCAR_SIMD

// SPDX-License-Identifier: Apache-2.0
//
// A panel's outputs (panels.h), each in a lane of its own.
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"
#include "engine/backend/cpu/simd/words.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

constexpr std::int64_t panelBytesAhead = 2048;

/// One number for each of a panel's first `outputs` outputs, zeros behind them.
inline Lanes16 loadOutputs(const float *from, std::int64_t outputs)
{
    if (outputs == panelOutputs)
        return Lanes16::load(from);
    float all[panelOutputs] = {};
    std::copy_n(from, outputs, all);
    return Lanes16::load(all);
}

/// The first `outputs` of a panel's sums, and their bias.
inline void storeOutputs(const Lanes16 &sums, std::int64_t outputs, const float *bias, float *to)
{
    if (outputs == panelOutputs) {
        (bias ? sums + Lanes16::load(bias) : sums).store(to);
        return;
    }
    float all[panelOutputs];
    sums.store(all);
    for (std::int64_t o = 0; o < outputs; ++o)
        to[o] = bias ? all[o] + bias[o] : all[o];
}

/// The panel's first `outputs` outputs for Rows rows of x [.., in]; y[r * yStride] on.
template <DType type, int Rows>
inline void dotPanel(const std::byte *panel, const float *x, std::int64_t in, std::int64_t outputs,
                     const float *bias, float *y, std::int64_t yStride)
{
    constexpr std::int64_t columnBytes = panelOutputs * storedBytes<type>;
    Lanes16 even[std::size_t{Rows}], odd[std::size_t{Rows}];
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r)
        even[r] = odd[r] = Lanes16::zero();
    std::int64_t k = 0;
    for (; k + 2 <= in; k += 2) {
        const std::byte *const at = panel + k * columnBytes;
        if constexpr (Rows <= 2)
#pragma GCC unroll 2
            for (std::int64_t line = 0; line < 2 * columnBytes; line += 64)
                __builtin_prefetch(at + panelBytesAhead + line);
        const auto first = Lanes16::loadStored<type>(at);
        const auto second = Lanes16::loadStored<type>(at + columnBytes);
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r) {
            even[r] = fma(first, Lanes16::all(x[r * in + k]), even[r]);
            odd[r] = fma(second, Lanes16::all(x[r * in + k + 1]), odd[r]);
        }
    }
    if (k < in) {
        const auto last = Lanes16::loadStored<type>(panel + k * columnBytes);
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r)
            even[r] = fma(last, Lanes16::all(x[r * in + k]), even[r]);
    }
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r)
        storeOutputs(even[r] + odd[r], outputs, bias, y + r * yStride);
}

/// Panels whose outputs are computed at once, so that a row's columns are fetched once for all of them, ...
template <int Rows>
constexpr int mostPanelsTogether = !FASTCAR_AVX512 ? 1
                                   : Rows == 1     ? 4
                                   : Rows == 2     ? 3
                                   : Rows == 3     ? 2
                                                   : 1;
/// ... and sums of a row and panel that go on at once: one waits for its own last product.
template <int Rows, int Panels>
constexpr int narrowPanelSums = !FASTCAR_AVX512 || Rows * Panels >= 3 ? 1
                                : Rows * Panels >= 2                  ? 2
                                                                      : 4;

/// total[panel][row] += the same of `Panels` panels of 8 bits that follow each other, `columns` padded.
template <int Rows, int Panels>
inline void dotNarrowPanel(const std::byte *panels, const QuantisedRows &x, std::int64_t firstRow,
                           std::int64_t columns, Lanes16 (&total)[std::size_t{Panels}][std::size_t{Rows}])
{
    constexpr int sumsOfRow = narrowPanelSums<Rows, Panels>;
    constexpr std::int64_t step = 4 * sumsOfRow; // columns; a group is several steps
    static_assert(narrowGroup % step == 0 && wideBlock % wideSumBlock == 0);
    const std::int64_t panelBytes = columns * panelOutputs;
    WideColumns wide[std::size_t{Rows}];
    for (int r = 0; r < Rows; ++r)
        wide[r] = {x.wide(firstRow + r), x.low(firstRow + r), x.high(firstRow + r)};
    for (std::int64_t begin = 0; begin < columns; begin += wideSumBlock) {
        const std::int64_t end = std::min(columns, begin + wideSumBlock);
        FourSums sums[std::size_t{Panels}][std::size_t{sumsOfRow}][std::size_t{Rows}] = {};
        for (std::int64_t k = begin; k < end; k += step) {
            const std::byte *const at = panels + k * panelOutputs;
#pragma GCC unroll 4
            for (int s = 0; s < sumsOfRow; ++s) {
                FourSums::Columns fours[std::size_t{Rows}];
#pragma GCC unroll 6
                for (int r = 0; r < Rows; ++r)
                    fours[r] = FourSums::Columns(wide[r], k + 4 * s);
#pragma GCC unroll 4
                for (int p = 0; p < Panels; ++p) {
                    const std::byte *const weights = at + p * panelBytes + 4 * s * panelOutputs;
                    if constexpr (Rows <= 2)
                        __builtin_prefetch(weights + panelBytesAhead);
                    addFour(sums[p][s], weights, fours);
                }
            }
        }
        const std::int64_t block = begin / wideSumBlock;
#pragma GCC unroll 4
        for (int p = 0; p < Panels; ++p)
#pragma GCC unroll 6
            for (int r = 0; r < Rows; ++r) {
#pragma GCC unroll 4
                for (int s = 1; s < sumsOfRow; ++s)
                    sums[p][0][r].add(sums[p][s][r]);
                total[p][r] = fma(sums[p][0][r].toFloats(x.wideSums(firstRow + r)[block]),
                                  Lanes16::all(x.wideScales(firstRow + r)[begin / wideBlock]), total[p][r]);
            }
    }
}

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD

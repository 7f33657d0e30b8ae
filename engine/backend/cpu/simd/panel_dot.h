// SPDX-License-Identifier: Apache-2.0
//
// A panel's outputs (panels.h), each in a lane of its own.
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"
#include "engine/backend/cpu/simd/words.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

constexpr std::int64_t panelBytesAhead = 2048;

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

/// Columns of which a lane's products fit 32 bits: 512 of 127 x 32767.
constexpr std::int64_t narrowPanelBlock = 512;
/// Sums of a row that go on at once: one waits for its own last product, where that is added as it is made.
template <int Rows>
constexpr int narrowPanelSums = !FASTCAR_AVX512 ? 1
                                : Rows <= 2     ? 4
                                                : 2;

/// The same of a panel in 8 bits, `columns` padded.
template <int Rows>
inline void dotNarrowPanel(const std::byte *panel, const QuantisedRows &x, std::int64_t firstRow,
                           std::int64_t columns, Lanes16 (&total)[std::size_t{Rows}])
{
    constexpr int sumsOfRow = narrowPanelSums<Rows>;
    constexpr std::int64_t step = 2 * sumsOfRow; // columns; a group is several steps
    static_assert(narrowGroup % step == 0 && wideBlock % narrowPanelBlock == 0);
    std::array<const std::int16_t *, std::size_t{Rows}> wide;
    for (int r = 0; r < Rows; ++r)
        wide[static_cast<std::size_t>(r)] = x.wide(firstRow + r);
    for (std::int64_t begin = 0; begin < columns; begin += narrowPanelBlock) {
        const std::int64_t end = std::min(columns, begin + narrowPanelBlock);
        PairSums sums[std::size_t{Rows}][std::size_t{sumsOfRow}] = {};
        for (std::int64_t k = begin; k < end; k += step) {
            const std::byte *const at = panel + k * panelOutputs;
            if constexpr (Rows <= 2)
                for (std::int64_t line = 0; line < step * panelOutputs; line += 64)
                    __builtin_prefetch(at + panelBytesAhead + line);
#pragma GCC unroll 4
            for (int s = 0; s < sumsOfRow; ++s) {
                const PairSums::Weights weights(at + 2 * s * panelOutputs);
#pragma GCC unroll 6
                for (int r = 0; r < Rows; ++r)
                    sums[r][s].add(weights, wide[static_cast<std::size_t>(r)] + k + 2 * s);
            }
        }
        for (int r = 0; r < Rows; ++r) {
            if constexpr (sumsOfRow > 1)
                for (int s = 1; s < sumsOfRow; ++s)
                    sums[r][0].add(sums[r][s]);
            total[r] = fma(sums[r][0].toFloats(), Lanes16::all(x.wideScales(firstRow + r)[begin / wideBlock]),
                           total[r]);
        }
    }
}

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD

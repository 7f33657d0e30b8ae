// SPDX-License-Identifier: Apache-2.0
//
// A panel's outputs (panels.h), each in a lane of its own.
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

constexpr std::int64_t panelBytesAhead = 2048;

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
    for (int r = 0; r < Rows; ++r) {
        Lanes16 sum = even[r] + odd[r];
        float *const to = y + r * yStride;
        if (outputs == panelOutputs) {
            (bias ? sum + Lanes16::load(bias) : sum).store(to);
            continue;
        }
        float all[panelOutputs];
        sum.store(all);
        for (std::int64_t o = 0; o < outputs; ++o)
            to[o] = bias ? all[o] + bias[o] : all[o];
    }
}

} // namespace

} // namespace fastcar::cpu::FASTCAR_SIMD

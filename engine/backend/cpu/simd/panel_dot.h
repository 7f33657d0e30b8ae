// SPDX-License-Identifier: Apache-2.0
//
// A panel's outputs (panels.h), each in a lane of its own.
#pragma once

#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

constexpr std::int64_t panelBytesAhead = 2048;

#if FASTCAR_AVX512

/// One number of each of a panel's outputs.
struct PanelLanes {
    __m512 v;

    static PanelLanes zero() { return {_mm512_setzero_ps()}; }
    static PanelLanes load(const float *from) { return {_mm512_loadu_ps(from)}; }
    void store(float *to) const { _mm512_storeu_ps(to, v); }
    /// Of one column, stored.
    template <DType type>
    static PanelLanes loadWeights(const std::byte *from)
    {
        if constexpr (type == DType::F32)
            return {_mm512_loadu_ps(reinterpret_cast<const float *>(from))};
        const __m256i stored = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from));
        if constexpr (type == DType::F16)
            return {_mm512_cvtph_ps(stored)};
        else
            return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(stored), 16))};
    }
    /// this + weights * x
    PanelLanes plusProduct(const PanelLanes &weights, float x) const
    {
        return {_mm512_fmadd_ps(weights.v, _mm512_set1_ps(x), v)};
    }
    PanelLanes operator+(const PanelLanes &other) const { return {_mm512_add_ps(v, other.v)}; }
};

#else

/// One number of each of a panel's outputs.
struct PanelLanes {
    Vec8 low, high;

    static PanelLanes zero() { return {FASTCAR_SIMD::zero(), FASTCAR_SIMD::zero()}; }
    static PanelLanes load(const float *from)
    {
        return {FASTCAR_SIMD::load(from), FASTCAR_SIMD::load(from + lanes)};
    }
    void store(float *to) const
    {
        FASTCAR_SIMD::store(to, low);
        FASTCAR_SIMD::store(to + lanes, high);
    }
    template <DType type>
    static PanelLanes loadWeights(const std::byte *from)
    {
        constexpr std::int64_t half = lanes * (type == DType::F32 ? 4 : 2);
        return {FASTCAR_SIMD::loadWeights<type>(from), FASTCAR_SIMD::loadWeights<type>(from + half)};
    }
    PanelLanes plusProduct(const PanelLanes &weights, float x) const
    {
        const Vec8 all = broadcast(x);
        return {fma(weights.low, all, low), fma(weights.high, all, high)};
    }
    PanelLanes operator+(const PanelLanes &other) const { return {low + other.low, high + other.high}; }
};

#endif

/// The panel's first `outputs` outputs for Rows rows of x [.., in]; y[r * yStride] on.
template <DType type, int Rows>
inline void dotPanel(const std::byte *panel, const float *x, std::int64_t in, std::int64_t outputs,
                     const float *bias, float *y, std::int64_t yStride)
{
    constexpr std::int64_t columnBytes = panelOutputs * (type == DType::F32 ? 4 : 2);
    PanelLanes even[std::size_t{Rows}], odd[std::size_t{Rows}];
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r)
        even[r] = odd[r] = PanelLanes::zero();
    std::int64_t k = 0;
    for (; k + 2 <= in; k += 2) {
        const std::byte *const at = panel + k * columnBytes;
        if constexpr (Rows <= 2)
#pragma GCC unroll 2
            for (std::int64_t line = 0; line < 2 * columnBytes; line += 64)
                __builtin_prefetch(at + panelBytesAhead + line);
        const auto first = PanelLanes::loadWeights<type>(at);
        const auto second = PanelLanes::loadWeights<type>(at + columnBytes);
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r) {
            even[r] = even[r].plusProduct(first, x[r * in + k]);
            odd[r] = odd[r].plusProduct(second, x[r * in + k + 1]);
        }
    }
    if (k < in) {
        const auto last = PanelLanes::loadWeights<type>(panel + k * columnBytes);
#pragma GCC unroll 6
        for (int r = 0; r < Rows; ++r)
            even[r] = even[r].plusProduct(last, x[r * in + k]);
    }
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r) {
        PanelLanes sum = even[r] + odd[r];
        float *const to = y + r * yStride;
        if (outputs == panelOutputs) {
            (bias ? sum + PanelLanes::load(bias) : sum).store(to);
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

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

void rotate(std::span<const float> from, const float *cosine, const float *sine, std::span<float> to)
{
    const std::int64_t half = static_cast<std::int64_t>(from.size()) / 2;
    const float *const in = from.data();
    float *const out = to.data();
    std::int64_t i = 0;
    for (; i + lanes <= half; i += lanes) {
        const Vec8 first = load(in + i), second = load(in + half + i);
        const Vec8 c = load(cosine + i), s = load(sine + i);
        store(out + i, first * c - second * s);
        store(out + half + i, second * c + first * s);
    }
    for (; i < half; ++i) {
        const float first = in[i], second = in[half + i];
        out[i] = first * cosine[i] - second * sine[i];
        out[half + i] = second * cosine[i] + first * sine[i];
    }
}

} // namespace fastcar::cpu::FASTCAR_SIMD

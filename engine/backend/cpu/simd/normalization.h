// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/activation.h"
#include "engine/backend/cpu/simd/vec8.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

/// sum (x - shift)^2
float squaredDeviation(std::span<const float> x, float shift)
{
    const std::int64_t n = static_cast<std::int64_t>(x.size());
    const Vec8 s = broadcast(shift);
    Vec8 total = zero();
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const Vec8 d = load(x.data() + i) - s;
        total = fma(d, d, total);
    }
    float rest = 0.0f;
    for (; i < n; ++i) {
        const float d = x[static_cast<std::size_t>(i)] - shift;
        rest += d * d;
    }
    return sum(total) + rest;
}

float sumOf(std::span<const float> x)
{
    const std::int64_t n = static_cast<std::int64_t>(x.size());
    Vec8 total = zero();
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes)
        total = total + load(x.data() + i);
    if (i < n)
        total = total + loadFirst(x.data() + i, n - i);
    return sum(total);
}

/// sums[c] = the sum over pixels of f(x[pixel][c]), for eight channels at a time.
template <typename F>
void sumOverPixels(const PixelStretch &pixels, double *sums, F f)
{
    const MatrixView<const float> x = pixels.x;
    for (std::int64_t c = 0; c < x.cols; c += lanes) {
        const std::int64_t n = std::min(lanes, x.cols - c);
        Vec8 total = zero();
        for (std::int64_t p = pixels.begin; p < pixels.end; ++p) {
            const float *from = x.data + p * x.cols + c;
            total = total + f(n == lanes ? load(from) : loadFirst(from, n), c, n);
        }
        float all[lanes];
        store(all, total);
        for (std::int64_t i = 0; i < n; ++i)
            sums[c + i] = static_cast<double>(all[i]);
    }
}

} // namespace

void rmsNorm(std::span<const float> x, std::span<const float> weight, float eps, std::span<float> y)
{
    const float n = static_cast<float>(x.size());
    const float squares = dot(x.data(), x.data(), static_cast<std::int64_t>(x.size()));
    const Vec8 scale = broadcast(1.0f / std::sqrt(squares / n + eps));
    mapLanes(static_cast<std::int64_t>(x.size()), x.data(), weight.data(), y.data(),
             [&](Vec8 a, Vec8 w) { return a * scale * w; });
}

void layerNorm(std::span<const float> x, const Affine &affine, float eps, std::span<float> y)
{
    const float n = static_cast<float>(x.size());
    const float mean = sumOf(x) / n;
    const Vec8 shift = broadcast(mean);
    const Vec8 scale = broadcast(1.0f / std::sqrt(squaredDeviation(x, mean) / n + eps));
    const std::int64_t size = static_cast<std::int64_t>(x.size());
    mapLanes(size, x.data(), affine.weight.data(), y.data(),
             [&](Vec8 a, Vec8 w) { return (a - shift) * scale * w; });
    mapLanes(size, y.data(), affine.bias.data(), y.data(), [](Vec8 a, Vec8 b) { return a + b; });
}

void sumPixels(const PixelStretch &pixels, double *sums)
{
    sumOverPixels(pixels, sums, [](Vec8 v, std::int64_t, std::int64_t) { return v; });
}

void sumSquaredDeviations(const PixelStretch &pixels, const float *mean, double *sums)
{
    sumOverPixels(pixels, sums, [&](Vec8 v, std::int64_t c, std::int64_t n) {
        const Vec8 d = v - (n == lanes ? load(mean + c) : loadFirst(mean + c, n));
        return d * d;
    });
}

void normalisePixels(const PixelStretch &pixels, const GroupNormJob &job, const GroupNormScratch &scratch)
{
    for (std::int64_t p = pixels.begin; p < pixels.end; ++p) {
        const std::span<float> y = job.y.row(p);
        mapLanes(pixels.x.cols, pixels.x.row(p).data(), scratch.scale.data(), y.data(),
                 [](Vec8 a, Vec8 s) { return a * s; });
        add(y, {scratch.shift.data(), y.size()});
        if (job.silu)
            silu(y);
    }
}

} // namespace fastcar::cpu::FASTCAR_SIMD

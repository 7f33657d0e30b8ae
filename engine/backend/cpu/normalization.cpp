// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/normalization.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/vec8.h"

#include <algorithm>
#include <cmath>

namespace fastcar::cpu {

namespace {

constexpr std::int64_t tilePixels = 256;

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
void sumOverPixels(MatrixView<const float> x, std::int64_t begin, std::int64_t end, double *sums, F f)
{
    for (std::int64_t c = 0; c < x.cols; c += lanes) {
        const std::int64_t n = std::min(lanes, x.cols - c);
        Vec8 total = zero();
        for (std::int64_t p = begin; p < end; ++p) {
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

GroupNormScratch::GroupNormScratch(std::int64_t pixels, std::int64_t channels)
    : partial(static_cast<std::size_t>((pixels + tilePixels - 1) / tilePixels * channels))
    , mean(1, channels)
    , scale(1, channels)
    , shift(1, channels)
{
}

// Two passes over the pixels (mean, then squared deviations from it), so that nothing cancels; sums of a tile
// in f32, over the tiles in double, in a fixed order.
void groupNorm(ThreadPool &pool, const GroupNormJob &job, GroupNormScratch &scratch)
{
    const std::int64_t pixels = job.x.rows;
    const std::int64_t channels = job.x.cols;
    const std::int64_t groupSize = channels / job.groups;
    const std::int64_t tiles = (pixels + tilePixels - 1) / tilePixels;
    double *const partial = scratch.partial.data();
    float *const mean = scratch.mean.data();
    float *const scale = scratch.scale.data();
    float *const shift = scratch.shift.data();
    assert(channels % job.groups == 0 && scratch.mean.size() >= static_cast<std::size_t>(channels));
    assert(scratch.partial.size() >= static_cast<std::size_t>(tiles * channels));

    const auto endOf = [&](std::int64_t tile) { return std::min(pixels, (tile + 1) * tilePixels); };
    const auto meanOverGroup = [&](std::int64_t group) {
        double total = 0.0;
        for (std::int64_t tile = 0; tile < tiles; ++tile)
            for (std::int64_t c = group * groupSize; c < (group + 1) * groupSize; ++c)
                total += partial[tile * channels + c];
        return total / static_cast<double>(pixels * groupSize);
    };

    pool.forEachTile(tiles, [&](std::int64_t tile) {
        sumOverPixels(job.x, tile * tilePixels, endOf(tile), partial + tile * channels,
                      [](Vec8 v, std::int64_t, std::int64_t) { return v; });
    });
    for (std::int64_t g = 0; g < job.groups; ++g)
        std::fill_n(mean + g * groupSize, groupSize, static_cast<float>(meanOverGroup(g)));

    pool.forEachTile(tiles, [&](std::int64_t tile) {
        sumOverPixels(job.x, tile * tilePixels, endOf(tile), partial + tile * channels,
                      [&](Vec8 v, std::int64_t c, std::int64_t n) {
                          const Vec8 d = v - (n == lanes ? load(mean + c) : loadFirst(mean + c, n));
                          return d * d;
                      });
    });
    for (std::int64_t g = 0; g < job.groups; ++g) {
        const double deviation = std::sqrt(meanOverGroup(g) + static_cast<double>(job.eps));
        for (std::int64_t c = g * groupSize; c < (g + 1) * groupSize; ++c) {
            const std::size_t i = static_cast<std::size_t>(c);
            scale[c] = job.affine.weight[i] / static_cast<float>(deviation);
            shift[c] = job.affine.bias[i] - mean[c] * scale[c];
        }
    }

    pool.forEachTile(tiles, [&](std::int64_t tile) {
        for (std::int64_t p = tile * tilePixels; p < endOf(tile); ++p) {
            const std::span<float> y = job.y.row(p);
            mapLanes(channels, job.x.row(p).data(), scale, y.data(), [](Vec8 a, Vec8 s) { return a * s; });
            add(y, {shift, y.size()});
            if (job.silu)
                silu(y);
        }
    });
}

} // namespace fastcar::cpu

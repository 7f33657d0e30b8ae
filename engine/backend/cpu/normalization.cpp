// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/normalization.h"

#include "engine/backend/cpu/kernel_table.h"

#include <algorithm>
#include <cmath>

namespace fastcar::cpu {

namespace {

constexpr std::int64_t tilePixels = 256;

} // namespace

void rmsNorm(std::span<const float> x, std::span<const float> weight, float eps, std::span<float> y)
{
    kernels().rmsNorm(x, weight, eps, y);
}

void layerNorm(std::span<const float> x, const Affine &affine, float eps, std::span<float> y)
{
    kernels().layerNorm(x, affine, eps, y);
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

    const auto stretchOf = [&](std::int64_t tile) {
        return PixelStretch{
            .x = job.x, .begin = tile * tilePixels, .end = std::min(pixels, (tile + 1) * tilePixels)};
    };
    const auto meanOverGroup = [&](std::int64_t group) {
        double total = 0.0;
        for (std::int64_t tile = 0; tile < tiles; ++tile)
            for (std::int64_t c = group * groupSize; c < (group + 1) * groupSize; ++c)
                total += partial[tile * channels + c];
        return total / static_cast<double>(pixels * groupSize);
    };

    pool.forEachTile(
        tiles, [&](std::int64_t tile) { kernels().sumPixels(stretchOf(tile), partial + tile * channels); });
    for (std::int64_t g = 0; g < job.groups; ++g)
        std::fill_n(mean + g * groupSize, groupSize, static_cast<float>(meanOverGroup(g)));

    pool.forEachTile(tiles, [&](std::int64_t tile) {
        kernels().sumSquaredDeviations(stretchOf(tile), mean, partial + tile * channels);
    });
    for (std::int64_t g = 0; g < job.groups; ++g) {
        const double deviation = std::sqrt(meanOverGroup(g) + static_cast<double>(job.eps));
        for (std::int64_t c = g * groupSize; c < (g + 1) * groupSize; ++c) {
            const std::size_t i = static_cast<std::size_t>(c);
            scale[c] = job.affine.weight[i] / static_cast<float>(deviation);
            shift[c] = job.affine.bias[i] - mean[c] * scale[c];
        }
    }

    pool.forEachTile(tiles,
                     [&](std::int64_t tile) { kernels().normalisePixels(stretchOf(tile), job, scratch); });
}

} // namespace fastcar::cpu

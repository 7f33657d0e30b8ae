// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/convolution.h"

#include <algorithm>

namespace fastcar::cpu {

namespace {

/// Pixels that are gathered at a time: as many as stay in a core's second-level cache, in threes, as the
/// products want them.
std::int64_t pixelsAtATime(const Convolution &convolution)
{
    constexpr std::int64_t cacheFloats = 96 * 1024;
    const std::int64_t row = convolution.kernel() * convolution.kernel() * convolution.in();
    return std::clamp<std::int64_t>(cacheFloats / row / 3 * 3, 3, 48);
}

/// The 3 x 3 neighbourhood of one pixel of y: 9 * in floats, zeros outside.
void gather(const ConvolutionJob &job, std::int64_t pixel, float *to)
{
    const std::int64_t channels = job.x.channels;
    const int shift = job.doubled ? 1 : 0;
    const int row = static_cast<int>(pixel / job.y.width);
    const int column = static_cast<int>(pixel % job.y.width);
    for (int y = row - 1; y <= row + 1; ++y) {
        if (y < 0 || y >= job.y.height) {
            to = std::fill_n(to, 3 * channels, 0.0f);
            continue;
        }
        const float *const line = job.x.data + (y >> shift) * job.x.width * channels;
        for (int x = column - 1; x <= column + 1; ++x) {
            if (x < 0 || x >= job.y.width)
                to = std::fill_n(to, channels, 0.0f);
            else
                to = std::copy_n(line + (x >> shift) * channels, channels, to);
        }
    }
}

} // namespace

Convolution::Convolution(const ConvWeights &weights)
{
    if (!weights.weight)
        return;
    out_ = weights.weight.shape[0];
    in_ = weights.weight.shape[1];
    kernel_ = static_cast<int>(weights.weight.shape[2]);
    const std::int64_t taps = std::int64_t{kernel_} * kernel_;
    AlignedBuffer stored(static_cast<std::size_t>(weights.weight.elements()));
    convertToF32(weights.weight, stored.all());
    weights_ = AlignedBuffer(out_, taps * in_);
    for (std::int64_t o = 0; o < out_; ++o)
        for (std::int64_t i = 0; i < in_; ++i)
            for (std::int64_t tap = 0; tap < taps; ++tap)
                weights_.data()[(o * taps + tap) * in_ + i] = stored.data()[(o * in_ + i) * taps + tap];
    bias_ = AlignedBuffer(1, out_);
    if (weights.bias)
        convertToF32(weights.bias, bias_.all());
    else
        std::fill_n(bias_.data(), out_, 0.0f);
}

Linear Convolution::linear() const
{
    return {.weight = {.data = reinterpret_cast<const std::byte *>(weights_.data()),
                       .type = DType::F32,
                       .shape = {out_, kernel_ * kernel_ * in_}},
            .bias = bias_.data()};
}

std::int64_t convolutionScratch(const Convolution &convolution)
{
    if (convolution.kernel() == 1)
        return 0; // the pixels are the rows already
    return pixelsAtATime(convolution) * 9 * convolution.in();
}

void convolve(ThreadPool &pool, const ConvolutionJob &job, MatrixView<float> scratch)
{
    assert(job.x.channels == job.convolution.in() && job.y.channels == job.convolution.out());
    assert(job.y.height == (job.doubled ? 2 : 1) * job.x.height &&
           job.y.width == (job.doubled ? 2 : 1) * job.x.width);
    assert(job.convolution.kernel() == 3 || (job.convolution.kernel() == 1 && !job.doubled));
    assert(scratch.cols >= convolutionScratch(job.convolution) && scratch.rows >= pool.threads());
    const Linear linear = job.convolution.linear();
    const std::int64_t step = pixelsAtATime(job.convolution);
    const std::int64_t pixels = job.y.pixels();

    pool.forEachTile((pixels + step - 1) / step, [&](std::int64_t tile, int worker) {
        const std::int64_t begin = tile * step;
        const std::int64_t count = std::min(pixels - begin, step);
        const float *rows = job.x.data + begin * linear.in(); // kernel 1: the pixels themselves
        if (job.convolution.kernel() == 3) {
            float *const gathered = scratch.row(worker).data();
            for (std::int64_t p = 0; p < count; ++p)
                gather(job, begin + p, gathered + p * linear.in());
            rows = gathered;
        }
        matmul({.linear = linear,
                .x = {rows, count, linear.in()},
                .y = {job.y.data + begin * job.y.channels, count, job.y.channels}});
    });
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// Convolutions of the pixel decoder: kernel 1 or 3, stride 1, zero padding that keeps the size, over feature
// maps [height, width, channels]. A tile of pixels is gathered into rows [pixels, 9 * in] and multiplied like
// any other rows. A nearest-neighbour doubling in front of a convolution is part of the gathering: nothing of
// the doubled map is stored.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/thread_pool.h"
#include "engine/checkpoint/model_weights.h"

#include <cstdint>
#include <span>

namespace fastcar::cpu {

/// [height * width, channels], raster order; does not own.
struct FeatureMap {
    float *data = nullptr;
    int height = 0;
    int width = 0;
    std::int64_t channels = 0;

    std::int64_t pixels() const { return std::int64_t{height} * width; }
    MatrixView<float> matrix() const { return {data, pixels(), channels}; }
    std::span<float> all() const { return matrix().all(); }
};

/// Weights as the gathering wants them: f32 [out, kernel * kernel * in], the input channels running fastest.
class Convolution {
public:
    Convolution() = default;
    explicit Convolution(const ConvWeights &weights);

    explicit operator bool() const { return kernel_ != 0; }
    int kernel() const { return kernel_; }
    std::int64_t in() const { return in_; }
    std::int64_t out() const { return out_; }
    Linear linear() const;

private:
    int kernel_ = 0;
    std::int64_t in_ = 0;
    std::int64_t out_ = 0;
    AlignedBuffer weights_, bias_;
};

/// Floats of gathered pixels that one thread needs for `convolution`.
std::int64_t convolutionScratch(const Convolution &convolution);

struct ConvolutionJob {
    const Convolution &convolution;
    FeatureMap x;
    FeatureMap y; // not x; twice the size of x with `doubled`
    bool doubled = false;
};
/// `scratch` [threads, convolutionScratch or more]
void convolve(ThreadPool &pool, const ConvolutionJob &job, MatrixView<float> scratch);

} // namespace fastcar::cpu

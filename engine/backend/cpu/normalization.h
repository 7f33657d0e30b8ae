// SPDX-License-Identifier: Apache-2.0
//
// RMSNorm and LayerNorm of one row, GroupNorm of a feature map. Weights and biases are f32.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/thread_pool.h"
#include "engine/tensor/tensor.h"

#include <span>
#include <vector>

namespace fastcar::cpu {

/// y = x / sqrt(mean(x^2) + eps) * weight. y may be x.
void rmsNorm(std::span<const float> x, std::span<const float> weight, float eps, std::span<float> y);

/// y = (x - mean) / sqrt(variance + eps) * weight + bias. y may be x.
struct Affine {
    std::span<const float> weight, bias;
};
void layerNorm(std::span<const float> x, const Affine &affine, float eps, std::span<float> y);

/// What groupNorm() needs besides, for feature maps of at most the given size.
struct GroupNormScratch {
    GroupNormScratch() = default;
    GroupNormScratch(std::int64_t pixels, std::int64_t channels);

    std::vector<double> partial;      // [tiles of pixels, channels]
    AlignedBuffer mean, scale, shift; // [channels]
};

/// Channels of a feature map [pixels, channels] in equal groups, each normalised over its channels and all
/// pixels; then SiLU, if asked for.
struct GroupNormJob {
    MatrixView<const float> x; // [pixels, channels]
    MatrixView<float> y;       // may be x
    Affine affine;
    int groups = 32;
    float eps = 1e-6f;
    bool silu = false;
};
void groupNorm(ThreadPool &pool, const GroupNormJob &job, GroupNormScratch &scratch);

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// What is compiled once for each level of instructions (simd_level.h), behind pointers. The functions that
// callers know (activation.h, attention.h, matmul.h, ...) go through it; what each does is said there.
//
// simd/*.cpp are the levels. Each includes all headers first, as they are for any processor, and then the
// kernels (simd/*.h) in a namespace of the level, under a pragma that allows the level's instructions: so
// nothing that other files share is ever compiled with them.
#pragma once

#include "engine/backend/cpu/attention.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/matmul_tiling.h"
#include "engine/backend/cpu/normalization.h"

#include <cstdint>
#include <span>

namespace fastcar::cpu {

/// Pixels [begin, end) of a feature map [pixels, channels].
struct PixelStretch {
    MatrixView<const float> x;
    std::int64_t begin = 0, end = 0;
};

struct KernelTable {
    // activation.h
    void (*silu)(std::span<float> x);
    void (*siluTimes)(std::span<float> gate, std::span<const float> up);
    void (*gelu)(std::span<float> x);
    void (*softmax)(std::span<float> x);
    void (*add)(std::span<float> x, std::span<const float> y);
    void (*addScaled)(std::span<float> x, float factor, std::span<const float> y);
    float (*dot)(std::span<const float> a, std::span<const float> b);

    // normalization.h
    void (*rmsNorm)(std::span<const float> x, std::span<const float> weight, float eps, std::span<float> y);
    void (*layerNorm)(std::span<const float> x, const Affine &affine, float eps, std::span<float> y);
    /// sums[c] = the sum over pixels of x[pixel][c], or of its squared distance from mean[c]
    void (*sumPixels)(const PixelStretch &pixels, double *sums);
    void (*sumSquaredDeviations)(const PixelStretch &pixels, const float *mean, double *sums);
    /// y = x * scale + shift of a group norm, then SiLU if it is asked for
    void (*normalisePixels)(const PixelStretch &pixels, const GroupNormJob &job,
                            const GroupNormScratch &scratch);

    // attention.h
    void (*key)(const KvHead &head, std::int64_t position, std::span<float> to);
    void (*append)(const KvHead &head, std::int64_t position, std::span<const float> key,
                   std::span<const float> value);
    void (*attend)(const KvHead &head, std::span<const float> query, const Visible &visible,
                   std::span<float> scratch, AttentionPart &part);
    void (*joinParts)(std::span<const AttentionPart> parts, std::span<float> out);

    /// rope.h: a head turned by the angles of its halves' elements
    void (*rotate)(std::span<const float> from, const float *cosine, const float *sine, std::span<float> to);

    // matmul.h
    void (*matmulTile)(const MatmulJob &job, const Tiling &tiling, std::int64_t tile);
    void (*gatedTile)(const GatedJob &job, const Tiling &tiling, std::int64_t tile);

    // quantised_rows.h: a block of columns; returns what a 1 is worth
    float (*quantiseWide)(std::span<const float> from, const WideRoom &to);
    float (*quantiseNarrow)(std::span<const float> from, std::int8_t *to);
    /// of a group
    std::int32_t (*sumOfGroup)(const std::int8_t *group);

    /// roofline/far_read.h: the sum of four streams of `words` words, `stride` words apart
    std::uint64_t (*readStreams)(const std::uint64_t *from, std::size_t stride, std::size_t words);
    /// roofline/machine_rates.h: `steps` times twelve sums of eight, fused where the level fuses
    float (*multiplyAdds)(int steps, float start);
};

/// Of the level in use, or what useKernels() put in its place.
const KernelTable &kernels();
/// For timing, while no kernel runs: `table` lives until useSimdLevel().
void useKernels(const KernelTable &table);

extern const KernelTable baselineKernels;
#if defined(__x86_64__)
extern const KernelTable avx2Kernels, avx512Kernels;
#elif defined(__aarch64__)
extern const KernelTable neonKernels, neonDotKernels;
#endif

} // namespace fastcar::cpu

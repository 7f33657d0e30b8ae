// SPDX-License-Identifier: Apache-2.0
//
// What the kernels compute, written down as plainly as possible, in double and on one thread: the other side
// of every kernel test. Inputs are the same f32 values as the kernels get; results are allocated and
// returned.
#pragma once

#include "engine/replay/replay_policy.h"
#include "engine/tensor/tensor.h"

#include <span>
#include <vector>

namespace fastcar::reference {

using Values = std::vector<double>;

/// Any stored tensor's elements.
Values valuesOf(const TensorView &tensor);
Values valuesOf(std::span<const float> floats);

/// x [rows, in], weight [out, in], bias [out] or empty -> [rows, out]
struct Matrix {
    std::int64_t rows = 0, cols = 0;
};
Values matmul(const Values &x, Matrix shape, const Values &weight, const Values &bias);

Values silu(const Values &x);
Values gelu(const Values &x);
Values softmax(const Values &x);

Values rmsNorm(const Values &x, const Values &weight, double eps);
Values layerNorm(const Values &x, const Values &weight, const Values &bias, double eps);
/// x [pixels, channels]
Values groupNorm(const Values &x, Matrix shape, int groups, const Values &weight, const Values &bias,
                 double eps);

/// A head [headDim] turned to `position`, rotate-half.
struct Rotation {
    double theta = 10000.0;
    double scaling = 1.0;
};
Values rope(const Values &head, double position, const Rotation &rotation);

/// query [headDim], keys and values [positions, headDim]; the query stands at the last position.
Values attention(const Values &query, const Values &keys, const Values &values, const AttentionSpan &span);

/// A feature map [height, width, channels].
struct Map {
    int height = 0, width = 0, channels = 0;
    Values values;

    double at(int y, int x, int c) const
    {
        return values[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                       static_cast<std::size_t>(x)) *
                          static_cast<std::size_t>(channels) +
                      static_cast<std::size_t>(c)];
    }
};
/// weight [out, in, kernel, kernel], bias [out]
Map convolve(const Map &x, const TensorView &weight, const TensorView &bias);
Map doubled(const Map &x);
Map resizeBilinear(const Map &x, int height, int width);

} // namespace fastcar::reference

// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/reference/reference_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fastcar::reference {

namespace {

std::size_t index(std::int64_t i)
{
    return static_cast<std::size_t>(i);
}

Map emptyMap(int height, int width, int channels)
{
    return {.height = height,
            .width = width,
            .channels = channels,
            .values = Values(index(std::int64_t{height} * width * channels))};
}

} // namespace

Values valuesOf(const TensorView &tensor)
{
    if (!tensor)
        return {};
    std::vector<float> floats(index(tensor.elements()));
    convertToF32(tensor, floats);
    return Values(floats.begin(), floats.end());
}

Values valuesOf(std::span<const float> floats)
{
    return Values(floats.begin(), floats.end());
}

Values matmul(const Values &x, Matrix shape, const Values &weight, const Values &bias)
{
    const std::int64_t in = shape.cols;
    const std::int64_t out = static_cast<std::int64_t>(weight.size()) / in;
    Values y(index(shape.rows * out));
    for (std::int64_t r = 0; r < shape.rows; ++r) {
        for (std::int64_t o = 0; o < out; ++o) {
            double sum = bias.empty() ? 0.0 : bias[index(o)];
            for (std::int64_t i = 0; i < in; ++i)
                sum += x[index(r * in + i)] * weight[index(o * in + i)];
            y[index(r * out + o)] = sum;
        }
    }
    return y;
}

Values silu(const Values &x)
{
    Values y;
    for (const double v : x)
        y.push_back(v / (1.0 + std::exp(-v)));
    return y;
}

Values gelu(const Values &x)
{
    Values y;
    for (const double v : x)
        y.push_back(0.5 * v * std::erfc(-v / std::sqrt(2.0)));
    return y;
}

Values softmax(const Values &x)
{
    const double top = *std::max_element(x.begin(), x.end());
    Values y;
    double sum = 0.0;
    for (const double v : x)
        sum += y.emplace_back(std::exp(v - top));
    for (double &v : y)
        v /= sum;
    return y;
}

Values rmsNorm(const Values &x, const Values &weight, double eps)
{
    double squares = 0.0;
    for (const double v : x)
        squares += v * v;
    Values y;
    for (std::size_t i = 0; i < x.size(); ++i)
        y.push_back(x[i] / std::sqrt(squares / static_cast<double>(x.size()) + eps) * weight[i]);
    return y;
}

Values layerNorm(const Values &x, const Values &weight, const Values &bias, double eps)
{
    // One group over one pixel.
    const std::int64_t width = static_cast<std::int64_t>(x.size());
    return groupNorm(x, {.rows = 1, .cols = width}, 1, weight, bias, eps);
}

Values groupNorm(const Values &x, Matrix shape, int groups, const Values &weight, const Values &bias,
                 double eps)
{
    const std::int64_t size = shape.cols / groups;
    const double count = static_cast<double>(shape.rows * size);
    Values y(x.size());
    for (std::int64_t g = 0; g < groups; ++g) {
        const auto overGroup = [&](auto visit) {
            for (std::int64_t p = 0; p < shape.rows; ++p)
                for (std::int64_t c = g * size; c < (g + 1) * size; ++c)
                    visit(index(p * shape.cols + c), index(c));
        };
        double mean = 0.0;
        overGroup([&](std::size_t at, std::size_t) { mean += x[at] / count; });
        double variance = 0.0;
        overGroup([&](std::size_t at, std::size_t) { variance += (x[at] - mean) * (x[at] - mean) / count; });
        overGroup([&](std::size_t at, std::size_t c) {
            y[at] = (x[at] - mean) / std::sqrt(variance + eps) * weight[c] + bias[c];
        });
    }
    return y;
}

Values rope(const Values &head, double position, const Rotation &rotation)
{
    const std::size_t half = head.size() / 2;
    Values y(head.size());
    for (std::size_t i = 0; i < half; ++i) {
        const double angle = position / rotation.scaling *
                             std::pow(rotation.theta, -static_cast<double>(i) / static_cast<double>(half));
        y[i] = head[i] * std::cos(angle) - head[i + half] * std::sin(angle);
        y[i + half] = head[i + half] * std::cos(angle) + head[i] * std::sin(angle);
    }
    return y;
}

Values attention(const Values &query, const Values &keys, const Values &values, const AttentionSpan &span)
{
    const std::size_t headDim = query.size();
    const std::int64_t positions = static_cast<std::int64_t>(keys.size() / headDim);
    Values scores;
    for (std::int64_t p = 0; p < positions; ++p) {
        const bool seen = !span.windowed || p < span.sinks || p >= positions - span.window;
        double score = 0.0;
        for (std::size_t d = 0; d < headDim; ++d)
            score += query[d] * keys[index(p) * headDim + d];
        scores.push_back(seen ? score / std::sqrt(static_cast<double>(headDim))
                              : -std::numeric_limits<double>::infinity());
    }
    const Values weights = softmax(scores);
    Values out(headDim);
    for (std::size_t p = 0; p < weights.size(); ++p)
        for (std::size_t d = 0; d < headDim; ++d)
            out[d] += weights[p] * values[p * headDim + d];
    return out;
}

Map convolve(const Map &x, const TensorView &weight, const TensorView &bias)
{
    const int out = static_cast<int>(weight.shape[0]);
    const int kernel = static_cast<int>(weight.shape[2]);
    const Values w = valuesOf(weight);
    const Values b = valuesOf(bias);
    Map y = emptyMap(x.height, x.width, out);
    std::size_t at = 0;
    for (int row = 0; row < x.height; ++row) {
        for (int column = 0; column < x.width; ++column) {
            for (int o = 0; o < out; ++o) {
                double sum = b.empty() ? 0.0 : b[index(o)];
                for (int i = 0; i < x.channels; ++i) {
                    for (int tap = 0; tap < kernel * kernel; ++tap) {
                        const int fromRow = row + tap / kernel - kernel / 2;
                        const int fromColumn = column + tap % kernel - kernel / 2;
                        if (fromRow < 0 || fromRow >= x.height || fromColumn < 0 || fromColumn >= x.width)
                            continue;
                        sum += x.at(fromRow, fromColumn, i) *
                               w[index((std::int64_t{o} * x.channels + i) * kernel * kernel + tap)];
                    }
                }
                y.values[at++] = sum;
            }
        }
    }
    return y;
}

Map doubled(const Map &x)
{
    Map y = emptyMap(2 * x.height, 2 * x.width, x.channels);
    std::size_t at = 0;
    for (int row = 0; row < y.height; ++row)
        for (int column = 0; column < y.width; ++column)
            for (int c = 0; c < y.channels; ++c)
                y.values[at++] = x.at(row / 2, column / 2, c);
    return y;
}

Map resizeBilinear(const Map &x, int height, int width)
{
    Map y = emptyMap(height, width, x.channels);
    std::size_t at = 0;
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) {
            const double v = std::max(0.0, (row + 0.5) * x.height / height - 0.5);
            const double h = std::max(0.0, (column + 0.5) * x.width / width - 0.5);
            const int top = static_cast<int>(v), left = static_cast<int>(h);
            const int bottom = std::min(top + 1, x.height - 1), right = std::min(left + 1, x.width - 1);
            const double down = v - top, across = h - left;
            for (int c = 0; c < x.channels; ++c)
                y.values[at++] =
                    (1.0 - down) * ((1.0 - across) * x.at(top, left, c) + across * x.at(top, right, c)) +
                    down * ((1.0 - across) * x.at(bottom, left, c) + across * x.at(bottom, right, c));
        }
    }
    return y;
}

} // namespace fastcar::reference

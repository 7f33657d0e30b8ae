// SPDX-License-Identifier: Apache-2.0
//
// The window is a product of a row and a column, so rows are filtered first, and only as many filtered rows
// are kept as the window is high.
#include "engine/quality/structural_similarity.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <span>
#include <vector>

namespace fastcar {

namespace {

constexpr int windowSide = 11;
constexpr double sigma = 1.5;
constexpr double c1 = (0.01 * 255.0) * (0.01 * 255.0);
constexpr double c2 = (0.03 * 255.0) * (0.03 * 255.0);

/// What is filtered: a, b, a^2, b^2, a b.
constexpr int planes = 5;
using Moments = std::array<double, planes>;

std::vector<double> gaussian(int side)
{
    std::vector<double> weights;
    double sum = 0.0;
    for (int i = 0; i < side; ++i) {
        const double x = i - 0.5 * (side - 1);
        weights.push_back(std::exp(-x * x / (2.0 * sigma * sigma)));
        sum += weights.back();
    }
    for (double &weight : weights)
        weight /= sum;
    return weights;
}

double lumaAt(const Frame &frame, int x, int y)
{
    const std::uint8_t *rgb =
        frame.rgb.data() +
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) + static_cast<std::size_t>(x)) *
            3;
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

double similarity(const Moments &m)
{
    const auto [a, b, aa, bb, ab] = m;
    const double varianceA = aa - a * a, varianceB = bb - b * b, covariance = ab - a * b;
    return (2.0 * a * b + c1) * (2.0 * covariance + c2) /
           ((a * a + b * b + c1) * (varianceA + varianceB + c2));
}

/// The windowed sums of one row of both pictures.
class RowFilter {
public:
    explicit RowFilter(int width)
        : weights_(gaussian(std::min(windowSide, width)))
        , products_(static_cast<std::size_t>(width))
    {
    }

    std::size_t places() const { return products_.size() - weights_.size() + 1; }

    void filter(const Frame &a, const Frame &b, int y, std::span<Moments> sums)
    {
        for (int x = 0; x < a.width; ++x) {
            const double lumaA = lumaAt(a, x, y), lumaB = lumaAt(b, x, y);
            products_[static_cast<std::size_t>(x)] = {lumaA, lumaB, lumaA * lumaA, lumaB * lumaB,
                                                      lumaA * lumaB};
        }
        for (std::size_t x = 0; x < sums.size(); ++x) {
            sums[x] = {};
            for (std::size_t i = 0; i < weights_.size(); ++i)
                for (std::size_t plane = 0; plane < planes; ++plane)
                    sums[x][plane] += weights_[i] * products_[x + i][plane];
        }
    }

private:
    std::vector<double> weights_;
    std::vector<Moments> products_; // [width]
};

} // namespace

double structuralSimilarity(const Frame &a, const Frame &b)
{
    assert(a.width == b.width && a.height == b.height && !a.rgb.empty());
    RowFilter rows(a.width);
    const std::vector<double> weights = gaussian(std::min(windowSide, a.height));
    const int side = static_cast<int>(weights.size());
    std::vector<std::vector<Moments>> kept(weights.size(), std::vector<Moments>(rows.places())); // row % side
    double sum = 0.0;
    for (int y = 0; y < a.height; ++y) {
        rows.filter(a, b, y, kept[static_cast<std::size_t>(y % side)]);
        if (y < side - 1)
            continue;
        for (std::size_t x = 0; x < rows.places(); ++x) {
            Moments moments{};
            for (int i = 0; i < side; ++i) {
                const Moments &row = kept[static_cast<std::size_t>((y - side + 1 + i) % side)][x];
                for (std::size_t plane = 0; plane < planes; ++plane)
                    moments[plane] += weights[static_cast<std::size_t>(i)] * row[plane];
            }
            sum += similarity(moments);
        }
    }
    return sum / (static_cast<double>(rows.places()) * (a.height - side + 1));
}

} // namespace fastcar

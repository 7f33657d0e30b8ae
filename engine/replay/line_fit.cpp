// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/line_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fastcar {

namespace {

using Values = StepLine::Values;

/// The inverse of the rows and columns of `a` that are in `used`, 0 elsewhere; false: they depend on each
/// other. Gauss-Jordan on a matrix that is scaled to ones on its diagonal.
bool invert(const StepLine::Matrix &a, std::span<const StepColumn> used, StepLine::Matrix &inverse)
{
    constexpr double dependent = 1e-9;
    StepLine::Matrix left{}, right{};
    for (const StepColumn i : used) {
        for (const StepColumn j : used)
            left[i][j] = a[i][j] / std::sqrt(a[i][i] * a[j][j]);
        right[i][i] = 1.0;
    }
    for (const StepColumn pivot : used) {
        const double value = left[pivot][pivot];
        if (!(value > dependent))
            return false;
        for (const StepColumn j : used) {
            left[pivot][j] /= value;
            right[pivot][j] /= value;
        }
        for (const StepColumn i : used) {
            const double factor = i == pivot ? 0.0 : left[i][pivot];
            for (const StepColumn j : used) {
                left[i][j] -= factor * left[pivot][j];
                right[i][j] -= factor * right[pivot][j];
            }
        }
    }
    for (const StepColumn i : used)
        for (const StepColumn j : used)
            inverse[i][j] = right[i][j] / std::sqrt(a[i][i] * a[j][j]);
    return true;
}

double dot(const Values &a, const Values &b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

double StepLine::at(const Values &x) const
{
    return dot(b, x);
}

double StepLine::errorAt(const Values &x) const
{
    double square = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i)
        square += x[i] * dot(inverse[i], x);
    return scatter * std::sqrt(std::max(0.0, square));
}

bool StepLine::isClear(StepColumn column) const
{
    constexpr double standardErrors = 2.0;
    return b[column] > standardErrors * scatter * std::sqrt(inverse[column][column]);
}

std::optional<StepLine> leastSquares(std::span<const StepSample> samples, std::span<const StepColumn> used)
{
    StepLine::Matrix products{};
    Values moments{};
    for (const StepSample &sample : samples)
        for (const StepColumn i : used) {
            moments[i] += sample.x[i] * sample.y;
            for (const StepColumn j : used)
                products[i][j] += sample.x[i] * sample.x[j];
        }
    StepLine line;
    if (samples.size() <= used.size() + 1 || !invert(products, used, line.inverse))
        return std::nullopt;
    for (const StepColumn i : used)
        line.b[i] = dot(line.inverse[i], moments);
    double squares = 0.0;
    for (const StepSample &sample : samples)
        squares += (sample.y - line.at(sample.x)) * (sample.y - line.at(sample.x));
    line.samples = static_cast<int>(samples.size());
    line.scatter = std::sqrt(squares / static_cast<double>(samples.size() - used.size()));
    return line;
}

std::optional<StepLine> robustLine(std::span<const StepSample> samples, std::span<const StepColumn> used)
{
    constexpr int rounds = 3;
    constexpr double far = 4.0 * 1.4826; // standard deviations, as the median tells them
    std::vector<StepSample> kept(samples.begin(), samples.end());
    std::optional<StepLine> line = leastSquares(kept, used);
    std::vector<double> distances;
    for (int round = 0; line && round < rounds; ++round) {
        const auto distance = [&](const StepSample &sample) {
            return std::abs(sample.y - line->at(sample.x));
        };
        distances.clear();
        std::ranges::transform(samples, std::back_inserter(distances), distance);
        const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
        std::ranges::nth_element(distances, middle);
        const double limit = far * *middle;
        kept.clear();
        std::ranges::copy_if(samples, std::back_inserter(kept),
                             [&](const StepSample &sample) { return distance(sample) <= limit; });
        line = leastSquares(kept, used);
    }
    return line;
}

} // namespace fastcar

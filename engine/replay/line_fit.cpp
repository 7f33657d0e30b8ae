// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/line_fit.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace fastcar {

namespace {

using Values = StepLine::Values;

/// The inverse of the rows and columns of `a` that are in `used`, 0 elsewhere; false: they depend on each
/// other. Solved with ones on the diagonal, so that "depend" does not hang on anybody's units.
bool invert(const StepLine::Matrix &a, std::span<const StepColumn> used, StepLine::Matrix &inverse)
{
    constexpr double dependent = 1e-9;
    constexpr int most = std::tuple_size_v<StepLine::Matrix>;
    using Small = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, most, most>;
    const auto size = static_cast<Eigen::Index>(used.size());
    const auto column = [&](Eigen::Index i) { return used[static_cast<std::size_t>(i)]; };
    const auto scale = [&](Eigen::Index i, Eigen::Index j) {
        return std::sqrt(a[column(i)][column(i)] * a[column(j)][column(j)]);
    };
    Eigen::FullPivLU<Small> factors(Small::NullaryExpr(
        size, size, [&](Eigen::Index i, Eigen::Index j) { return a[column(i)][column(j)] / scale(i, j); }));
    factors.setThreshold(dependent);
    if (!factors.isInvertible())
        return false;
    const Small scaled = factors.inverse();
    for (Eigen::Index i = 0; i < size; ++i)
        for (Eigen::Index j = 0; j < size; ++j)
            inverse[column(i)][column(j)] = scaled(i, j) / scale(i, j);
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

StepLine operator+(const StepLine &a, const StepLine &b)
{
    const double square = a.scatter * a.scatter + b.scatter * b.scatter;
    const double ofA = square > 0.0 ? a.scatter * a.scatter / square : 0.0;
    StepLine sum{.scatter = std::sqrt(square), .samples = std::min(a.samples, b.samples)};
    for (std::size_t i = 0; i < sum.b.size(); ++i) {
        sum.b[i] = a.b[i] + b.b[i];
        for (std::size_t j = 0; j < sum.b.size(); ++j)
            sum.inverse[i][j] = ofA * a.inverse[i][j] + (1.0 - ofA) * b.inverse[i][j];
    }
    return sum;
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

// SPDX-License-Identifier: Apache-2.0
//
// Least squares over what a step has to do: the arithmetic of step_cost.h.
#pragma once

#include <array>
#include <optional>
#include <span>

namespace fastcar {

enum StepColumn { Base, Position, LayersRead, RowsComputed };

struct StepLine {
    using Values = std::array<double, 4>; // by StepColumn
    using Matrix = std::array<Values, 4>;

    Values b{};
    Matrix inverse{};     // of the sums of products: times the scatter's square, b's covariance
    double scatter = 0.0; // standard deviation of a sample around the line
    int samples = 0;

    double at(const Values &x) const;
    /// One standard error of at().
    double errorAt(const Values &x) const;
    /// Is b of this column larger than chance would have it?
    bool isClear(StepColumn column) const;
};

struct StepSample {
    StepLine::Values x;
    double y = 0.0;
};

/// The line of a sum of two parts that scatter by themselves.
StepLine operator+(const StepLine &a, const StepLine &b);

/// In the columns of `used`; nothing where they depend on each other, or samples are too few.
std::optional<StepLine> leastSquares(std::span<const StepSample> samples, std::span<const StepColumn> used);
/// The same without the samples that lie far from the line, as those of a pause do.
std::optional<StepLine> robustLine(std::span<const StepSample> samples, std::span<const StepColumn> used);

} // namespace fastcar

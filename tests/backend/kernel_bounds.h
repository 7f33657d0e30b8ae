// SPDX-License-Identifier: Apache-2.0
//
// What a kernel's result may be off from its reference in double: bounds on what rounding can do, not
// measured figures.
#pragma once

#include "engine/backend/reference/reference_kernels.h"
#include "engine/tensor/tensor.h"

#include <QTest>

#include <cmath>
#include <span>
#include <vector>

namespace fastcar {

using reference::Values;

inline constexpr double unit = 0x1p-24; // half an ulp, relative: what one rounding costs

/// A sum of n products in `parts` sums, eight lanes or a panel's two: every term meets at most n / parts + 3
/// additions, and one rounding of its own.
inline double sumTolerance(std::int64_t n, double magnitudes, double parts = 8.0)
{
    return (static_cast<double>(n) / parts + 5.0) * unit * magnitudes;
}

inline void compare(std::span<const float> actual, const Values &expected, const Values &tolerance)
{
    QCOMPARE(actual.size(), expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double difference = std::abs(static_cast<double>(actual[i]) - expected[i]);
        if (!(difference <= tolerance[i]))
            QFAIL(qPrintable(QString("element %1: %2 instead of %3, allowed were %4")
                                 .arg(i)
                                 .arg(static_cast<double>(actual[i]), 0, 'g', 10)
                                 .arg(expected[i], 0, 'g', 10)
                                 .arg(tolerance[i])));
    }
}

inline void compare(std::span<const float> actual, const Values &expected, double tolerance)
{
    compare(actual, expected, Values(expected.size(), tolerance));
}

inline Values absolutes(Values values)
{
    for (double &v : values)
        v = std::abs(v);
    return values;
}

inline MatrixView<float> matrix(std::vector<float> &values, std::int64_t rows)
{
    return {values.data(), rows, static_cast<std::int64_t>(values.size()) / rows};
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/axis_scale.h"

#include <cmath>
#include <initializer_list>

namespace fastcar::ui {

namespace {

double leastOf(std::initializer_list<double> digits, double value)
{
    constexpr double slack = 1.0 + 1e-9; // of what was computed to be just that number
    if (value <= 0.0)
        return 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double digit : digits)
        if (value <= digit * power * slack)
            return digit * power;
    return 10.0 * power;
}

} // namespace

double roundedUp(double value)
{
    return leastOf({1.0, 2.0, 4.0, 6.0, 8.0}, value);
}

double tickStepUp(double value)
{
    return leastOf({1.0, 2.0, 5.0}, value);
}

} // namespace fastcar::ui

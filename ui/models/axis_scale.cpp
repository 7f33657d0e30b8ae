// SPDX-License-Identifier: Apache-2.0
#include "ui/models/axis_scale.h"

#include <cmath>
#include <initializer_list>

namespace fastcar::ui {

double roundedUp(double value)
{
    constexpr double slack = 1.0 + 1e-9; // of what was computed to be just that number
    if (value <= 0.0)
        return 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 6.0, 8.0})
        if (value <= step * power * slack)
            return step * power;
    return 10.0 * power;
}

} // namespace fastcar::ui

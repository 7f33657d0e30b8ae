// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/scale.h"

#include <cassert>
#include <cmath>

namespace fastcar::fpga {

Scale scaleOf(double value)
{
    assert(value >= 0.0 && std::isfinite(value));
    if (value == 0.0)
        return {};
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent); // in [0.5, 1)
    return normalise(static_cast<std::uint64_t>(std::llround(std::ldexp(fraction, 16))), exponent - 16);
}

double valueOf(Scale scale)
{
    return std::ldexp(static_cast<double>(scale.mantissa), scale.exponent);
}

std::int32_t fixedOf(double value)
{
    if (std::isnan(value))
        return 0;
    const double scaled = std::ldexp(value, fractionBits);
    if (scaled >= 2147483647.0)
        return std::numeric_limits<std::int32_t>::max();
    if (scaled <= -2147483648.0)
        return std::numeric_limits<std::int32_t>::min();
    return static_cast<std::int32_t>(std::llround(scaled));
}

} // namespace fastcar::fpga

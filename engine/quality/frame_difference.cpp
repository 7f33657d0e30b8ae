// SPDX-License-Identifier: Apache-2.0
#include "engine/quality/frame_difference.h"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

namespace fastcar {

FrameDifference frameDifference(const Frame &a, const Frame &b)
{
    assert(a.width == b.width && a.height == b.height && !a.rgb.empty());
    std::uint64_t squared = 0; // whole numbers: sums do not depend on the order
    std::uint64_t absolute = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i) {
        const int difference = a.rgb[i] - b.rgb[i];
        squared += static_cast<std::uint64_t>(difference * difference);
        absolute += static_cast<std::uint64_t>(difference < 0 ? -difference : difference);
    }
    const auto values = static_cast<double>(a.rgb.size());
    return {static_cast<double>(squared) / values, static_cast<double>(absolute) / values};
}

double peakSignalToNoise(double meanSquared)
{
    if (meanSquared == 0.0)
        return std::numeric_limits<double>::infinity();
    return 10.0 * std::log10(255.0 * 255.0 / meanSquared);
}

} // namespace fastcar

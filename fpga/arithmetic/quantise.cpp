// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/quantise.h"

#include <algorithm>
#include <cassert>

namespace fastcar::fpga {

Quantiser quantiserFor(std::uint32_t largest)
{
    if (largest == 0)
        return {};
    const int zeros = std::countl_zero(largest);
    const auto mantissa = static_cast<std::uint32_t>(((std::uint64_t{largest} << zeros) + 0xffff) >> 16);
    return {.factor = (127u << 24) / mantissa,
            .shift = 40 - zeros,
            .scale = normalise(std::uint64_t{mantissa} * 33026, (16 - zeros) - 22)}; // 33026 = 2^22 / 127, up
}

Scale quantise(std::span<const std::int32_t> t, std::span<std::int8_t> q)
{
    assert(t.size() == q.size());
    std::uint32_t largest = 0;
    for (const std::int32_t value : t)
        largest = std::max(largest, magnitude(value));
    const Quantiser quantiser = quantiserFor(largest);
    for (std::size_t i = 0; i < t.size(); ++i)
        q[i] = quantiser(t[i]);
    return quantiser.scale;
}

} // namespace fastcar::fpga

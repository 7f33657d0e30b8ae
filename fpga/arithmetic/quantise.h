// SPDX-License-Identifier: Apache-2.0
//
// Vectors of int32 to int8 with one Scale: how activations, queries, keys and values go into integer products
// (docs/accelerator.md, "Quantise").
#pragma once

#include "fpga/arithmetic/scale.h"

#include <span>

namespace fastcar::fpga {

/// What quantises a vector whose largest magnitude is known.
struct Quantiser {
    std::uint32_t factor = 0; // R
    int shift = 0;            // n
    Scale scale;              // the worth of one step in units of the input

    std::int8_t operator()(std::int32_t t) const
    {
        if (factor == 0)
            return 0;
        const std::int64_t q = (std::int64_t{t} * factor + (std::int64_t{1} << (shift - 1))) >> shift;
        return static_cast<std::int8_t>(q < -127 ? -127 : q > 127 ? 127 : q);
    }
};

constexpr std::uint32_t magnitude(std::int32_t t)
{
    return t == std::numeric_limits<std::int32_t>::min() ? 0x7fffffffu
                                                         : static_cast<std::uint32_t>(t < 0 ? -t : t);
}

/// `largest`: max of magnitude(t).
Quantiser quantiserFor(std::uint32_t largest);

/// t [n] -> q [n]; returns the worth of one q in units of t.
Scale quantise(std::span<const std::int32_t> t, std::span<std::int8_t> q);

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// 1 / n and 1 / sqrt(n) as Scales, by an integer square root and one division, as the circuit's sequential
// units do them (docs/accelerator.md, "Numbers").
#pragma once

#include "fpga/arithmetic/scale.h"

namespace fastcar::fpga {

/// floor(sqrt(n)), n below 2^32.
constexpr std::uint32_t integerRoot(std::uint64_t n)
{
    std::uint64_t root = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 15; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= n)
            root += bit;
    return static_cast<std::uint32_t>(root);
}

/// 1 / sqrt(n), n >= 1.
constexpr Scale reciprocalRoot(std::uint64_t n)
{
    const auto bits = static_cast<int>(std::bit_width(n));
    const int j = bits <= 32 ? (32 - bits) / 2 : -((bits - 31) / 2);
    const std::uint64_t even = j >= 0 ? n << (2 * j) : n >> (-2 * j); // in [2^30, 2^32)
    return {static_cast<std::uint16_t>(0x7fffffffu / integerRoot(even)), static_cast<std::int16_t>(j - 31)};
}

/// 1 / n, n >= 1.
constexpr Scale reciprocal(std::uint32_t n)
{
    const int zeros = std::countl_zero(n);
    const std::uint32_t mantissa = (n << zeros) >> 16;
    return {static_cast<std::uint16_t>(0x7fffffffu / mantissa), static_cast<std::int16_t>(zeros - 47)};
}

} // namespace fastcar::fpga

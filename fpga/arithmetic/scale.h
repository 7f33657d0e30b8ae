// SPDX-License-Identifier: Apache-2.0
//
// The accelerator's numbers (docs/accelerator.md, "Numbers"): fixed point Q16 in 32 bits, and Scales, which
// are positive numbers of 16 significant bits and a power of two. Everything is integer and exact: the
// circuit computes the same bits.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace fastcar::fpga {

/// mantissa * 2^exponent; the mantissa is 0 or in [2^15, 2^16).
struct Scale {
    std::uint16_t mantissa = 0;
    std::int16_t exponent = 0;

    bool operator==(const Scale &) const = default;
};

inline constexpr int fractionBits = 16; // of the residual stream, of matrix results, of TAS

constexpr std::int32_t saturate(std::int64_t value)
{
    constexpr std::int64_t least = std::numeric_limits<std::int32_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(value < least ? least : value > most ? most : value);
}

constexpr std::int32_t addSaturated(std::int32_t a, std::int32_t b)
{
    return saturate(std::int64_t{a} + b);
}

/// The 16 leading bits of `value` (below 2^48) times 2^exponent; what follows them is cut off.
constexpr Scale normalise(std::uint64_t value, int exponent)
{
    if (value == 0)
        return {};
    const int shift = static_cast<int>(std::bit_width(value)) - 16;
    const std::uint64_t mantissa = shift >= 0 ? value >> shift : value << -shift;
    return {static_cast<std::uint16_t>(mantissa), static_cast<std::int16_t>(exponent + shift)};
}

constexpr Scale multiply(Scale a, Scale b)
{
    return normalise(std::uint64_t{a.mantissa} * b.mantissa, a.exponent + b.exponent);
}

/// value * scale in Q16, rounded half up, saturated; `value` has at most 40 bits.
constexpr std::int32_t toFixed(std::int64_t value, Scale scale)
{
    if (value == 0 || scale.mantissa == 0)
        return 0;
    const int shift = -(scale.exponent + fractionBits);
    if (shift < 1)
        return value < 0 ? std::numeric_limits<std::int32_t>::min()
                         : std::numeric_limits<std::int32_t>::max();
    if (shift > 62)
        return 0;
    return saturate((value * scale.mantissa + (std::int64_t{1} << (shift - 1))) >> shift);
}

/// How a Scale lies in the card's memory.
constexpr std::uint32_t packed(Scale scale)
{
    return std::uint32_t{scale.mantissa} | (std::uint32_t{static_cast<std::uint16_t>(scale.exponent)} << 16);
}

constexpr Scale unpackedScale(std::uint32_t word)
{
    return {static_cast<std::uint16_t>(word), static_cast<std::int16_t>(word >> 16)};
}

/// The nearest Scale of a number that is not negative; for constants and weights, on the host.
Scale scaleOf(double value);
double valueOf(Scale scale);

/// Host numbers to Q16 and back.
std::int32_t fixedOf(double value);
constexpr float floatOf(std::int32_t fixed)
{
    return static_cast<float>(fixed) * (1.0f / 65536.0f);
}

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/norm.h"

#include "fpga/arithmetic/quantise.h"
#include "fpga/arithmetic/roots.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace fastcar::fpga {

namespace {

/// How a vector is brought to 16 bits, and the worth of one unit of (x >> shift) * w.
struct Unit {
    int shift = 0;
    Scale worth;
};

Unit unitOf(const Norm &norm, std::span<const std::int32_t> x)
{
    std::uint32_t largest = 0;
    for (const std::int32_t value : x)
        largest = std::max(largest, magnitude(value));
    const int shift = std::max(0, static_cast<int>(std::bit_width(largest)) - 15);
    std::uint64_t squares = 0;
    for (const std::int32_t value : x) {
        const std::int64_t narrow = value >> shift;
        squares += static_cast<std::uint64_t>(narrow * narrow);
    }
    const std::uint64_t n = std::max<std::uint64_t>(1, squares + (norm.epsilon >> (2 * shift)));
    return {.shift = shift, .worth = multiply(reciprocalRoot(n), norm.constant)};
}

} // namespace

Norm Norm::of(std::span<const float> weights, float eps)
{
    float largest = 0.0f;
    for (const float w : weights)
        largest = std::max(largest, std::abs(w));
    int exponent = 0;
    std::frexp(largest, &exponent); // largest < 2^exponent
    exponent -= 15;
    Norm norm;
    norm.weights.reserve(weights.size());
    for (const float w : weights)
        norm.weights.push_back(static_cast<std::int16_t>(
            std::clamp<long>(std::lround(std::ldexp(w, -exponent)), -32767, 32767)));
    const auto width = static_cast<double>(weights.size());
    norm.constant = scaleOf(std::ldexp(std::sqrt(width), exponent));
    norm.epsilon = static_cast<std::uint64_t>(std::llround(std::ldexp(double{eps} * width, 32)));
    return norm;
}

Scale normQuantised(const Norm &norm, std::span<const std::int32_t> x, std::span<std::int8_t> q)
{
    assert(x.size() == norm.weights.size() && q.size() == x.size());
    const Unit unit = unitOf(norm, x);
    const auto product = [&](std::size_t i) { return (x[i] >> unit.shift) * norm.weights[i]; };
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        largest = std::max(largest, magnitude(product(i)));
    const Quantiser quantiser = quantiserFor(largest);
    for (std::size_t i = 0; i < x.size(); ++i)
        q[i] = quantiser(product(i));
    return multiply(unit.worth, quantiser.scale);
}

void normFixed(const Norm &norm, std::span<const std::int32_t> x, std::span<std::int32_t> y)
{
    assert(x.size() == norm.weights.size() && y.size() == x.size());
    const Unit unit = unitOf(norm, x);
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = toFixed((x[i] >> unit.shift) * norm.weights[i], unit.worth);
}

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/attention.h"

#include "fpga/arithmetic/activation.h"
#include "fpga/arithmetic/roots.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace fastcar::fpga {

namespace {

template <typename Body>
void forEachVisible(const Visible &visible, Body body)
{
    for (int p = 0; p < visible.sinks; ++p)
        body(p);
    for (int p = visible.from; p < visible.end; ++p)
        body(p);
}

} // namespace

AttentionConstants AttentionConstants::of(int heads, int headDim)
{
    const double root = std::sqrt(static_cast<double>(headDim));
    return {.attention = scaleOf(std::ldexp(std::numbers::log2e / root, -32)),
            .tas = scaleOf(std::ldexp(1.0 / (heads * root), -32))};
}

std::int32_t dot(const std::int8_t *a, const std::int8_t *b, int n)
{
    std::int32_t sum = 0;
    for (int i = 0; i < n; ++i)
        sum += std::int32_t{a[i]} * b[i];
    return sum;
}

std::int32_t headTas(const Quantised &query, const HeadCache &cache, int position, Scale constant)
{
    const std::int8_t *const key = cache.keys + std::ptrdiff_t{position} * cache.headDim;
    return toFixed(dot(query.values.data(), key, cache.headDim),
                   multiply(multiply(query.scale, constant), cache.keyScales[position]));
}

void attend(const Quantised &query, const HeadCache &cache, const Visible &visible, Scale constant,
            std::span<std::int32_t> scores, std::span<std::int32_t> out)
{
    assert(static_cast<int>(out.size()) == cache.headDim && static_cast<int>(scores.size()) >= visible.end);
    const Scale ofQuery = multiply(query.scale, constant);
    std::int32_t top = std::numeric_limits<std::int32_t>::min();
    int exponent = std::numeric_limits<int>::min(); // the largest of the values' Scales
    forEachVisible(visible, [&](int p) {
        const std::int8_t *const key = cache.keys + std::ptrdiff_t{p} * cache.headDim;
        const std::int32_t score =
            toFixed(dot(query.values.data(), key, cache.headDim), multiply(ofQuery, cache.keyScales[p]));
        scores[static_cast<std::size_t>(p)] = score;
        top = std::max(top, score);
        if (cache.valueScales[p].mantissa != 0)
            exponent = std::max<int>(exponent, cache.valueScales[p].exponent);
    });

    std::uint32_t mass = 0;
    forEachVisible(visible, [&](int p) {
        std::int32_t &score = scores[static_cast<std::size_t>(p)];
        const std::int32_t e = exponential(saturate(std::int64_t{top} - score));
        const Scale value = cache.valueScales[p];
        mass += static_cast<std::uint32_t>(e);
        score = value.mantissa == 0
                    ? 0
                    : static_cast<std::int32_t>((std::uint32_t(e) * value.mantissa) >>
                                                (16 + std::min(exponent - value.exponent, 15)));
    });

    // Weights are in units of 2^(exponent + 16) / 2^15; the values' Scales carry Q16, which toFixed puts back
    // on.
    const Scale worth =
        exponent == std::numeric_limits<int>::min()
            ? Scale{}
            : multiply(reciprocal(mass), {0x8000, static_cast<std::int16_t>(exponent + 1 - fractionBits)});
    for (int i = 0; i < cache.headDim; ++i) {
        std::int64_t sum = 0;
        forEachVisible(visible, [&](int p) {
            sum += std::int64_t{scores[static_cast<std::size_t>(p)]} *
                   cache.values[std::ptrdiff_t{p} * cache.headDim + i];
        });
        out[static_cast<std::size_t>(i)] = toFixed(sum, worth);
    }
}

} // namespace fastcar::fpga

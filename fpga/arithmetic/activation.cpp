// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/activation.h"

#include "fpga/arithmetic/quantise.h"
#include "fpga/arithmetic/scale.h"

#include <cmath>

namespace fastcar::fpga {

const std::array<std::int32_t, 65> &exponentialTable()
{
    static const std::array<std::int32_t, 65> table = [] {
        std::array<std::int32_t, 65> t{};
        for (std::size_t k = 0; k < t.size(); ++k)
            t[k] = static_cast<std::int32_t>(std::lround(one15 * std::exp2(-static_cast<double>(k) / 64.0)));
        return t;
    }();
    return table;
}

const std::array<std::int32_t, 257> &logisticTable()
{
    static const std::array<std::int32_t, 257> table = [] {
        std::array<std::int32_t, 257> t{};
        for (std::size_t k = 0; k < t.size(); ++k)
            t[k] = static_cast<std::int32_t>(
                std::lround(one15 / (1.0 + std::exp(-static_cast<double>(k) / 16.0))));
        return t;
    }();
    return table;
}

std::int32_t exponential(std::int32_t z)
{
    const std::int32_t whole = z >> 16;
    if (whole > 15)
        return 0;
    const auto &table = exponentialTable();
    const auto k = static_cast<std::size_t>((z & 0xffff) >> 10);
    return (table[k] - (((table[k] - table[k + 1]) * (z & 1023)) >> 10)) >> whole;
}

std::int32_t logistic(std::int32_t g)
{
    const std::uint32_t a = magnitude(g);
    std::int32_t sigma = one15;
    if (a < (16u << 16)) {
        const auto &table = logisticTable();
        const std::size_t k = a >> 12;
        sigma = table[k] + (((table[k + 1] - table[k]) * static_cast<std::int32_t>(a & 4095)) >> 12);
    }
    return g < 0 ? one15 - sigma : sigma;
}

std::int32_t siluTimes(std::int32_t gate, std::int32_t up)
{
    const std::int64_t silu = (std::int64_t{gate} * logistic(gate) + (1 << 14)) >> 15;
    return saturate((silu * up + (1 << 15)) >> 16);
}

} // namespace fastcar::fpga

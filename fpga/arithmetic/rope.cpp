// SPDX-License-Identifier: Apache-2.0
#include "fpga/arithmetic/rope.h"

#include "fpga/arithmetic/scale.h"

#include <cassert>
#include <cmath>

namespace fastcar::fpga {

RopeTable::RopeTable(int positions, int headDim, float theta, float scaling)
    : positions_(positions)
    , pairs_(static_cast<std::size_t>(headDim / 2))
{
    turns_.reserve(static_cast<std::size_t>(positions) * pairs_);
    for (int p = 0; p < positions; ++p)
        for (std::size_t i = 0; i < pairs_; ++i) {
            const double angle =
                p / double{scaling} * std::pow(double{theta}, -2.0 * static_cast<double>(i) / headDim);
            turns_.push_back({static_cast<std::int16_t>(std::lround(std::cos(angle) * 16384.0)),
                              static_cast<std::int16_t>(std::lround(std::sin(angle) * 16384.0))});
        }
}

void rotate(std::span<std::int32_t> head, std::span<const RopeTable::Turn> turns)
{
    const std::size_t half = head.size() / 2;
    assert(turns.size() == half);
    for (std::size_t i = 0; i < half; ++i) {
        const std::int64_t a = head[i], b = head[i + half];
        const auto [c, s] = turns[i];
        head[i] = saturate((a * c - b * s + (1 << 13)) >> 14);
        head[i + half] = saturate((b * c + a * s + (1 << 13)) >> 14);
    }
}

} // namespace fastcar::fpga

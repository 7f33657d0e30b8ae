// SPDX-License-Identifier: Apache-2.0
//
// Eight floats are worked on together, on every processor: what is padded, is padded to as many.
#pragma once

#include <cstdint>

namespace fastcar::cpu {

inline constexpr std::int64_t lanes = 8;

constexpr std::int64_t roundUpToLanes(std::int64_t n)
{
    return (n + lanes - 1) / lanes * lanes;
}

} // namespace fastcar::cpu

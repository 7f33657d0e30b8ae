// SPDX-License-Identifier: Apache-2.0
//
// fc_dot's sum in C++, for circuits that were made with FC_DPI.
#include <cstdint>

/// Bits lie in 32-bit words, lane 0 lowest.
extern "C" int fc_dot_sum(const std::uint32_t *a, const std::uint32_t *b, int lanes)
{
    const auto *const x = reinterpret_cast<const std::int8_t *>(a);
    const auto *const y = reinterpret_cast<const std::int8_t *>(b);
    int sum = 0;
    for (int lane = 0; lane < lanes; ++lane)
        sum += x[lane] * y[lane];
    return sum;
}

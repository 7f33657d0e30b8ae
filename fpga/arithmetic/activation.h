// SPDX-License-Identifier: Apache-2.0
//
// Functions by table and straight line between its entries: 2^-x for the softmax, the logistic function for
// SiLU (docs/accelerator.md). The circuit holds the same tables.
#pragma once

#include <array>
#include <cstdint>

namespace fastcar::fpga {

inline constexpr std::int32_t one15 = 1 << 15; // 1.0 in Q15

/// 2^(-k / 64) in Q15, k = 0..64.
const std::array<std::int32_t, 65> &exponentialTable();
/// 1 / (1 + e^(-k / 16)) in Q15, k = 0..256.
const std::array<std::int32_t, 257> &logisticTable();

/// 2^-z in Q15, z >= 0 in Q16.
std::int32_t exponential(std::int32_t z);

/// 1 / (1 + e^-g) in Q15, g in Q16.
std::int32_t logistic(std::int32_t g);

/// silu(gate) * up, all in Q16.
std::int32_t siluTimes(std::int32_t gate, std::int32_t up);

} // namespace fastcar::fpga

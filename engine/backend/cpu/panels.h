// SPDX-License-Identifier: Apache-2.0
//
// A small matrix laid out once more. Rows of a few hundred numbers are over before their sums have been added
// up across a register, and a model that fits the caches waits for that, not for its bytes. So the weights of
// sixteen outputs lie beside each other, column by column, and each output keeps a lane to itself:
// [out / 16 rounded up, in, 16], in the matrix's own type, zeros behind the last output.
//
// An output is the sum over even columns plus the sum over odd ones, each in the order of the columns.
#pragma once

#include "engine/tensor/tensor.h"

#include <cstdint>

namespace fastcar::cpu {

inline constexpr std::int64_t panelOutputs = 16;

/// Matrices up to here are laid out in panels; larger ones wait for the memory, and stay where they are.
inline constexpr std::size_t mostPanelBytes = std::size_t{2} << 20;

inline std::int64_t panelsOf(std::int64_t out)
{
    return (out + panelOutputs - 1) / panelOutputs;
}

/// Of a matrix [out, in].
std::size_t bytesInPanels(const TensorView &matrix);
/// `to` has bytesInPanels(matrix).
void layInPanels(const TensorView &matrix, std::byte *to);

} // namespace fastcar::cpu

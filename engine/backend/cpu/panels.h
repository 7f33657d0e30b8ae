// SPDX-License-Identifier: Apache-2.0
//
// A small matrix laid out once more. Rows of a few hundred numbers are over before their sums have been added
// up across a register, and a model that fits the caches waits for that, not for its bytes. So the weights of
// sixteen outputs lie beside each other, column by column, and each output keeps a lane to itself:
// [out / 16 rounded up, in, 16], in the matrix's own type, zeros behind the last output. Weights of 8 bits
// lie four columns beside each other, as their products are added up: [out / 16, columns / 4, 16, 4], columns
// padded as those of their rows are, and each is 128 greater than it is (simd/words.h).
//
// An output is the sum over even columns plus the sum over odd ones, each in the order of the columns; of 8
// bits a sum in whole numbers.
#pragma once

#include "engine/tensor/narrow_matrix.h"
#include "engine/tensor/tensor.h"

#include <cstdint>

namespace fastcar::cpu {

inline constexpr std::int64_t panelOutputs = 16;

/// Matrices of so many numbers are laid out in panels; larger ones wait for the memory, and stay where they
/// are.
inline constexpr std::int64_t mostPanelNumbers = std::int64_t{1} << 20;

inline std::int64_t panelsOf(std::int64_t out)
{
    return (out + panelOutputs - 1) / panelOutputs;
}

/// Of a matrix [out, in].
std::size_t bytesInPanels(const TensorView &matrix);
/// `to` has bytesInPanels(matrix).
void layInPanels(const TensorView &matrix, std::byte *to);

/// Of a matrix in 8 bits.
std::size_t bytesInPanels(const NarrowMatrix &matrix);
void layInPanels(const NarrowMatrix &matrix, std::byte *to);

} // namespace fastcar::cpu

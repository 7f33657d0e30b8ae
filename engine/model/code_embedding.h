// SPDX-License-Identifier: Apache-2.0
//
// The codes of a position to the vector that they stand for: the sum of one row from each depth's codebook.
#pragma once

#include "engine/tensor/tensor.h"

#include <span>

namespace fastcar
{

/// z [E] = sum over the given depths d of codebooks[d][codes[d]]. Each code is a row of its codebook.
void sumCodeEmbeddings(std::span<const TensorView> codebooks, std::span<const int> codes, std::span<float> z);

/// Row `index` of a matrix, converted to f32.
void rowToF32(const TensorView &matrix, std::int64_t index, std::span<float> to);

} // namespace fastcar

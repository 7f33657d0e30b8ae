// SPDX-License-Identifier: Apache-2.0
//
// Dot products of narrow weights with quantised activations: four rows of weights that lie far apart, and all rows
// of activations, so that each weight is read from memory once (matmul.h says why). Sums are exact in int32
// within a block of the activations and in f32 over blocks, in an order that depends on the number of columns alone.
#pragma once

#include "engine/backend/cpu/quantised_rows.h"
#include "engine/tensor/narrow_matrix.h"

#include <array>
#include <cstdint>

namespace fastcar::cpu {

/// Outputs of one matrix or of two (gate and up) that are computed together.
struct NarrowStream {
    const NarrowMatrix *matrix = nullptr;
    std::int64_t output = 0;
    const float *bias = nullptr; // of this output, or nullptr
    float *y = nullptr;          // y[0][output]
};

/// y[r][output] for r in [0, rows) and the first `count` of the streams, all of one format and width.
void dotNarrow(const std::array<NarrowStream, 4> &streams, int count, const QuantisedRows &x,
               std::int64_t rows, std::int64_t yStride);

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// Whether the rows of a step go through the card together, or in two halves that take turns: while the matrix
// engine multiplies for one, the vector unit and attention work for the other. Halves read each matrix's
// weights twice, so they are for steps that are limited by computing.
#pragma once

#include "engine/replay/replay_policy.h"
#include "fpga/program/matrix_layout.h"

#include <cstdint>

namespace fastcar::fpga {

enum class RowOrder : std::uint8_t { Together, Halves };

/// The first half has the odd row.
int firstHalf(int rows);
/// Halves where each keeps all cores busy for as long as the weights take to arrive.
RowOrder rowOrder(const CardShape &shape, int rows, DrsPolicy policy);
/// How often a matrix's weights are read, of which the rows in `mask` are multiplied.
int weightPasses(RowOrder order, int rows, std::uint32_t mask);

} // namespace fastcar::fpga

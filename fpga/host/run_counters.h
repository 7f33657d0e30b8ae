// SPDX-License-Identifier: Apache-2.0
//
// The kernel's counters by number, as its registers have them (fc_counters.sv; docs/accelerator.md,
// "Counters").
#pragma once

#include "engine/backend/card_counters.h"
#include "fpga/program/matrix_layout.h"

#include <array>
#include <cstdint>

namespace fastcar::fpga {

CardCounters countersOf(const std::array<std::uint64_t, 64> &raw, const CardShape &shape);

} // namespace fastcar::fpga

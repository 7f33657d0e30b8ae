// SPDX-License-Identifier: Apache-2.0
//
// The kernel's counters by number, as its registers have them (fc_counters.sv; docs/accelerator.md,
// "Counters").
#pragma once

#include "engine/backend/card_counters.h"
#include "fpga/program/matrix_layout.h"

#include <cstdint>
#include <functional>

namespace fastcar::fpga {

/// `read` gives the counter of a number; it is asked only for those that the shape has.
CardCounters countersOf(const CardShape &shape, const std::function<std::uint64_t(unsigned)> &read);

} // namespace fastcar::fpga

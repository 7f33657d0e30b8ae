// SPDX-License-Identifier: Apache-2.0
//
// How much of a part a configuration of the circuit takes, and how many cores fit a card: reckoned from the
// modules as yosys mapped them (mapped_modules.h; docs/accelerator.md, "Cards"). Estimates: nothing was
// placed.
#pragma once

#include "fpga/timing/card_description.h"
#include "fpga/timing/mapped_modules.h"

namespace fastcar::fpga {

/// Each module as it was mapped for this configuration, or, where it was not, as for the one that lies
/// nearest: then its memories grow with what they hold, and a core's multipliers and registers with its
/// lanes.
DesignNeeds needsOf(const AcceleratorShape &shape);

/// With the largest number of cores (a power of two, at most 32) of which no resource takes more than the
/// card's `filling`, or with the number that the card names. A URAM counts as eight BRAM36. Errors: not even
/// one fits (of what, and by how much).
Result<AcceleratorShape> shapeOf(const CardDescription &card);

} // namespace fastcar::fpga

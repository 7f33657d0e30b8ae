// SPDX-License-Identifier: Apache-2.0
//
// How much of a part a configuration of the circuit takes, and how many cores fit a card: reckoned from the
// modules as yosys mapped them in version 1 of the design (docs/accelerator.md, "Cards"). Estimates: nothing
// was placed.
#pragma once

#include "fpga/timing/card_description.h"

namespace fastcar::fpga {

/// Blocks of memory count in BRAM36.
struct DesignNeeds {
    double lut = 0.0, ff = 0.0, dsp = 0.0, bram36 = 0.0;
};

/// Memories grow with what they hold, against the configuration that was mapped; a core's multipliers and
/// registers with its lanes.
DesignNeeds needsOf(const AcceleratorShape &shape);

/// With the largest number of cores (a power of two, at most 32) of which no resource takes more than the
/// card's `filling`, or with the number that the card names. A URAM counts as eight BRAM36. Errors: not even
/// one fits (of what, and by how much).
Result<AcceleratorShape> shapeOf(const CardDescription &card);

} // namespace fastcar::fpga

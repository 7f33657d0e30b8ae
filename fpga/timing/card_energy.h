// SPDX-License-Identifier: Apache-2.0
//
// What a step would take of energy, by what happened in it times the coefficients of the card's description,
// whose sources stand there. An estimate: nothing of it was measured.
#pragma once

#include "engine/backend/card_timing.h"
#include "fpga/timing/card_description.h"

namespace fastcar::fpga {

/// Multiply-adds: the lanes of cores and of attention units in the cycles in which they are busy. Memory: the
/// beats read and written. Idle: the card's power without work for the time that the step takes.
EnergyEstimate energyOf(const CardDescription &card, const CardCounters &counters);

} // namespace fastcar::fpga

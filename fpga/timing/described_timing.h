// SPDX-License-Identifier: Apache-2.0
//
// The engine's CardTiming over a described card: its design, the model's program without weights, the cycle
// model, and the energy.
#pragma once

#include "engine/backend/card_timing.h"

namespace fastcar::fpga {

/// For registerCardTimings(): the cards of the folder, and a file where --card names one.
CardTimings describedTimings();

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// The vector unit in the cycle model: how long fc_vector takes for a command. It holds nothing back but for
// the words that come from memory, so a command's end follows from its beginning and its words.
#pragma once

#include "fpga/timing/agenda.h"

namespace fastcar::fpga {

/// As fc_vector knows its commands.
enum class VectorOperation { Load, Norm, Final, Quantise, Silu, Add, Replay, Head, RotatedHead };

/// A command was taken in `accepted`: the cycle in which it is done, and the next one can be taken. Not of
/// Load and Replay.
Cycle vectorDone(VectorOperation operation, int words, Cycle accepted);
/// Load and Replay: the cycle in which the command is done whose last word was read in `lastRead`.
Cycle streamedDone(Cycle lastRead);
/// Final and Add: the cycle in which word `index` leaves.
Cycle wordLeaves(VectorOperation operation, int words, Cycle accepted, int index);

} // namespace fastcar::fpga

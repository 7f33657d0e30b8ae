// SPDX-License-Identifier: Apache-2.0
//
// What DRS makes of an index register: each core's share of every tile, as the circuit fc_drs computes it.
#pragma once

#include "engine/replay/replay_policy.h"

#include <cstdint>
#include <vector>

namespace fastcar::fpga {

/// One core's: the entries [first, limit) in steps, of which each stands for `outputs` of a tile's 8.
struct CoreShare {
    int first = 0;
    int limit = 0;
    int step = 1;
    int turn = 0; // how much the first entry goes back from tile to tile, modulo the cores
    int outputs = 8;
};

/// The shares of all cores. `cores` is a power of two.
std::vector<CoreShare> sharesOf(std::uint32_t index, int rows, DrsPolicy policy, int cores);

/// The rows that a core works for, in any tile: bit r.
std::uint32_t rowsOf(const CoreShare &share, std::uint32_t index);

} // namespace fastcar::fpga

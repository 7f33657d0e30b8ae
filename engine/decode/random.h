// SPDX-License-Identifier: Apache-2.0
//
// The random numbers of a generation: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1,
// 2, 3", 2011), a counter-based generator. A draw is a pure function of what it is for, so a seed gives the
// same codes whatever ran before it, beside it or on how many threads.
#pragma once

#include <array>
#include <cstdint>

namespace fastcar {

/// Ten rounds of Philox: 128 bits of counter under 64 bits of key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// The draw for one code, in [0, 1): 53 random bits.
double uniformFor(std::uint64_t seed, int video, int token, int depth);

} // namespace fastcar

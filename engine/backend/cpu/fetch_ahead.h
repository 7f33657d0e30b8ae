// SPDX-License-Identifier: Apache-2.0
//
// What threads fetch into their caches while they wait for each other (thread_pool.h): the weights with which
// each of them begins the next product. Of small matrices, which lie in panels; a large one's first tiles are
// nothing beside the rest.
#pragma once

#include "engine/backend/cpu/matmul.h"

#include <span>
#include <vector>

namespace fastcar::cpu {

/// For each of `threads`: of matmul() of these together.
std::vector<FetchAhead> firstReads(std::span<const Linear> together, int threads);
/// Of gatedMatmul().
std::vector<FetchAhead> firstReads(const Linear &gate, const Linear &up, int threads);

} // namespace fastcar::cpu

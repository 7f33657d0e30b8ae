// SPDX-License-Identifier: Apache-2.0
//
// What this machine can do at the most: multiply-adds a second out of registers and cache. Together with plain reading
// (far_read.h) the roofline under which every decode step lies.
#pragma once

#include "engine/backend/thread_pool.h"

namespace fastcar::roofline {

/// f32, fused, sums in registers: 1e9 multiply-adds a second.
double floatMultiplyAdds(ThreadPool &pool);
/// int8 weights with int8 activations by the kernel of the decode step, weights in the cache, two rows.
double int8MultiplyAdds(ThreadPool &pool);

} // namespace fastcar::roofline

// SPDX-License-Identifier: Apache-2.0
//
// The kernels with NEON, which every 64-bit ARM has.
#if defined(__aarch64__)

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/lanes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#include <arm_neon.h>

#define FASTCAR_SIMD neon
#define FASTCAR_AVX2 0
#define FASTCAR_AVX512 0
#define FASTCAR_NEON 1
#define FASTCAR_NEON_DOT 0

#include "engine/backend/cpu/simd/table.h"

const fastcar::cpu::KernelTable fastcar::cpu::neonKernels = fastcar::cpu::neon::table;

#endif

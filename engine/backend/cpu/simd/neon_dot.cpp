// SPDX-License-Identifier: Apache-2.0
//
// The kernels with NEON and its dot products of bytes.
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

#define FASTCAR_SIMD neon_dot
#define FASTCAR_AVX2 0
#define FASTCAR_AVX512 0
#define FASTCAR_NEON 1
#define FASTCAR_NEON_DOT 1

// To the end of the file: what is instantiated there must have the level's instructions, too.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#else
#pragma GCC target("arch=armv8.2-a+dotprod") // as its header has it, or nothing of that is inlined
#endif

#include "engine/backend/cpu/simd/table.h"

const fastcar::cpu::KernelTable fastcar::cpu::neonDotKernels = fastcar::cpu::neon_dot::table;

#if defined(__clang__)
#pragma clang attribute pop
#endif

#endif

// SPDX-License-Identifier: Apache-2.0
//
// The kernels with AVX2, FMA and F16C.
#if defined(__x86_64__)

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/lanes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#include <immintrin.h>

#define FASTCAR_SIMD avx2
#define FASTCAR_AVX2 1
#define FASTCAR_AVX512 0
#define FASTCAR_NEON 0

// To the end of the file: what is instantiated there must have the level's instructions, too.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#else
#pragma GCC target("avx2,fma,f16c")
#endif

#include "engine/backend/cpu/simd/table.h"

const fastcar::cpu::KernelTable fastcar::cpu::avx2Kernels = fastcar::cpu::avx2::table;

#if defined(__clang__)
#pragma clang attribute pop
#endif

#endif

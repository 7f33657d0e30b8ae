// SPDX-License-Identifier: Apache-2.0
//
// The kernels with AVX-512 and its VNNI: the same bits as with AVX2.
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

#define FASTCAR_SIMD avx512
#define FASTCAR_AVX2 1
#define FASTCAR_AVX512 1
#define FASTCAR_NEON 0

// To the end of the file: what is instantiated there must have the level's instructions, too.
#if defined(__clang__)
#pragma clang attribute push(                                                                                \
    __attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))),                  \
    apply_to = function)
#else
// Of GCC 12's own header (bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")
#endif

#include "engine/backend/cpu/simd/table.h"

const fastcar::cpu::KernelTable fastcar::cpu::avx512Kernels = fastcar::cpu::avx512::table;

#if defined(__clang__)
#pragma clang attribute pop
#endif

#endif

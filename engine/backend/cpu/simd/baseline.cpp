// SPDX-License-Identifier: Apache-2.0
//
// The kernels for any processor.
#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/lanes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define FASTCAR_SIMD baseline
#define FASTCAR_AVX2 0
#define FASTCAR_AVX512 0
#define FASTCAR_NEON 0

#include "engine/backend/cpu/simd/table.h"

const fastcar::cpu::KernelTable fastcar::cpu::baselineKernels = fastcar::cpu::baseline::table;

// SPDX-License-Identifier: Apache-2.0
//
// The instructions that kernels are compiled for. One program holds all levels and takes the best that the
// processor has, or the one that the environment variable FASTCAR_SIMD names (one that it does not have
// is warned of through the spdlog logger "engine", if the program has made one). The baseline does not fuse
// products, so its last bits differ; all other levels give the same bits, on whatever processor.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fastcar::cpu {

enum class SimdLevel : std::uint8_t {
    Baseline, // any processor
    Avx2,     // with FMA and F16C
    Avx512,   // F, BW, DQ, VL, VNNI
    Neon,     // any 64-bit ARM
    NeonDot,  // with dot products of bytes
};

/// "baseline", "avx2", "avx512", "neon", "neon-dot"
const char *name(SimdLevel level);
/// "portable kernels", "AVX2", "AVX-512 VNNI", "NEON", "NEON with dot products"
const char *nameForPeople(SimdLevel level);
std::optional<SimdLevel> simdLevelOf(std::string_view name);

/// What this processor can run, the least first.
std::span<const SimdLevel> simdLevels();
/// The one that kernels run at.
SimdLevel simdLevel();
/// For tests and timing, while no kernel runs. `level` is one of simdLevels().
void useSimdLevel(SimdLevel level);

} // namespace fastcar::cpu

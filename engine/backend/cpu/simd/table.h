// SPDX-License-Identifier: Apache-2.0
//
// The level's functions as a table.
#pragma once

#include "engine/backend/cpu/simd/activation.h"
#include "engine/backend/cpu/simd/attention.h"
#include "engine/backend/cpu/simd/matmul.h"
#include "engine/backend/cpu/simd/normalization.h"
#include "engine/backend/cpu/simd/quantised_rows.h"
#include "engine/backend/cpu/simd/rates.h"
#include "engine/backend/cpu/simd/rope.h"

namespace fastcar::cpu::FASTCAR_SIMD {

constexpr KernelTable table{.silu = silu,
                            .siluTimes = siluTimes,
                            .gelu = gelu,
                            .softmax = softmax,
                            .add = add,
                            .addScaled = addScaled,
                            .dot = dot,
                            .rmsNorm = rmsNorm,
                            .layerNorm = layerNorm,
                            .sumPixels = sumPixels,
                            .sumSquaredDeviations = sumSquaredDeviations,
                            .normalisePixels = normalisePixels,
                            .key = key,
                            .append = append,
                            .attend = attend,
                            .joinParts = joinParts,
                            .rotate = rotate,
                            .matmulTile = matmulTile,
                            .gatedTile = gatedTile,
                            .quantiseWide = quantiseWide,
                            .quantiseNarrow = quantiseNarrow,
                            .sumOfGroup = sumOfGroup,
                            .readStreams = readStreams,
                            .multiplyAdds = multiplyAdds};

} // namespace fastcar::cpu::FASTCAR_SIMD

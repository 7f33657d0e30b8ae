// SPDX-License-Identifier: Apache-2.0
//
// Attention of one query head over an int8 cache of keys and values with a Scale for each position, and the
// Temporal Attention Score against one of its keys (docs/accelerator.md, "Attention", "TAS").
#pragma once

#include "fpga/arithmetic/scale.h"

#include <span>

namespace fastcar::fpga {

/// An int8 vector and the worth of one of its steps; the worth is in Q16 steps, as `quantise` gives it for
/// Q16.
struct Quantised {
    std::span<const std::int8_t> values;
    Scale scale;
};

/// One key head of one sequence: keys and values [positions][headDim], their Scales [positions].
struct HeadCache {
    const std::int8_t *keys = nullptr;
    const std::int8_t *values = nullptr;
    const Scale *keyScales = nullptr;
    const Scale *valueScales = nullptr;
    int headDim = 0;
};

/// Positions that a row sees: [0, sinks) and [from, end).
struct Visible {
    int sinks = 0;
    int from = 0;
    int end = 0;
};

struct AttentionConstants {
    Scale attention; // 2^-32 log2(e) / sqrt(headDim)
    Scale tas;       // 2^-32 / (heads sqrt(headDim))

    static AttentionConstants of(int heads, int headDim);
};

/// One head's share of the TAS, Q16: query times the key at `position`.
std::int32_t headTas(const Quantised &query, const HeadCache &cache, int position, Scale constant);

/// `scores`, `weights`: scratch of visible.end entries. out [headDim] Q16.
void attend(const Quantised &query, const HeadCache &cache, const Visible &visible, Scale constant,
            std::span<std::int32_t> scores, std::span<std::int32_t> out);

/// Sum of products of int8.
std::int32_t dot(const std::int8_t *a, const std::int8_t *b, int n);

} // namespace fastcar::fpga

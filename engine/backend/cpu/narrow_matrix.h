// SPDX-License-Identifier: Apache-2.0
//
// Weights in 8 or 4 bits: a half or a quarter of the bytes that decoding waits for. Quantised from what a
// checkpoint holds, in the layout that the kernels read:
//
//   int8: a row is `columns` signed bytes, padded with zeros to whole groups of 64; one scale a row. The
//         activations that it meets carry a scale a group, so outliers among them do not spoil their
//         neighbours.
//   int4: a row is superblocks of up to 8 groups: 8 scales in f16 (of groups that are not there: 0), then 32
//   bytes a
//         group; byte i has weight i in its low half and weight i + 32 in its high half, each 8 greater than
//         it is.
//
// A weight is worth value * scale.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/thread_pool.h"
#include "engine/tensor/tensor.h"

#include <cstddef>
#include <cstdint>

namespace fastcar::cpu {

enum class NarrowFormat : std::uint8_t { Int8, Int4 };

inline constexpr std::int64_t narrowGroup = 64; // weights that share a scale (int4), activations that do
inline constexpr std::int64_t groupsOfSuperblock = 8; // of int4
inline constexpr std::int64_t int4GroupBytes = narrowGroup / 2;
inline constexpr std::int64_t superblockScaleBytes = 2 * groupsOfSuperblock;

constexpr std::int64_t groupsOf(std::int64_t columns)
{
    return (columns + narrowGroup - 1) / narrowGroup;
}

/// A view; WeightStore owns what it shows.
struct NarrowMatrix {
    NarrowFormat format = NarrowFormat::Int8;
    std::int64_t out = 0, in = 0;
    const std::byte *values = nullptr;
    const float *rowScales = nullptr; // int8: [out]

    std::int64_t groups() const { return groupsOf(in); }
    std::int64_t rowBytes() const { return rowBytes(format, in); }
    std::uint64_t bytes() const
    {
        const auto scales = format == NarrowFormat::Int8 ? sizeof(float) : 0;
        return static_cast<std::uint64_t>(out) * (static_cast<std::uint64_t>(rowBytes()) + scales);
    }
    const std::byte *row(std::int64_t o) const { return values + o * rowBytes(); }

    static std::int64_t rowBytes(NarrowFormat format, std::int64_t in);
};

/// Quantises `weight` [out, in] of f32, f16 or bf16: `values` has out * rowBytes bytes, `rowScales` out
/// floats (int8). Row by row, so the result depends on nothing else.
NarrowMatrix narrow(const TensorView &weight, NarrowFormat format, ThreadPool &pool, std::byte *values,
                    float *rowScales);

/// What the stored weight (o, i) is worth.
float valueOf(const NarrowMatrix &matrix, std::int64_t o, std::int64_t i);

} // namespace fastcar::cpu

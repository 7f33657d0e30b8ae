// SPDX-License-Identifier: Apache-2.0
//
// Weights in 8 or 4 bits: a half or a quarter of the bytes that decoding waits for. The layout that the kernels read
// and that quantised checkpoints hold (docs/checkpoints.md):
//
//   int8: a row is `columns` signed bytes, padded with zeros to whole groups of 64. A weight is worth value * scale of the
//         row.
//   int4: a row is superblocks of up to 8 groups of 64: 8 int16 scales (of groups that are not there: 0), then 32 bytes a
//         group; byte i has weight i in its low half and weight i + 32 in its high half, each 8 greater than it is. A
//         weight is worth value * scale of the group * scale of the row. That the groups' scales are whole numbers lets
//         the kernels stay with whole numbers over several groups.
#pragma once

#include "engine/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fastcar {

enum class NarrowFormat : std::uint8_t { Int8, Int4 };

inline constexpr std::int64_t narrowGroup = 64; // weights that share a scale (int4); rows are padded to whole ones
inline constexpr std::int64_t groupsOfSuperblock = 8; // of int4
inline constexpr std::int64_t int4GroupBytes = narrowGroup / 2;
inline constexpr std::int64_t superblockScaleBytes = 2 * groupsOfSuperblock;

/// "int8", "int4"
const char *name(NarrowFormat format);
std::optional<NarrowFormat> narrowFormatOf(std::string_view name);

constexpr std::int64_t groupsOf(std::int64_t columns)
{
    return (columns + narrowGroup - 1) / narrowGroup;
}

/// A view; empty (values == nullptr) where a matrix is not narrow.
struct NarrowMatrix {
    NarrowFormat format = NarrowFormat::Int8;
    std::int64_t out = 0, in = 0;
    const std::byte *values = nullptr;
    const float *rowScales = nullptr; // [out]

    explicit operator bool() const { return values != nullptr; }
    std::int64_t groups() const { return groupsOf(in); }
    std::int64_t rowBytes() const { return rowBytes(format, in); }
    std::uint64_t bytes() const
    {
        return static_cast<std::uint64_t>(out) * (static_cast<std::uint64_t>(rowBytes()) + sizeof(float));
    }
    const std::byte *row(std::int64_t o) const { return values + o * rowBytes(); }

    static std::int64_t rowBytes(NarrowFormat format, std::int64_t in);
};

/// Quantises one row of weights into `values` (rowBytes of them) and returns its scale. It depends on the row alone,
/// so it does not matter who calls it, or when.
float narrowRow(std::span<const float> row, NarrowFormat format, std::byte *values);

/// What the stored weight (o, i) is worth.
float valueOf(const NarrowMatrix &matrix, std::int64_t o, std::int64_t i);

} // namespace fastcar

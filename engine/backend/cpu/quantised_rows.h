// SPDX-License-Identifier: Apache-2.0
//
// Activations as narrow weights meet them. 8-bit weights multiply 16-bit activations, which share a scale
// over thousands of columns: fine enough for outliers, and sums stay whole numbers all along a row. 4-bit
// weights multiply 8-bit activations, with a scale for each 256 columns.
//
// A processor that multiplies bytes, four to a lane, takes the 16 bits as two digits of 8, each with a sign:
// 256 high + low. That is why the greatest is not 32767.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/tensor/narrow_matrix.h"

#include <algorithm>
#include <cstdint>
#include <memory>

namespace fastcar::cpu {

/// Which of the two are made: of the formats that a network's matrices have.
struct NarrowFormats {
    bool int8 = false, int4 = false;

    bool any() const { return int8 || int4; }
    void add(NarrowFormat format) { (format == NarrowFormat::Int8 ? int8 : int4) = true; }
};

/// The greatest of 16-bit activations.
inline constexpr std::int32_t wideTop = 127 * 256 + 127;
/// Columns that share a scale. In int32, 512 products of 127 and wideTop fit, or 256 of 255 and wideTop: 4096
/// columns over 8 or 16 lanes.
inline constexpr std::int64_t wideBlock = 4096;
/// Columns that are added up in one lane (panels.h), and of which the sum is kept.
inline constexpr std::int64_t wideSumBlock = 512;
inline constexpr std::int64_t narrowBlock = 256;

/// Where a block of columns in 16 bits goes: as numbers, as digits where the level takes them, and its sums.
/// Whole groups of 64 are written, zeros behind the last column.
struct WideRoom {
    std::int16_t *words;
    std::int8_t *low, *high;
    std::int32_t *sums; // for each wideSumBlock columns
};

/// Owns room for `rows` rows of `columns`. One thread writes, any number reads.
class QuantisedRows {
public:
    QuantisedRows() = default;
    QuantisedRows(std::int64_t rows, std::int64_t columns, NarrowFormats formats);

    /// Quantises the rows of x [n, columns]: the largest magnitude of a block becomes wideTop or 127. Columns
    /// behind the last are 0.
    void set(MatrixView<const float> x);

    std::int64_t columns() const { return columns_; }
    bool has(NarrowFormat format) const
    {
        return format == NarrowFormat::Int8 ? formats_.int8 : formats_.int4;
    }

    // For 8-bit weights.
    const std::int16_t *wide(std::int64_t row) const
    {
        return reinterpret_cast<const std::int16_t *>(wide_.data()) + row * paddedColumns_;
    }
    // The digits, where the level in use takes them.
    const std::int8_t *low(std::int64_t row) const
    {
        return reinterpret_cast<const std::int8_t *>(low_.data()) + row * paddedColumns_;
    }
    const std::int8_t *high(std::int64_t row) const
    {
        return reinterpret_cast<const std::int8_t *>(high_.data()) + row * paddedColumns_;
    }
    /// [columns / wideSumBlock, rounded up]: the sum of the block's numbers.
    const std::int32_t *wideSums(std::int64_t row) const
    {
        return reinterpret_cast<const std::int32_t *>(wideSums_.data()) + row * wideSumBlocks_;
    }
    /// [columns / wideBlock, rounded up]: what a 1 is worth.
    const float *wideScales(std::int64_t row) const { return wideScales_.data() + row * wideBlocks_; }

    // For 4-bit weights.
    const std::int8_t *narrow(std::int64_t row) const
    {
        return reinterpret_cast<const std::int8_t *>(narrow_.data()) + row * paddedColumns_;
    }
    const float *narrowScales(std::int64_t row) const { return narrowScales_.data() + row * narrowBlocks_; }
    /// [groups, padded to 8]: 8 times the worth of the group's sum, which unsigned 4-bit weights count too
    /// much.
    const float *eights(std::int64_t row) const { return eights_.data() + row * paddedGroups_; }

private:
    std::size_t lengthAt(std::int64_t column, std::int64_t block) const
    {
        return static_cast<std::size_t>(std::min(block, columns_ - column));
    }
    void setWide(const float *from, std::int64_t row);
    void setNarrow(const float *from, std::int64_t row);

    std::int64_t columns_ = 0, paddedColumns_ = 0, paddedGroups_ = 0;
    std::int64_t wideBlocks_ = 0, wideSumBlocks_ = 0, narrowBlocks_ = 0;
    NarrowFormats formats_;
    AlignedBuffer wide_;                // of int16
    AlignedBuffer low_, high_, narrow_; // of int8
    AlignedBuffer wideSums_;            // of int32
    AlignedBuffer wideScales_, narrowScales_, eights_;
};

} // namespace fastcar::cpu

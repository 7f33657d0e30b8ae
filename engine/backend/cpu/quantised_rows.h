// SPDX-License-Identifier: Apache-2.0
//
// Activations in int8, as narrow weights meet them: each group of 64 numbers of a row has a scale of its own.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/narrow_matrix.h"

#include <cstdint>
#include <memory>

namespace fastcar::cpu {

/// Owns room for `rows` rows of `columns`. One thread writes, any number reads.
class QuantisedRows {
public:
    QuantisedRows() = default;
    QuantisedRows(std::int64_t rows, std::int64_t columns);

    /// Quantises the rows of x [n, columns]: the largest magnitude of a group becomes 127. Columns behind the
    /// last are 0.
    void set(MatrixView<const float> x);

    std::int64_t columns() const { return columns_; }
    const std::int8_t *values(std::int64_t row) const { return values_.get() + row * paddedColumns_; }
    /// [groups, padded to 8]: what a 1 of the group is worth.
    const float *scales(std::int64_t row) const { return scales_.data() + row * paddedGroups_; }
    /// [groups, padded to 8]: 8 times the worth of the group's sum, which unsigned 4-bit weights count too
    /// much.
    const float *eights(std::int64_t row) const { return eights_.data() + row * paddedGroups_; }

private:
    struct Free {
        void operator()(std::int8_t *p) const { ::operator delete (p, std::align_val_t{64}); }
    };
    void setGroup(const float *from, std::int64_t length, std::int64_t row, std::int64_t group);

    std::int64_t columns_ = 0, paddedColumns_ = 0, paddedGroups_ = 0;
    std::unique_ptr<std::int8_t, Free> values_;
    AlignedBuffer scales_, eights_;
};

} // namespace fastcar::cpu

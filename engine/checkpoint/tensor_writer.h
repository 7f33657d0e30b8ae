// SPDX-License-Identifier: Apache-2.0
//
// Writes .safetensors files of any size in bounded memory: tensors come row by row, and matrices may be quantised to 8 or
// 4 bits on the way (narrow_names.h). Every tensor begins at a multiple of what its elements need, rows of 8 bits at one of
// 64, so that the file is used as it is mapped.
#pragma once

#include "engine/base/result.h"
#include "engine/tensor/narrow_matrix.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

/// A tensor to be written. A row is what one index of the first dimension stands for.
struct PlannedTensor {
    std::string name;
    DType type = DType::BF16;
    Shape shape;
    std::optional<NarrowFormat> narrow; // of a matrix "<prefix>.weight" [out, in]
    /// `count` rows from `first` on, of `type`; good until the next call.
    std::function<TensorView(std::int64_t first, std::int64_t count)> rows;

    std::int64_t rowCount() const { return shape.rank() == 0 ? 1 : shape[0]; }
    std::int64_t rowElements() const { return shape.elements() / std::max<std::int64_t>(1, rowCount()); }
    std::uint64_t storedBytes() const;
};

std::uint64_t storedBytes(const std::vector<PlannedTensor> &tensors);

/// Called with the bytes written since the last call; false: stop.
using WriteProgress = std::function<bool(std::uint64_t bytes)>;

/// The file is there when it is whole, or not at all. Cancelled: progress said so.
Result<void> writeSafetensors(const std::filesystem::path &file, const std::vector<PlannedTensor> &tensors,
                              const WriteProgress &progress);

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// The head of a .npy array: magic, version, and a Python dictionary that says type and shape. The format is
// numpy's "NPY format", versions 1.0 and 2.0.
#pragma once

#include "engine/base/result.h"
#include "engine/tensor/byte_source.h"
#include "engine/tensor/npy.h"

#include <string>

namespace fastcar {

struct NpyHeader {
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t dataBytes = 0; // of all elements; the product has been checked not to overflow
};

/// Reads the head; the source then stands at the first element.
Result<NpyHeader> readNpyHeader(ByteSource &source);
/// The head as numpy writes it, padded so that the elements begin at a multiple of 64. `name` is for the
/// error: numpy has no bfloat16, and the bytes must be those of the shape.
Result<std::string> npyHeader(const std::string &name, DType type, std::span<const std::int64_t> shape,
                              std::uint64_t dataBytes);

/// A whole array; everything that the source holds must belong to it.
Result<NpyArray> readNpyArray(ByteSource &source);

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// The JSON header of a .safetensors file: {"name": {"dtype": "BF16", "shape": [..], "data_offsets": [begin,
// end]}, ...,
// "__metadata__": {text: text}}. It is read as a stream of events against exactly this grammar, so that a
// hostile header costs no more memory than its own text, however it nests.
#pragma once

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

struct SafetensorsEntry {
    std::string name;
    DType type = DType::F32;
    Shape shape;
    std::uint64_t begin = 0; // in the bytes behind the header
    std::uint64_t end = 0;
};

/// Checked: the grammar, known types, rank, that names are there once, and end - begin against shape and
/// type. Not checked: where the ranges lie. `file` is for the error.
Result<std::vector<SafetensorsEntry>> parseSafetensorsHeader(std::string_view text, const std::string &file);

} // namespace fastcar

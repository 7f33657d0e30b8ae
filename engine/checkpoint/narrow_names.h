// SPDX-License-Identifier: Apache-2.0
//
// What the parts of a matrix in 8 or 4 bits are called in a .safetensors file, in place of "<prefix>.weight": the bytes
// of its rows, u8 [out, bytes of a row] (engine/tensor/narrow_matrix.h), and the rows' scales, f32 [out].
#pragma once

#include "engine/tensor/narrow_matrix.h"

#include <string>
#include <string_view>

namespace fastcar {

inline std::string narrowName(const std::string &prefix, NarrowFormat format)
{
    return prefix + ".weight." + name(format);
}

inline std::string rowScalesName(const std::string &prefix)
{
    return prefix + ".weight.scales";
}

inline bool isNarrowName(std::string_view tensor)
{
    return tensor.ends_with(".weight.int8") || tensor.ends_with(".weight.int4");
}

} // namespace fastcar

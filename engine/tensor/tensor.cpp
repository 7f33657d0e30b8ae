// SPDX-License-Identifier: Apache-2.0
#include "engine/tensor/tensor.h"

#include <bit>
#include <cstring>

namespace fastcar {

std::size_t byteSize(DType type)
{
    switch (type) {
    case DType::F64:
    case DType::I64:
        return 8;
    case DType::F32:
    case DType::I32:
        return 4;
    case DType::F16:
    case DType::BF16:
    case DType::I16:
        return 2;
    case DType::I8:
    case DType::U8:
    case DType::Bool:
        return 1;
    }
    return 0;
}

const char *name(DType type)
{
    switch (type) {
    case DType::F64:
        return "f64";
    case DType::I64:
        return "i64";
    case DType::F32:
        return "f32";
    case DType::I32:
        return "i32";
    case DType::F16:
        return "f16";
    case DType::BF16:
        return "bf16";
    case DType::I16:
        return "i16";
    case DType::I8:
        return "i8";
    case DType::U8:
        return "u8";
    case DType::Bool:
        return "bool";
    }
    return "?";
}

std::string toString(const Shape &shape)
{
    std::string text = "[";
    for (int axis = 0; axis < shape.rank(); ++axis)
        text += (axis ? ", " : "") + std::to_string(shape[axis]);
    return text + "]";
}

namespace {

/// Without branches, so that compilers take several at once. Subnormals become f32's by the multiplication;
/// infinities and what is no number are set apart.
float f16ToF32(std::uint16_t half)
{
    const std::uint32_t magnitude = (half & 0x7fffu) << 13;
    const std::uint32_t special = magnitude >= 0x0f800000u ? 0x7f800000u : 0u;
    const float scaled = std::bit_cast<float>(magnitude) * 0x1p112f;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(scaled) | special | (half & 0x8000u) << 16);
}

template <typename Stored, typename Convert>
void convertEach(const TensorView &source, std::span<float> target, Convert convert)
{
    for (std::size_t i = 0; i < target.size(); ++i) {
        Stored stored;
        std::memcpy(&stored, source.data + i * sizeof(Stored), sizeof(Stored));
        target[i] = convert(stored);
    }
}

} // namespace

void convertToF32(const TensorView &source, std::span<float> target)
{
    assert(static_cast<std::int64_t>(target.size()) == source.elements());
    switch (source.type) {
    case DType::F32:
        std::memcpy(target.data(), source.data, target.size_bytes());
        break;
    case DType::F16:
        convertEach<std::uint16_t>(source, target, f16ToF32);
        break;
    case DType::BF16:
        convertEach<std::uint16_t>(source, target, [](std::uint16_t top) {
            return std::bit_cast<float>(static_cast<std::uint32_t>(top) << 16);
        });
        break;
    default:
        assert(!"convertToF32 takes f32, f16 and bf16");
    }
}

} // namespace fastcar

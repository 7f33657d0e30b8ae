// SPDX-License-Identifier: Apache-2.0
//
// Tensors are views: a type, a shape and an address in memory that somebody else owns (weights: the mapped
// file; activations: one struct of buffers). Rows are contiguous, the last dimension runs fastest.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace fastcar {

enum class DType : std::uint8_t { F32, F16, BF16, F64, I64, I32, I16, I8, U8, Bool };

/// Bytes of one element.
std::size_t byteSize(DType type);
/// "f32", "bf16", ... as we print it.
const char *name(DType type);

/// Up to five dimensions, no allocation.
class Shape {
public:
    static constexpr int maxRank = 5;

    Shape() = default;
    Shape(std::initializer_list<std::int64_t> extents)
    {
        assert(extents.size() <= maxRank);
        for (std::int64_t extent : extents)
            extents_[static_cast<std::size_t>(rank_++)] = extent;
    }

    int rank() const { return rank_; }
    std::int64_t operator[](int axis) const { return extents_[static_cast<std::size_t>(axis)]; }
    void append(std::int64_t extent)
    {
        assert(rank_ < maxRank);
        extents_[static_cast<std::size_t>(rank_++)] = extent;
    }
    /// Product of the extents (1 for rank 0). The loader has made sure that it does not overflow.
    std::int64_t elements() const
    {
        std::int64_t n = 1;
        for (int axis = 0; axis < rank_; ++axis)
            n *= (*this)[axis];
        return n;
    }
    bool operator==(const Shape &) const = default;

private:
    std::array<std::int64_t, maxRank> extents_{};
    int rank_ = 0;
};

/// "[32, 4096]"
std::string toString(const Shape &shape);

/// A read-only tensor of any type. Empty (data == nullptr) where an optional tensor is absent.
struct TensorView {
    const std::byte *data = nullptr;
    DType type = DType::F32;
    Shape shape;

    explicit operator bool() const { return data != nullptr; }
    std::int64_t elements() const { return data ? shape.elements() : 0; }
    std::size_t bytes() const { return static_cast<std::size_t>(elements()) * byteSize(type); }
};

/// Converts `source` (f32, f16 or bf16; any shape) to f32; `target` has source.elements() elements.
void convertToF32(const TensorView &source, std::span<float> target);

/// A dense matrix of T, row-major and without gaps; does not own.
template <typename T>
struct MatrixView {
    T *data = nullptr;
    std::int64_t rows = 0;
    std::int64_t cols = 0;

    std::span<T> row(std::int64_t r) const
    {
        assert(r >= 0 && r < rows);
        return {data + r * cols, static_cast<std::size_t>(cols)};
    }
    std::span<T> all() const { return {data, static_cast<std::size_t>(rows * cols)}; }
    operator MatrixView<const T>() const requires(!std::is_const_v<T>) { return {data, rows, cols}; }
};

} // namespace fastcar

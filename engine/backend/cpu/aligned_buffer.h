// SPDX-License-Identifier: Apache-2.0
//
// An owner of floats: activations, caches, converted weights. Aligned to cache lines, not initialised, never
// grows.
#pragma once

#include "engine/tensor/tensor.h"

#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace fastcar::cpu {

class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t count)
        : count_(count)
    {
        if (count > 0)
            data_.reset(static_cast<float *>(::operator new(count * sizeof(float), alignment)));
    }
    /// [rows, cols]
    AlignedBuffer(std::int64_t rows, std::int64_t cols)
        : AlignedBuffer(static_cast<std::size_t>(rows * cols))
    {
    }

    float *data() { return data_.get(); }
    const float *data() const { return data_.get(); }
    std::size_t size() const { return count_; }
    std::span<float> all() { return {data_.get(), count_}; }
    /// The front of the buffer as a matrix.
    MatrixView<float> matrix(std::int64_t rows, std::int64_t cols)
    {
        assert(static_cast<std::size_t>(rows * cols) <= count_);
        return {data_.get(), rows, cols};
    }

private:
    static constexpr std::align_val_t alignment{64};
    struct Free {
        void operator()(float *p) const { ::operator delete(p, alignment); }
    };
    std::unique_ptr<float, Free> data_;
    std::size_t count_ = 0;
};

} // namespace fastcar::cpu

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

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace fastcar::cpu {

/// The memory of a buffer: large ones lie in huge pages, where the system has them.
struct AlignedMemory {
    struct Free {
        std::align_val_t alignment{64};
        void operator()(float *p) const { ::operator delete(p, alignment); }
    };
    using Pointer = std::unique_ptr<float, Free>;

    static Pointer allocate(std::size_t bytes)
    {
        constexpr std::size_t hugePage = std::size_t{2} << 20;
        const bool large = bytes >= hugePage / 2;
        if (large && bytes < 4 * hugePage) // what is not whole pages would be small ones
            bytes = (bytes + hugePage - 1) / hugePage * hugePage;
        const std::align_val_t alignment{large ? hugePage : 64};
        Pointer memory(static_cast<float *>(::operator new(bytes, alignment)), Free{alignment});
#if defined(__linux__)
        if (large)
            ::madvise(memory.get(), bytes / hugePage * hugePage, MADV_HUGEPAGE);
#endif
        return memory;
    }
};

class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t count)
        : count_(count)
    {
        if (count > 0)
            data_ = AlignedMemory::allocate(count * sizeof(float));
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
    AlignedMemory::Pointer data_;
    std::size_t count_ = 0;
};

} // namespace fastcar::cpu

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

/// Of memory that was aligned to it.
struct FreeAligned {
    std::align_val_t alignment{64};
    void operator()(float *p) const { ::operator delete(p, alignment); }
};

class AlignedBuffer {
    static constexpr std::size_t hugePage = std::size_t{2} << 20, hugeBytes = 2 * hugePage;

public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t count)
        : count_(count)
    {
        if (count == 0)
            return;
        const std::size_t bytes = count * sizeof(float);
        const std::align_val_t alignment{bytes < hugeBytes ? 64 : hugePage};
        data_ = std::unique_ptr<float, FreeAligned>(static_cast<float *>(::operator new(bytes, alignment)),
                                                    FreeAligned{alignment});
#if defined(__linux__)
        if (bytes >= hugeBytes)
            ::madvise(data_.get(), bytes / hugePage * hugePage, MADV_HUGEPAGE);
#endif
    }
    /// [rows, cols]
    AlignedBuffer(std::int64_t rows, std::int64_t cols)
        : AlignedBuffer(static_cast<std::size_t>(rows * cols))
    {
    }

    float *data()
    {
        return data_.get();
    }
    const float *data() const
    {
        return data_.get();
    }
    std::size_t size() const
    {
        return count_;
    }
    std::span<float> all()
    {
        return {data_.get(), count_};
    }
    /// The front of the buffer as a matrix.
    MatrixView<float> matrix(std::int64_t rows, std::int64_t cols)
    {
        assert(static_cast<std::size_t>(rows * cols) <= count_);
        return {data_.get(), rows, cols};
    }

private:
    std::unique_ptr<float, FreeAligned> data_;
    std::size_t count_ = 0;
};

} // namespace fastcar::cpu

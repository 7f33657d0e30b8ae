// SPDX-License-Identifier: Apache-2.0
//
// Counts what a test program allocates with operator new, on any thread. Included by one source file of a
// program. A sanitizer brings an allocator of its own: there is nothing to count then.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace fastcar {

inline std::atomic<std::int64_t> allocationsOfTheProgram{0};

/// The allocations since its construction.
class AllocationCount {
public:
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    static constexpr bool possible = false;
#else
    static constexpr bool possible = true;
#endif
    std::int64_t sofar() const
    {
        return allocationsOfTheProgram - before_;
    }

private:
    std::int64_t before_ = allocationsOfTheProgram;
};

inline void *countedAllocation(std::size_t bytes, std::size_t alignment)
{
    ++allocationsOfTheProgram;
    void *const memory = alignment > alignof(std::max_align_t)
                             ? std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment)
                             : std::malloc(bytes);
    if (!memory)
        std::abort();
    return memory;
}

} // namespace fastcar

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void *operator new(std::size_t bytes)
{
    return fastcar::countedAllocation(bytes, 1);
}
void *operator new[](std::size_t bytes)
{
    return fastcar::countedAllocation(bytes, 1);
}
void *operator new(std::size_t bytes, std::align_val_t alignment)
{
    return fastcar::countedAllocation(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::align_val_t) noexcept
{
    std::free(memory);
}
#endif

// SPDX-License-Identifier: Apache-2.0
//
// Counts what a test program allocates with operator new, on any thread, and how much of it there is at a
// time. Included by one source file of a program. A sanitizer brings an allocator of its own: there is nothing to count then.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace fastcar {

inline std::atomic<std::int64_t> allocationsOfTheProgram{0};
inline std::atomic<std::int64_t> bytesOfTheProgram{0};
inline std::atomic<std::int64_t> mostBytesOfTheProgram{0};

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

/// The most memory at a time since its construction, beyond what there was then. One at a time, and for one
/// thread that allocates.
class PeakMemory {
public:
    static constexpr bool possible = AllocationCount::possible;
    PeakMemory() { mostBytesOfTheProgram = before_; }
    std::int64_t bytes() const { return mostBytesOfTheProgram - before_; }

private:
    std::int64_t before_ = bytesOfTheProgram;
};

inline void *countedAllocation(std::size_t bytes, std::size_t alignment)
{
    ++allocationsOfTheProgram;
    void *const memory = alignment > alignof(std::max_align_t)
                             ? std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment)
                             : std::malloc(bytes);
    if (!memory)
        std::abort();
    bytesOfTheProgram += static_cast<std::int64_t>(::malloc_usable_size(memory));
    mostBytesOfTheProgram = std::max(mostBytesOfTheProgram.load(), bytesOfTheProgram.load());
    return memory;
}

inline void countedRelease(void *memory)
{
    bytesOfTheProgram -= static_cast<std::int64_t>(::malloc_usable_size(memory)); // of null: 0
    std::free(memory);
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
    fastcar::countedRelease(memory);
}
void operator delete[](void *memory) noexcept
{
    fastcar::countedRelease(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    fastcar::countedRelease(memory);
}
void operator delete[](void *memory, std::size_t) noexcept
{
    fastcar::countedRelease(memory);
}
void operator delete(void *memory, std::align_val_t) noexcept
{
    fastcar::countedRelease(memory);
}
#endif

// SPDX-License-Identifier: Apache-2.0
//
// How long each kernel ran, on all threads together: what is left of a step's time was spent between kernels.
#pragma once

#include <cstdint>
#include <vector>

namespace fastcar::roofline {

struct KernelTime {
    const char *name = "";
    std::int64_t calls = 0;
    double seconds = 0.0; // of all threads
};

/// While it lives, every kernel is timed as it is called. One at a time, made and ended
/// while no kernel runs.
class KernelTimes {
public:
    KernelTimes();
    ~KernelTimes();
    KernelTimes(const KernelTimes &) = delete;
    KernelTimes &operator=(const KernelTimes &) = delete;

    /// Since it was made or last asked, the longest first; kernels that were not called are left out. Last, as
    /// if it were a kernel, what taking the times took of the threads' time beside what was timed. Not while
    /// kernels run.
    std::vector<KernelTime> take();

private:
    double secondsACall_ = 0.0;
};

} // namespace fastcar::roofline

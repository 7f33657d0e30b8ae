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

/// While it lives, every kernel is timed as it is called (some 50 ns a call). One at a time, made and ended
/// while no kernel runs.
class KernelTimes {
public:
    KernelTimes();
    ~KernelTimes();
    KernelTimes(const KernelTimes &) = delete;
    KernelTimes &operator=(const KernelTimes &) = delete;

    /// Since it was made or last asked, the longest first; kernels that were not called are left out.
    std::vector<KernelTime> take();
};

} // namespace fastcar::roofline

// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/view_budget.h"

#if defined(__linux__)
#include <ctime>
#endif

namespace fastcar::ui {

std::int64_t threadTimeUs()
{
#if defined(__linux__)
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return std::int64_t{time.tv_sec} * 1000000 + time.tv_nsec / 1000;
#endif
    return 0;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/background_job.h"

#if defined(__linux__)
#include <sys/resource.h>
#endif

namespace fastcar::ui {

void yieldProcessor()
{
#if defined(__linux__)
    constexpr int nicest = 19;
    setpriority(PRIO_PROCESS, 0, nicest); // on Linux of the calling thread alone; a refusal harms nobody
#endif
}

} // namespace fastcar::ui

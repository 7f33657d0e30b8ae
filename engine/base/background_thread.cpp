// SPDX-License-Identifier: Apache-2.0
#include "engine/base/background_thread.h"

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#endif

namespace fastcar {

void enterBackground([[maybe_unused]] const char *name)
{
#if defined(__linux__)
    pthread_setname_np(pthread_self(), name);
    const sched_param none{};
    sched_setscheduler(0, SCHED_BATCH, &none); // when it wakes it drives nobody off
    constexpr int behind = 10;                 // a tenth of a core at the least
    setpriority(PRIO_PROCESS, 0, behind);      // on Linux of the calling thread alone
#endif
}

} // namespace fastcar

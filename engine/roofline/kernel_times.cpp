// SPDX-License-Identifier: Apache-2.0
#include "engine/roofline/kernel_times.h"

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/simd_level.h"
#include "engine/roofline/measurement.h"

#include <algorithm>
#include <atomic>
#include <chrono>

namespace fastcar::roofline {

namespace {

using cpu::KernelTable;

struct Counter {
    const char *name;
    std::atomic<std::int64_t> calls{0}, nanoseconds{0};

    explicit Counter(const char *of)
        : name(of)
    {
    }
};

std::vector<Counter *> &counters()
{
    static std::vector<Counter *> all;
    return all;
}

const KernelTable *timed = nullptr; // what the stand-ins call

/// Stands in for a kernel and counts its time.
template <auto Kernel, typename Signature>
struct StandIn;

template <auto Kernel, typename R, typename... Arguments>
struct StandIn<Kernel, R (*KernelTable::*)(Arguments...)> {
    static inline Counter *counter = nullptr;

    static R call(Arguments... arguments)
    {
        struct Watch {
            Clock::time_point start = Clock::now();
            ~Watch()
            {
                const auto passed =
                    std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
                counter->calls.fetch_add(1, std::memory_order_relaxed);
                counter->nanoseconds.fetch_add(passed.count(), std::memory_order_relaxed);
            }
        } const watch;
        return (timed->*Kernel)(arguments...);
    }
};

template <auto Kernel>
void standIn(KernelTable &table, const char *name)
{
    using Timed = StandIn<Kernel, decltype(Kernel)>;
    static Counter counter(name);
    Timed::counter = &counter;
    counters().push_back(&counter);
    table.*Kernel = Timed::call;
}

KernelTable makeStandIns()
{
    KernelTable table = cpu::kernels();
#define FASTCAR_TIMED(kernel) standIn<&KernelTable::kernel>(table, #kernel)
    FASTCAR_TIMED(silu);
    FASTCAR_TIMED(siluTimes);
    FASTCAR_TIMED(gelu);
    FASTCAR_TIMED(softmax);
    FASTCAR_TIMED(add);
    FASTCAR_TIMED(addScaled);
    FASTCAR_TIMED(dot);
    FASTCAR_TIMED(rmsNorm);
    FASTCAR_TIMED(layerNorm);
    FASTCAR_TIMED(sumPixels);
    FASTCAR_TIMED(sumSquaredDeviations);
    FASTCAR_TIMED(normalisePixels);
    FASTCAR_TIMED(key);
    FASTCAR_TIMED(append);
    FASTCAR_TIMED(attend);
    FASTCAR_TIMED(joinParts);
    FASTCAR_TIMED(rotate);
    FASTCAR_TIMED(matmulTile);
    FASTCAR_TIMED(gatedTile);
    FASTCAR_TIMED(quantiseWide);
    FASTCAR_TIMED(quantiseNarrow);
    FASTCAR_TIMED(sumOfGroup);
#undef FASTCAR_TIMED
    return table;
}

} // namespace

KernelTimes::KernelTimes()
{
    timed = &cpu::kernels();
    static const KernelTable standIns = makeStandIns();
    cpu::useKernels(standIns);
    take();
}

KernelTimes::~KernelTimes()
{
    cpu::useSimdLevel(cpu::simdLevel());
}

std::vector<KernelTime> KernelTimes::take()
{
    std::vector<KernelTime> times;
    for (Counter *counter : counters()) {
        const std::int64_t calls = counter->calls.exchange(0, std::memory_order_relaxed);
        const std::int64_t nanoseconds = counter->nanoseconds.exchange(0, std::memory_order_relaxed);
        if (calls > 0)
            times.push_back({counter->name, calls, 1e-9 * static_cast<double>(nanoseconds)});
    }
    std::ranges::sort(times, std::ranges::greater(), &KernelTime::seconds);
    return times;
}

} // namespace fastcar::roofline

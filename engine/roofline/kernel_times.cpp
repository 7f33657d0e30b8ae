// SPDX-License-Identifier: Apache-2.0
#include "engine/roofline/kernel_times.h"

#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/simd_level.h"
#include "engine/roofline/measurement.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <chrono>
#include <deque>
#include <mutex>

namespace fastcar::roofline {

namespace {

using cpu::KernelTable;

constexpr std::size_t mostKernels = 32;

/// Of one thread, which alone counts: lines of memory that threads share would take longer than a small
/// kernel.
struct alignas(64) Counts {
    std::array<std::atomic<std::int64_t>, mostKernels> calls{}, nanoseconds{};

    void count(std::size_t kernel, std::int64_t passed)
    {
        const auto add = [](std::atomic<std::int64_t> &to, std::int64_t more) {
            to.store(to.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
        };
        add(calls[kernel], 1);
        add(nanoseconds[kernel], passed);
    }
};

/// Those of all threads that ever called a stand-in.
class AllCounts {
public:
    Counts &ofThisThread()
    {
        static thread_local Counts &mine = enrol();
        return mine;
    }
    KernelTime take(const char *name, std::size_t kernel)
    {
        const std::scoped_lock lock(mutex_);
        std::int64_t calls = 0, nanoseconds = 0;
        for (Counts &counts : counts_) {
            calls += counts.calls[kernel].exchange(0, std::memory_order_relaxed);
            nanoseconds += counts.nanoseconds[kernel].exchange(0, std::memory_order_relaxed);
        }
        return {name, calls, 1e-9 * static_cast<double>(nanoseconds)};
    }

private:
    Counts &enrol()
    {
        const std::scoped_lock lock(mutex_);
        return counts_.emplace_back();
    }

    std::mutex mutex_;
    std::deque<Counts> counts_;
};

AllCounts &allCounts()
{
    static AllCounts all;
    return all;
}

std::vector<const char *> &names()
{
    static std::vector<const char *> all;
    return all;
}

const KernelTable *timed = nullptr; // what the stand-ins call

/// Stands in for a kernel and counts its time.
template <auto Kernel, typename Signature>
struct StandIn;

template <auto Kernel, typename R, typename... Arguments>
struct StandIn<Kernel, R (*KernelTable::*)(Arguments...)> {
    static inline std::size_t number = 0;

    static R call(Arguments... arguments)
    {
        struct Watch {
            Clock::time_point start = Clock::now();
            ~Watch()
            {
                const auto passed =
                    std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
                allCounts().ofThisThread().count(number, passed.count());
            }
        } const watch;
        return (timed->*Kernel)(arguments...);
    }
};

template <auto Kernel>
void standIn(KernelTable &table, const char *name)
{
    using Timed = StandIn<Kernel, decltype(Kernel)>;
    Timed::number = names().size();
    names().push_back(name);
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
    assert(names().size() <= mostKernels);
    cpu::useKernels(standIns);

    // What a call takes besides what it counts, by a kernel that has nothing to do.
    constexpr int calls = 4000;
    take();
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < calls; ++i)
        cpu::kernels().silu({});
    const double all = std::chrono::duration<double>(Clock::now() - start).count();
    secondsACall_ = std::max(0.0, all - take().front().seconds) / calls;
}

KernelTimes::~KernelTimes()
{
    cpu::useSimdLevel(cpu::simdLevel());
}

std::vector<KernelTime> KernelTimes::take()
{
    std::vector<KernelTime> times;
    KernelTime timing{"taking these times"};
    for (std::size_t kernel = 0; kernel < names().size(); ++kernel) {
        const KernelTime time = allCounts().take(names()[kernel], kernel);
        if (time.calls == 0)
            continue;
        times.push_back(time);
        timing.calls += time.calls;
    }
    timing.seconds = static_cast<double>(timing.calls) * secondsACall_;
    std::ranges::sort(times, std::ranges::greater(), &KernelTime::seconds);
    if (timing.seconds > 0.0)
        times.push_back(timing);
    return times;
}

} // namespace fastcar::roofline

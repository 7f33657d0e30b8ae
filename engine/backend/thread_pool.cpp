// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fastcar {

namespace {

/// Longer than the pause between two parallel regions of a step, shorter than anything that a neighbour would
/// notice.
constexpr std::chrono::microseconds spinTime{20};
/// Longer than what one thread does alone between two steps (sampling, telling what happened). Meanwhile
/// whoever else wants the core gets it; waking up would take as long as several regions.
constexpr std::chrono::microseconds yieldTime{150};

void relax()
{
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// That the calling thread is on; -1 where the system does not tell.
int coreAtHand()
{
#if defined(__linux__)
    return sched_getcpu();
#else
    return -1;
#endif
}

/// Whether `done` came true before it is time to sleep, which it is as soon as `inTheWay` says so.
template <typename Done, typename InTheWay>
bool spinUntil(Done done, InTheWay inTheWay)
{
    using Clock = std::chrono::steady_clock;
    constexpr int checksBeforeClock = 32; // most regions end within them
    const auto check = [&done](int times) {
        for (int i = 0; i < times; ++i) {
            if (done())
                return true;
            relax();
        }
        return false;
    };
    if (check(checksBeforeClock))
        return true;
    const auto start = Clock::now();
    auto waited = Clock::duration::zero();
    do {
        if (check(16))
            return true;
        if (inTheWay())
            return false;
        if (waited >= spinTime)
            std::this_thread::yield();
        waited = Clock::now() - start;
    } while (waited < spinTime + yieldTime);
    return done();
}

void nameThread([[maybe_unused]] std::thread &thread, [[maybe_unused]] int number)
{
#if defined(__linux__)
    pthread_setname_np(thread.native_handle(), ("fastcar-pool-" + std::to_string(number)).c_str());
#endif
}

} // namespace

// A job is announced by `open_`: its number in the upper half, the tiles that nobody has taken yet in the
// lower. Tiles are taken by counting the lower half down; that succeeds only while the job is the one whose
// fields were read, because the next one is not written before all tiles of this one are done. A worker that
// wakes late finds nothing to take and disturbs nobody, and nobody waits for it.
//
// The system may put two of the threads on one core, when somebody else has the other one for a moment, and
// leaves them there for many milliseconds: threads that run all the time it does not like to move, but one
// that is woken it puts on a core that is free. So a worker that finds itself on the caller's core sleeps
// until the next job.
//
// Whoever takes tiles takes a share of those that are left, as they follow each other: each taking is a line
// of memory that has to come from another core, which takes about as long as a small tile.
struct ThreadPool::Impl {
    explicit Impl(int threads)
        : sharers_(2 * static_cast<std::uint32_t>(threads))
    {
        for (int worker = 1; worker < threads; ++worker) {
            workers_.emplace_back([this, worker] { work(worker); });
            nameThread(workers_.back(), worker);
        }
    }

    ~Impl()
    {
        stop_.store(true, std::memory_order_relaxed);
        job_.fetch_add(1, std::memory_order_release);
        job_.notify_all();
        for (std::thread &worker : workers_)
            worker.join();
    }

    void run(std::int64_t tiles, Call call, void *context)
    {
        // The lower half counts 32 bits; nobody cuts work finer than that.
        for (std::int64_t first = 0; first < tiles; first += maxTiles)
            runPart(first, std::min(tiles - first, maxTiles), call, context);
    }

    int threads() const { return static_cast<int>(workers_.size()) + 1; }

private:
    static constexpr std::int64_t maxTiles = 1 << 30;

    void runPart(std::int64_t first, std::int64_t tiles, Call call, void *context)
    {
        call_.store(call, std::memory_order_relaxed);
        context_.store(context, std::memory_order_relaxed);
        first_.store(first, std::memory_order_relaxed);
        unfinished_.store(static_cast<std::uint32_t>(tiles), std::memory_order_relaxed);
        const std::uint32_t number = job_.load(std::memory_order_relaxed) + 1;
        open_.store(std::uint64_t{number} << 32 | static_cast<std::uint64_t>(tiles),
                    std::memory_order_release);
        callersCore_.store(coreAtHand(), std::memory_order_relaxed);
        // Either the worker that falls asleep sees the new number, or we see that it sleeps.
        job_.store(number, std::memory_order_seq_cst);
        if (asleep_.load(std::memory_order_seq_cst) && asleep_.exchange(false, std::memory_order_seq_cst))
            job_.notify_all();

        takeTiles(0);

        const auto finished = [&] { return unfinished_.load(std::memory_order_acquire) == 0; };
        if (spinUntil(finished, [] { return false; }))
            return;
        // One load both decides and is waited on: 0 is never waited on, for nobody would say that it has
        // changed.
        while (const std::uint32_t left = unfinished_.load(std::memory_order_acquire))
            unfinished_.wait(left, std::memory_order_acquire);
    }

    void takeTiles(int worker)
    {
        std::uint64_t open = open_.load(std::memory_order_acquire);
        while (const std::uint32_t left = open & 0xffffffffu) {
            const Call call = call_.load(std::memory_order_relaxed);
            void *const context = context_.load(std::memory_order_relaxed);
            const std::int64_t first = first_.load(std::memory_order_relaxed);
            const std::uint32_t taken = (left + sharers_ - 1) / sharers_;
            if (!open_.compare_exchange_weak(open, open - taken, std::memory_order_acq_rel,
                                             std::memory_order_acquire))
                continue;
            for (std::int64_t tile = first + left - taken; tile < first + left; ++tile)
                call(context, tile, worker);
            if (unfinished_.fetch_sub(taken, std::memory_order_acq_rel) == taken)
                unfinished_.notify_one();
            open = open_.load(std::memory_order_acquire);
        }
    }

    void work(int worker)
    {
        std::uint32_t seen = 0;
        for (;;) {
            const auto announced = [&] { return job_.load(std::memory_order_acquire) != seen; };
            const auto inTheWay = [&] {
                const int core = callersCore_.load(std::memory_order_relaxed);
                return core >= 0 && core == coreAtHand();
            };
            if (!spinUntil(announced, inTheWay)) {
                asleep_.store(true, std::memory_order_seq_cst);
                job_.wait(seen, std::memory_order_seq_cst);
            }
            seen = job_.load(std::memory_order_acquire);
            if (stop_.load(std::memory_order_relaxed))
                return;
            takeTiles(worker);
        }
    }

    const std::uint32_t sharers_; // into which what is left is divided
    std::vector<std::thread> workers_;
    std::atomic<bool> stop_{false};
    std::atomic<bool> asleep_{false}; // some worker, and nobody has woken it since
    alignas(64) std::atomic<std::uint32_t> job_{0};
    alignas(64) std::atomic<std::uint64_t> open_{0};
    std::atomic<Call> call_{nullptr};
    std::atomic<void *> context_{nullptr};
    std::atomic<std::int64_t> first_{0};
    std::atomic<int> callersCore_{0}; // when it announced the job
    alignas(64) std::atomic<std::uint32_t> unfinished_{0};
};

ThreadPool::ThreadPool(int threads)
    : impl_(std::make_unique<Impl>(
          threads > 0 ? threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))))
{
}

ThreadPool::~ThreadPool() = default;

int ThreadPool::threads() const
{
    return impl_->threads();
}

void ThreadPool::run(std::int64_t tiles, Call call, void *context)
{
    if (tiles > 1 && threads() > 1) {
        impl_->run(tiles, call, context);
        return;
    }
    for (std::int64_t tile = 0; tile < tiles; ++tile)
        call(context, tile, 0);
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/thread_pool.h"

#include <algorithm>
#include <array>
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
#elif defined(__aarch64__)
    __asm__ volatile("yield");
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

/// Fetches, some lines at a time, what a thread reads next.
class Fetcher {
public:
    explicit Fetcher(const FetchAhead &ahead)
        : ahead_(ahead)
    {
    }
    /// Whether there was anything left.
    bool fetchSome()
    {
        for (FetchAhead::Stretch &stretch : ahead_.stretches) {
            if (stretch.bytes == 0)
                continue;
            const std::uint32_t some = std::min(stretch.bytes, atATime);
            for (std::uint32_t line = 0; line < some; line += 64)
                __builtin_prefetch(stretch.from + line, 0, 2);
            stretch.from += some;
            stretch.bytes -= some;
            return true;
        }
        return false;
    }

private:
    static constexpr std::uint32_t atATime = 8 * 64; // no more than a core has under way at once
    FetchAhead ahead_;
};

/// Whether `done` came true before it is time to sleep, which it is as soon as `inTheWay` says so.
template <typename Done, typename InTheWay>
bool spinUntil(Done done, InTheWay inTheWay, const FetchAhead &ahead)
{
    using Clock = std::chrono::steady_clock;
    constexpr int checksBeforeClock = 32; // most regions end within them
    Fetcher fetcher(ahead);
    const auto check = [&](int times) {
        for (int i = 0; i < times; ++i) {
            if (done())
                return true;
            if (!fetcher.fetchSome())
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

// Each thread has a lot: a line of memory with its share of the job's tiles, and what the job is. `range`
// holds the job's number, and the first and the end of the tiles that nobody has taken yet. A thread takes
// the first of its own; when it has none left, it takes the last ones of others. So what a thread begins with
// is known beforehand, its tiles follow each other in memory, and until it is done no other thread touches
// its lot.
//
// Those that are lent to others hear of no job: their lots stay of an earlier one.
//
// Taking succeeds only while the lot is of the job whose fields were read, because the next job is not
// written before all tiles of this one are done. A worker that wakes late finds nothing to take and disturbs
// nobody, and nobody waits for it.
//
// The system may put two of the threads on one core, when somebody else has the other one for a moment, and
// leaves them there for many milliseconds: threads that run all the time it does not like to move, but one
// that is woken it puts on a core that is free. So a worker that finds itself on the caller's core sleeps
// until the next job.
struct ThreadPool::Impl {
    explicit Impl(int threads)
        : lots_(static_cast<std::size_t>(threads))
    {
        for (int worker = 1; worker < threads; ++worker) {
            workers_.emplace_back([this, worker] { work(worker); });
            nameThread(workers_.back(), worker);
        }
    }

    ~Impl()
    {
        stop_.store(true, std::memory_order_relaxed);
        announce(0, threads());
        for (std::thread &worker : workers_)
            worker.join();
    }

    /// By the first `crew` of the threads.
    void run(std::int64_t tiles, Call call, void *context, std::span<const FetchAhead> ahead, int crew)
    {
        for (std::int64_t first = 0; first < tiles; first += mostTiles)
            runPart({.call = call, .context = context, .first = first}, std::min(tiles - first, mostTiles),
                    ahead, crew);
    }

    int threads() const { return static_cast<int>(lots_.size()); }
    void lend(int more) { lent_.fetch_add(more, std::memory_order_relaxed); }
    int crew() const { return std::max(1, threads() - lent_.load(std::memory_order_relaxed)); }

private:
    static constexpr std::int64_t mostTiles = 0xffff;

    struct Job {
        Call call = nullptr;
        void *context = nullptr;
        std::int64_t first = 0; // tile
    };

    struct Range {
        std::uint32_t job = 0, begin = 0, end = 0;

        static Range of(std::uint64_t word)
        {
            return {static_cast<std::uint32_t>(word >> 32), static_cast<std::uint32_t>(word >> 16 & 0xffff),
                    static_cast<std::uint32_t>(word & 0xffff)};
        }
        std::uint64_t word() const { return std::uint64_t{job} << 32 | begin << 16 | end; }
    };

    struct alignas(64) Lot {
        std::atomic<std::uint64_t> range{0};
        std::atomic<std::uint32_t> announced{0}; // the job's number once more: what its thread sleeps on
        std::atomic<bool> asleep{false};
        std::atomic<Call> call{nullptr};
        std::atomic<void *> context{nullptr};
        std::atomic<std::int64_t> first{0};
        // FetchAhead
        std::array<std::atomic<std::uint32_t>, FetchAhead::most> aheadBytes{};
        std::array<std::atomic<const std::byte *>, FetchAhead::most> aheadFrom{};

        void set(const Job &job, const FetchAhead &ahead)
        {
            call.store(job.call, std::memory_order_relaxed);
            context.store(job.context, std::memory_order_relaxed);
            first.store(job.first, std::memory_order_relaxed);
            for (std::size_t i = 0; i < FetchAhead::most; ++i) {
                aheadFrom[i].store(ahead.stretches[i].from, std::memory_order_relaxed);
                aheadBytes[i].store(ahead.stretches[i].bytes, std::memory_order_relaxed);
            }
        }
        Job job() const
        {
            return {.call = call.load(std::memory_order_relaxed),
                    .context = context.load(std::memory_order_relaxed),
                    .first = first.load(std::memory_order_relaxed)};
        }
        FetchAhead ahead() const
        {
            FetchAhead ahead;
            for (std::size_t i = 0; i < FetchAhead::most; ++i)
                ahead.stretches[i] = {.from = aheadFrom[i].load(std::memory_order_relaxed),
                                      .bytes = aheadBytes[i].load(std::memory_order_relaxed)};
            return ahead;
        }
    };

    void runPart(const Job &job, std::int64_t tiles, std::span<const FetchAhead> ahead, int crew)
    {
        unfinished_.store(static_cast<std::uint32_t>(tiles), std::memory_order_relaxed);
        for (std::size_t worker = 0; worker < static_cast<std::size_t>(crew); ++worker)
            lots_[worker].set(job, worker < ahead.size() ? ahead[worker] : FetchAhead{});
        announce(tiles, crew);
        takeTiles(0);

        const auto finished = [&] { return unfinished_.load(std::memory_order_acquire) == 0; };
        if (spinUntil(finished, [] { return false; }, lots_.front().ahead()))
            return;
        // One load both decides and is waited on: 0 is never waited on, for nobody would say that it has
        // changed.
        while (const std::uint32_t left = unfinished_.load(std::memory_order_acquire))
            unfinished_.wait(left, std::memory_order_acquire);
    }

    void announce(std::int64_t tiles, int crew)
    {
        const std::uint32_t number = ++job_;
        for (int worker = crew - 1; worker >= 0; --worker) { // the one that announces is busy last
            const TileRange range = tilesOf(worker, crew, tiles);
            lots_[static_cast<std::size_t>(worker)].range.store(
                Range{number, static_cast<std::uint32_t>(range.begin), static_cast<std::uint32_t>(range.end)}
                    .word(),
                std::memory_order_release);
        }
        callersCore_.store(coreAtHand(), std::memory_order_relaxed);
        const std::span<Lot> others = std::span(lots_).first(static_cast<std::size_t>(crew)).subspan(1);
        for (Lot &lot : others)
            lot.announced.store(number, std::memory_order_release);
        // Either the worker that falls asleep sees the new number, or we see that it sleeps. It counts as
        // asleep until it has woken up: whom we find asleep may have seen this number already, and waits for
        // the next one.
        std::atomic_thread_fence(std::memory_order_seq_cst);
        for (Lot &lot : others)
            if (lot.asleep.load(std::memory_order_relaxed))
                lot.announced.notify_one();
    }

    void takeTiles(int worker)
    {
        const Lot &own = lots_[static_cast<std::size_t>(worker)];
        const std::uint32_t number = Range::of(own.range.load(std::memory_order_acquire)).job;
        const Job job = own.job();
        std::uint32_t done = 0;
        for (std::size_t next = 0; next < lots_.size(); ++next) {
            Lot &lot = lots_[(static_cast<std::size_t>(worker) + next) % lots_.size()];
            std::uint64_t word = lot.range.load(std::memory_order_acquire);
            for (Range range = Range::of(word); range.job == number && range.begin < range.end;
                 range = Range::of(word)) {
                const std::uint32_t tile = next == 0 ? range.begin++ : --range.end;
                if (!lot.range.compare_exchange_weak(word, range.word(), std::memory_order_acq_rel,
                                                     std::memory_order_acquire))
                    continue;
                job.call(job.context, job.first + tile, worker);
                ++done;
                word = lot.range.load(std::memory_order_acquire);
            }
        }
        if (done > 0 && unfinished_.fetch_sub(done, std::memory_order_acq_rel) == done)
            unfinished_.notify_one();
    }

    void work(int worker)
    {
        Lot &own = lots_[static_cast<std::size_t>(worker)];
        std::uint32_t seen = 0;
        for (;;) {
            const auto announced = [&] {
                return Range::of(own.range.load(std::memory_order_acquire)).job != seen;
            };
            const auto inTheWay = [&] {
                const int core = callersCore_.load(std::memory_order_relaxed);
                return core >= 0 && core == coreAtHand();
            };
            if (!spinUntil(announced, inTheWay, own.ahead())) {
                own.asleep.store(true, std::memory_order_relaxed);
                std::atomic_thread_fence(std::memory_order_seq_cst);
                own.announced.wait(seen, std::memory_order_acquire);
                own.asleep.store(false, std::memory_order_relaxed);
            }
            seen = Range::of(own.range.load(std::memory_order_acquire)).job;
            if (stop_.load(std::memory_order_relaxed))
                return;
            takeTiles(worker);
        }
    }

    std::vector<Lot> lots_; // of the caller, then of the workers
    std::vector<std::thread> workers_;
    std::uint32_t job_ = 0; // the caller's; the number of the last one
    std::atomic<bool> stop_{false};
    std::atomic<int> lent_{0}; // threads
    alignas(64) std::atomic<int> callersCore_{0}; // when it announced the job
    alignas(64) std::atomic<std::uint32_t> unfinished_{0};
};

ThreadPool::ThreadPool(int threads)
    : impl_(std::make_unique<Impl>(
          threads > 0 ? threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))))
{
}

ThreadPool::~ThreadPool() = default;

ThreadPool::Loan::Loan(ThreadPool &pool)
    : pool_(pool)
{
    pool_.impl_->lend(1);
}

ThreadPool::Loan::~Loan()
{
    pool_.impl_->lend(-1);
}

int ThreadPool::threads() const
{
    return impl_->threads();
}

int ThreadPool::crew() const
{
    return impl_->crew();
}

TileRange ThreadPool::tilesOf(int worker, int threads, std::int64_t tiles)
{
    return {tiles * worker / threads, tiles * (worker + 1) / threads};
}

void ThreadPool::run(std::int64_t tiles, Call call, void *context, std::span<const FetchAhead> ahead)
{
    const int crew = impl_->crew();
    if (tiles > 1 && crew > 1) {
        // What threads read next is known for all of them.
        impl_->run(tiles, call, context, crew == threads() ? ahead : std::span<const FetchAhead>(), crew);
        return;
    }
    for (std::int64_t tile = 0; tile < tiles; ++tile)
        call(context, tile, 0);
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// The engine's worker threads. Work is cut into tiles by the caller, the same tiles for any number of threads, so that a
// result does not depend on how many there are. Between jobs workers spin for a few microseconds, then give way to
// whoever wants their core, then sleep: they must neither stand in the way of a shared machine nor cost a wake-up for
// each layer or token.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

namespace fastcar {

/// Memory that a thread will read when the next job comes. It may be gone by then: it is only asked for.
struct FetchAhead {
    static constexpr std::size_t most = 2;
    struct Stretch {
        const std::byte *from = nullptr;
        std::uint32_t bytes = 0;
    };
    std::array<Stretch, most> stretches;
};

struct TileRange {
    std::int64_t begin = 0, end = 0;
};

class ThreadPool {
public:
    /// `threads` counts the calling thread; 1 starts none. 0: as many as the machine has cores.
    explicit ThreadPool(int threads = 0);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    int threads() const;
    /// Those that take part now (Loan).
    int crew() const;

    /// Calls body(tile), or body(tile, worker), for every tile in [0, tiles), on any thread and in any order; returns when
    /// all are done. `worker` is in [0, threads()) and tells which scratch memory a body may use: no two bodies run with
    /// the same one at a time. One caller at a time. The body allocates nothing and does not call back into the pool.
    /// `ahead`: for each worker what it will read next, which it fetches while it waits for others; or nothing.
    template <typename Body>
    void forEachTile(std::int64_t tiles, Body &&body, std::span<const FetchAhead> ahead = {})
    {
        using Plain = std::remove_reference_t<Body>;
        run(
            tiles,
            [](void *context, std::int64_t tile, int worker) {
                if constexpr (std::is_invocable_v<Plain &, std::int64_t, int>)
                    (*static_cast<Plain *>(context))(tile, worker);
                else
                    (*static_cast<Plain *>(context))(tile);
            },
            const_cast<void *>(static_cast<const void *>(&body)), ahead);
    }

    /// While one lives, a thread fewer takes part, but never fewer than the caller: somebody else needs its
    /// core. Made and ended on any thread; it counts from the next forEachTile() on, and does not outlive the
    /// pool.
    class Loan {
    public:
        explicit Loan(ThreadPool &pool);
        ~Loan();
        Loan(const Loan &) = delete;
        Loan &operator=(const Loan &) = delete;

    private:
        ThreadPool &pool_;
    };

    /// What `worker` of `threads` begins with. Whoever is done takes what others have left, from the end of theirs.
    static TileRange tilesOf(int worker, int threads, std::int64_t tiles);

private:
    using Call = void (*)(void *context, std::int64_t tile, int worker);
    void run(std::int64_t tiles, Call call, void *context, std::span<const FetchAhead> ahead);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar

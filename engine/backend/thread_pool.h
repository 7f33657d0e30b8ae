// SPDX-License-Identifier: Apache-2.0
//
// The engine's worker threads. Work is cut into tiles by the caller, the same tiles for any number of threads, so that a
// result does not depend on how many there are. Between jobs workers spin for a few microseconds, then give way to
// whoever wants their core, then sleep: they must neither stand in the way of a shared machine nor cost a wake-up for
// each layer or token.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

namespace fastcar {

class ThreadPool {
public:
    /// `threads` counts the calling thread; 1 starts none. 0: as many as the machine has cores.
    explicit ThreadPool(int threads = 0);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    int threads() const;

    /// Calls body(tile), or body(tile, worker), for every tile in [0, tiles), on any thread and in any order; returns when
    /// all are done. `worker` is in [0, threads()) and tells which scratch memory a body may use: no two bodies run with
    /// the same one at a time. One caller at a time. The body allocates nothing and does not call back into the pool.
    template <typename Body>
    void forEachTile(std::int64_t tiles, Body &&body)
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
            const_cast<void *>(static_cast<const void *>(&body)));
    }

private:
    using Call = void (*)(void *context, std::int64_t tile, int worker);
    void run(std::int64_t tiles, Call call, void *context);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// Makes pictures of latents beside the tokens that come meanwhile, on one thread. What is done waits until the engine's
// thread takes it, so that a sink hears of it there. The thread has no low priority: on a machine that others use, too,
// whoever waits for the last picture would wait for all of them (a third more of a whole clip's time, measured).
#pragma once

#include "engine/base/result.h"
#include "engine/media/frame.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace fastcar {

/// Which picture: that of a whole frame, or a preview of `tokens` of it.
struct PictureTicket {
    int video = 0;
    int frame = 0;
    int tokens = 0;
    bool whole = true;
    bool given = false; // of a beginning that the sink knows
};

/// Latents [stride, E] of a frame to its picture.
using DecodePicture = std::function<Result<SharedFrame>(std::span<const float> latents)>;

class PictureThread {
public:
    struct Done {
        PictureTicket ticket;
        Result<SharedFrame> picture;
        double seconds = 0.0; // that it took
    };

    /// `decode` is called by the thread alone.
    explicit PictureThread(DecodePicture decode);
    /// Waits for the picture at hand; those behind it are dropped.
    ~PictureThread() = default;

    /// Takes a copy of the latents.
    void ask(const PictureTicket &ticket, std::span<const float> latents);
    /// What is done since the last call, in the order in which it was asked for.
    std::vector<Done> take();
    /// Returns when no more than `left` of what was asked for are still to be made.
    void wait(std::size_t left = 0);
    /// How many are still to be made, the one at hand included.
    std::size_t left() const;

private:
    struct Asked {
        PictureTicket ticket;
        std::vector<float> latents;
    };
    void work(std::stop_token stop);

    DecodePicture decode_;
    mutable std::mutex mutex_;
    std::condition_variable_any asked_;
    std::condition_variable made_;
    std::deque<Asked> queue_; // the front one is at hand or next; guarded by mutex_
    std::vector<Done> done_;  // guarded by mutex_
    std::jthread thread_;     // last: everything above is there while it runs
};

} // namespace fastcar

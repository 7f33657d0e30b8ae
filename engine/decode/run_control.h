// SPDX-License-Identifier: Apache-2.0
//
// The way into a running generation: called from any thread, heeded by the engine at the next token boundary.
// A newer policy replaces an older one that still waits.
#pragma once

#include "engine/replay/replay_policy.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace fastcar {

class RunControl {
public:
    void pause();
    void resume();
    /// Ends the run at the next token; what was made up to there stays. Also ends a pause.
    void cancel();
    void setReplayPolicy(ReplayPolicy policy);
    /// Whether anybody looks at previews; they do at first.
    void setWatched(bool watched) { watched_.store(watched, std::memory_order_relaxed); }

    bool paused() const;
    bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
    bool watched() const { return watched_.load(std::memory_order_relaxed); }

    /// For the engine: the newest policy that nobody has taken yet.
    std::optional<ReplayPolicy> takeReplayPolicy();
    /// For the engine: returns at once unless paused, then waits for resume() or cancel().
    void waitWhilePaused();

private:
    std::atomic<bool> cancelled_{false};
    std::atomic<bool> watched_{true};
    std::atomic<bool> policyWaits_{false};
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool paused_ = false;
    std::optional<ReplayPolicy> policy_;
};

} // namespace fastcar

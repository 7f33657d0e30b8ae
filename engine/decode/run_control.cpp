// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/run_control.h"

#include <utility>

namespace fastcar {

void RunControl::pause()
{
    const std::lock_guard lock(mutex_);
    paused_ = true;
}

void RunControl::resume()
{
    {
        const std::lock_guard lock(mutex_);
        paused_ = false;
    }
    changed_.notify_all();
}

void RunControl::cancel()
{
    {
        const std::lock_guard lock(mutex_);
        cancelled_.store(true, std::memory_order_relaxed);
    }
    changed_.notify_all();
}

void RunControl::setReplayPolicy(ReplayPolicy policy)
{
    const std::lock_guard lock(mutex_);
    policy_ = std::move(policy);
    policyWaits_.store(true, std::memory_order_release);
}

bool RunControl::paused() const
{
    const std::lock_guard lock(mutex_);
    return paused_;
}

std::optional<ReplayPolicy> RunControl::takeReplayPolicy()
{
    if (!policyWaits_.load(std::memory_order_acquire))
        return std::nullopt;
    const std::lock_guard lock(mutex_);
    policyWaits_.store(false, std::memory_order_release);
    return std::exchange(policy_, std::nullopt);
}

void RunControl::waitWhilePaused()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !paused_ || cancelled(); });
}

} // namespace fastcar

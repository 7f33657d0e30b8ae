// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/picture_thread.h"

#include <chrono>
#include <utility>

#if defined(__linux__)
#include <pthread.h>
#endif

namespace fastcar {

namespace {

void nameThePictureThread()
{
#if defined(__linux__)
    pthread_setname_np(pthread_self(), "fastcar-pixels");
#endif
}

} // namespace

PictureThread::PictureThread(DecodePicture decode)
    : decode_(std::move(decode))
    , thread_([this](std::stop_token stop) { work(stop); })
{
}

void PictureThread::ask(const PictureTicket &ticket, std::span<const float> latents)
{
    Asked asked{.ticket = ticket, .latents = {latents.begin(), latents.end()}};
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(asked));
    }
    asked_.notify_one();
}

std::vector<PictureThread::Done> PictureThread::take()
{
    const std::lock_guard lock(mutex_);
    return std::exchange(done_, {});
}

void PictureThread::wait(std::size_t left)
{
    std::unique_lock lock(mutex_);
    made_.wait(lock, [&] { return queue_.size() <= left; });
}

std::size_t PictureThread::left() const
{
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void PictureThread::work(std::stop_token stop)
{
    using Clock = std::chrono::steady_clock;
    nameThePictureThread();
    std::unique_lock lock(mutex_);
    while (asked_.wait(lock, stop, [this] { return !queue_.empty(); }) && !stop.stop_requested()) {
        const Asked &asked = queue_.front(); // stays where it is while others are put behind it
        lock.unlock();
        const auto start = Clock::now();
        Result<SharedFrame> picture = decode_(asked.latents);
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        lock.lock();
        done_.push_back({.ticket = asked.ticket, .picture = std::move(picture), .seconds = seconds});
        queue_.pop_front();
        made_.notify_all();
    }
}

} // namespace fastcar

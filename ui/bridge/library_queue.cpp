// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/library_queue.h"

#include <pthread.h>

namespace fastcar::ui {

LibraryQueue::LibraryQueue(std::filesystem::path folder, QObject *context)
    : folder_(std::move(folder))
    , context_(context)
    , thread_([this](std::stop_token stop) { work(stop); })
{
}

LibraryQueue::~LibraryQueue() = default; // the thread is asked to stop, and does when nothing waits

void LibraryQueue::push(std::function<void()> job)
{
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    more_.notify_one();
}

void LibraryQueue::work(std::stop_token stop)
{
    pthread_setname_np(pthread_self(), "fastcar-library");
    while (true) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            if (!more_.wait(lock, stop, [this] { return !jobs_.empty(); }))
                return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        job();
    }
}

/// Tried again each time: what was in the way may be gone.
Result<void> LibraryQueue::opened()
{
    if (library_)
        return {};
    auto library = Library::open(folder_, {.lookForInterrupted = false}); // RunKeeper does
    if (!library)
        return library.error();
    library_ = std::make_unique<Library>(std::move(*library));
    return {};
}

} // namespace fastcar::ui

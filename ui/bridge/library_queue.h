// SPDX-License-Identifier: Apache-2.0
//
// What the window asks of a library and changes in it, one after the other on a thread of its own: the window
// never waits for the disk.
#pragma once

#include "engine/library/library.h"

#include <QMetaObject>
#include <QObject>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace fastcar::ui {

class LibraryQueue {
public:
    /// Answers come on the thread of `context`, which outlives the queue.
    LibraryQueue(std::filesystem::path folder, QObject *context);
    /// Waits for what was asked; its answers are not told any more.
    ~LibraryQueue();

    const std::filesystem::path &folder() const { return folder_; }

    /// `work(library)` gives a Result, with which `done` is called; where the library cannot be opened, with
    /// that error.
    template <typename Work, typename Done>
    void ask(Work work, Done done)
    {
        push([this, work = std::move(work), done = std::move(done)]() mutable {
            using Answer = decltype(work(*library_));
            const Result<void> open = opened();
            auto answer = std::make_shared<Answer>(open ? work(*library_) : Answer(open.error()));
            QMetaObject::invokeMethod(
                context_, [answer, done]() mutable { done(std::move(*answer)); }, Qt::QueuedConnection);
        });
    }

private:
    void push(std::function<void()> job);
    void work(std::stop_token stop);
    Result<void> opened();

    const std::filesystem::path folder_;
    QObject *const context_;
    std::unique_ptr<Library> library_; // the thread's own
    std::mutex mutex_;
    std::condition_variable_any more_;
    std::deque<std::function<void()>> jobs_; // guarded by mutex_
    std::jthread thread_;                    // last: everything above is there while it runs
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// One piece of work off the window's thread; its answer comes back on it. Destroying the job waits for the
// work.
#pragma once

#include <QMetaObject>
#include <QObject>

#include <memory>
#include <thread>
#include <utility>

namespace fastcar::ui {

/// The thread that calls this gets a processor where the others leave one, and a hundredth where they do not.
void yieldProcessor();

class BackgroundJob {
public:
    enum class Haste {
        Asked,    // somebody waits for it
        Yielding, // it goes on beside a run, and must not take time from it
    };
    explicit BackgroundJob(Haste haste = Haste::Asked)
        : haste_(haste)
    {
    }

    bool running() const { return running_; }

    /// Not while running. `done(answer)` is called on `context`'s thread; `context` outlives the job.
    template <typename Work, typename Done>
    void start(QObject *context, Work work, Done done)
    {
        running_ = true;
        thread_ = std::jthread([this, context, work = std::move(work), done = std::move(done)]() mutable {
            if (haste_ == Haste::Yielding)
                yieldProcessor();
            auto answer = std::make_shared<decltype(work())>(work());
            QMetaObject::invokeMethod(
                context,
                [this, answer, done]() mutable {
                    running_ = false;
                    done(std::move(*answer));
                },
                Qt::QueuedConnection);
        });
    }

private:
    const Haste haste_;
    bool running_ = false; // the context's thread
    std::jthread thread_;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Work off the window's thread of which only the newest counts: to ask again is to tell the work that goes on
// to stop; its answer is not heard of.
#pragma once

#include "ui/bridge/background_job.h"

#include <functional>
#include <stop_token>
#include <utility>

namespace fastcar::ui {

class LatestJob {
public:
    LatestJob() = default;
    LatestJob(const LatestJob &) = delete;
    LatestJob &operator=(const LatestJob &) = delete;
    /// Waits for what goes on.
    ~LatestJob() { drop(); }

    /// Something was asked for and is not answered yet.
    bool busy() const { return busy_; }

    /// `work(std::stop_token)` runs as soon as what goes on has stopped, and `done(answer)` on `context`'s
    /// thread unless something newer was asked for meanwhile. Both can be copied; `context` outlives the job.
    template <typename Work, typename Done>
    void ask(QObject *context, Work work, Done done)
    {
        stop_.request_stop();
        busy_ = true;
        next_ = [this, context, work = std::move(work), done = std::move(done)]() mutable {
            stop_ = std::stop_source();
            const std::stop_token token = stop_.get_token();
            job_.start(
                context, [work = std::move(work), token]() mutable { return work(token); },
                [this, done = std::move(done), token](auto answer) mutable {
                    if (next_)
                        return startNext();
                    if (token.stop_requested())
                        return;
                    busy_ = false;
                    done(std::move(answer));
                });
        };
        if (!job_.running())
            startNext();
    }

    /// Nothing of what was asked for is wanted any more.
    void drop()
    {
        stop_.request_stop();
        next_ = {};
        busy_ = false;
    }

private:
    void startNext()
    {
        auto next = std::exchange(next_, {});
        next();
    }

    bool busy_ = false;
    std::stop_source stop_;
    std::function<void()> next_;
    BackgroundJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/engine_thread.h"

#include <pthread.h>
#include <readerwriterqueue/readerwriterqueue.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace fastcar {

namespace {

/// What goes out of the engine's thread. Events are many and go through a lock-free single-producer queue;
/// pictures and ends are few and go through a mutex.
class Outbox final : public RunSink {
public:
    explicit Outbox(std::function<void(EngineThread::Wake)> wakeUp)
        : wakeUp_(std::move(wakeUp))
    {
    }

    void onEvent(const Event &event) override
    {
        events_.enqueue(event);
        event.kind == Event::Kind::PhaseChanged ? wakeNow() : wake();
    }

    void onBegun(const RunSettings &settings) override
    {
        const std::lock_guard lock(mutex_);
        slow_.begun = settings;
    }

    void onPolicy(std::uint32_t number, const ReplayPolicy &policy) override
    {
        const std::lock_guard lock(mutex_);
        slow_.policies.emplace_back(number, policy);
    }

    void onContinued(const Continuation &continuation) override
    {
        const std::lock_guard lock(mutex_);
        slow_.continuations.push_back(continuation);
    }

    void onFrame(int video, int frame, SharedFrame picture) override
    {
        {
            const std::lock_guard lock(mutex_);
            previews_.erase(video); // of this frame: it is older than the frame
            slow_.frames.push_back(
                {.video = video, .frame = frame, .finished = true, .picture = std::move(picture)});
        }
        wake();
    }

    void onPreview(int video, int frame, int tokens, SharedFrame picture) override
    {
        {
            const std::lock_guard lock(mutex_);
            previews_[video] = {
                .video = video, .frame = frame, .tokens = tokens, .picture = std::move(picture)};
        }
        wake();
    }

    void opened(const Model &model)
    {
        {
            const std::lock_guard lock(mutex_);
            slow_.opened = model;
        }
        wakeNow();
    }

    void ended(Result<GenerationResult> result)
    {
        {
            const std::lock_guard lock(mutex_);
            slow_.ended.emplace(std::move(result));
        }
        wakeNow();
    }

    EngineThread::Drained drain()
    {
        hurrying_.store(false); // before the queues are read: what comes later wakes again
        EngineThread::Drained drained = take();
        if (drained.empty()) {
            waking_.store(false);
            drained = take(); // what came in between woke nobody
        }
        return drained;
    }

private:
    EngineThread::Drained take()
    {
        EngineThread::Drained drained;
        std::vector<Event> events;
        takeEvents(events); // first: what an event names was put into slow_ before it
        {
            const std::lock_guard lock(mutex_);
            drained = std::exchange(slow_, {});
            for (auto &[video, preview] : previews_)
                drained.frames.push_back(std::move(preview));
            previews_.clear();
        }
        if (drained.ended)
            takeEvents(events); // the last ones of the run that has ended
        drained.events = std::move(events);
        return drained;
    }

    void takeEvents(std::vector<Event> &events)
    {
        Event event;
        while (events_.try_dequeue(event))
            events.push_back(event);
    }

    void wake()
    {
        if (!waking_.exchange(true))
            wakeUp_(EngineThread::Wake::Soon);
    }

    void wakeNow()
    {
        waking_.store(true);
        if (!hurrying_.exchange(true))
            wakeUp_(EngineThread::Wake::Now);
    }

    std::function<void(EngineThread::Wake)> wakeUp_;
    std::atomic<bool> waking_{false};   // the other side comes, or was told to
    std::atomic<bool> hurrying_{false}; // it was told to come now
    moodycamel::ReaderWriterQueue<Event> events_{1 << 14};
    std::mutex mutex_;
    EngineThread::Drained slow_; // all but the events
    std::map<int, EngineThread::FrameMessage> previews_;
};

} // namespace

struct EngineThread::Impl {
    struct Asked {
        RunSettings settings;
        std::optional<RunPrefix> prefix;
        Options options;
    };

    Impl(Options chosen, std::function<void(Wake)> wakeUp)
        : options(chosen)
        , outbox(std::move(wakeUp))
        , thread([this](std::stop_token stop) { work(stop); })
    {
    }

    void work(std::stop_token stop)
    {
        pthread_setname_np(pthread_self(), "fastcar-engine");
        std::optional<ThreadPool> pool;
        int threads = -1;
        while (true) {
            Asked run;
            {
                std::unique_lock lock(mutex);
                if (!asked.wait(lock, stop, [this] { return next.has_value(); }))
                    return;
                run = std::move(*next);
                next.reset();
            }
            if (std::exchange(threads, run.options.threads) != run.options.threads)
                pool.emplace(run.options.threads);
            auto result = make(std::move(run), *pool);
            if (!result)
                outbox.onEvent({.kind = Event::Kind::PhaseChanged, .phase = Phase::Failed});
            {
                const std::lock_guard lock(mutex);
                control = nullptr;
            }
            outbox.ended(std::move(result));
        }
    }

    Result<GenerationResult> make(Asked run, ThreadPool &pool)
    {
        const RunSettings &settings = run.settings;
        if (!model || modelFolder != settings.modelFolder) {
            outbox.onEvent({.kind = Event::Kind::PhaseChanged, .phase = Phase::Loading});
            auto opened = Model::open(settings.modelFolder);
            if (!opened)
                return opened.error();
            model = std::move(opened).value();
            modelFolder = settings.modelFolder;
            outbox.opened(*model);
        }
        std::shared_ptr<RunControl> own;
        {
            const std::lock_guard lock(mutex);
            own = control;
        }
        GenerationOptions how;
        how.previewIntervalMs = run.options.previewIntervalMs;
        how.headScores = run.options.headScores;
        how.prefix = run.prefix ? &*run.prefix : nullptr;
        return generate(*model, settings, pool, outbox, *own, how);
    }

    template <typename Act>
    void withControl(Act act)
    {
        const std::lock_guard lock(mutex);
        if (control)
            act(*control);
    }

    Options options;     // guarded by mutex
    bool watched = true; // guarded by mutex
    Outbox outbox;
    std::mutex mutex;
    std::condition_variable_any asked;
    std::optional<Asked> next;           // guarded by mutex
    std::shared_ptr<RunControl> control; // of the run that was asked for or runs; guarded by mutex
    std::optional<Model> model;          // the thread's own
    std::string modelFolder;             // the thread's own
    std::jthread thread;                 // last: everything above is there while it runs
};

EngineThread::EngineThread(Options options, std::function<void(Wake)> wakeUp)
    : impl_(std::make_unique<Impl>(options, std::move(wakeUp)))
{
}

EngineThread::~EngineThread()
{
    impl_->withControl([](RunControl &control) { control.cancel(); });
}

Result<void> EngineThread::start(RunSettings settings, std::optional<RunPrefix> prefix,
                                 std::optional<ReplayPolicy> policy)
{
    {
        const std::lock_guard lock(impl_->mutex);
        if (impl_->control)
            return Error{ErrorKind::BadInput, "A generation is running; cancel it or wait until it is done."};
        impl_->control = std::make_shared<RunControl>();
        impl_->control->setWatched(impl_->watched);
        if (policy)
            impl_->control->setReplayPolicy(std::move(*policy));
        impl_->next = Impl::Asked{
            .settings = std::move(settings), .prefix = std::move(prefix), .options = impl_->options};
    }
    impl_->asked.notify_one();
    return {};
}

void EngineThread::pause()
{
    impl_->withControl([](RunControl &control) { control.pause(); });
}

void EngineThread::resume()
{
    impl_->withControl([](RunControl &control) { control.resume(); });
}

void EngineThread::cancel()
{
    impl_->withControl([](RunControl &control) { control.cancel(); });
}

void EngineThread::setReplayPolicy(ReplayPolicy policy)
{
    impl_->withControl([&](RunControl &control) { control.setReplayPolicy(std::move(policy)); });
}

void EngineThread::setWatched(bool watched)
{
    const std::lock_guard lock(impl_->mutex);
    impl_->watched = watched;
    if (impl_->control)
        impl_->control->setWatched(watched);
}

void EngineThread::setOptions(Options options)
{
    const std::lock_guard lock(impl_->mutex);
    impl_->options = options;
}

bool EngineThread::running() const
{
    const std::lock_guard lock(impl_->mutex);
    return impl_->control != nullptr;
}

EngineThread::Drained EngineThread::drain()
{
    return impl_->outbox.drain();
}

} // namespace fastcar

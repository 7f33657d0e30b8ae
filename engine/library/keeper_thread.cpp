// SPDX-License-Identifier: Apache-2.0
#include "engine/library/keeper_thread.h"

#include "engine/base/background_thread.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace fastcar {

namespace {

std::size_t bytesOf(const EngineThread::Drained &drained)
{
    std::size_t bytes = drained.events.size() * sizeof(Event);
    for (const EngineThread::FrameMessage &message : drained.frames)
        bytes += message.picture->rgb.size();
    return bytes;
}

/// What is kept of it: neither previews nor what is not the run's.
EngineThread::Drained keptPartOf(const EngineThread::Drained &drained)
{
    EngineThread::Drained kept;
    kept.events = drained.events;
    kept.policies = drained.policies;
    kept.continuations = drained.continuations;
    for (const EngineThread::FrameMessage &message : drained.frames)
        if (message.finished)
            kept.frames.push_back(message);
    return kept;
}

} // namespace

struct KeeperThread::Impl {
    Impl(Options chosen, std::function<void(KeeperNews)> callback)
        : options(std::move(chosen))
        , tell(std::move(callback))
        , thread([this](std::stop_token stop) { work(stop); })
    {
    }

    // The window's side.

    enum class Haste { Now, Soon };

    void push(std::function<void()> job, Haste haste = Haste::Now, std::size_t bytes = 0)
    {
        {
            const std::lock_guard lock(mutex);
            jobs.push_back({std::move(job), bytes});
            waitingBytes += bytes;
            hurries = hurries || haste == Haste::Now;
            if (rests && !hurries)
                return; // it comes by itself
        }
        more.notify_one();
    }

    void take(EngineThread::Drained drained)
    {
        const std::size_t bytes = bytesOf(drained);
        {
            const std::lock_guard lock(mutex);
            if (fallenBehind)
                return;
            fallenBehind = waitingBytes + bytes > options.mostWaitingBytes;
        }
        if (fallenBehind)
            push([this] {
                if (run)
                    run->giveUp({ErrorKind::Io, "The disk is too slow to keep this run in '" +
                                                    options.folder.string() + "'; choose another folder."});
            });
        else
            push([this, drained = std::move(drained)] { write(drained); }, Haste::Soon, bytes);
    }

    // The keeper's thread.

    void work(std::stop_token stop)
    {
        enterBackground("fastcar-keeper");
        open();
        while (waitForJobs(stop)) {
            for (const Job &job : atWork)
                if (library)
                    job.act();
            atWork.clear();
        }
        if (run)
            (void)run->end(RunState::Cancelled);
        run.reset();
    }

    /// Into atWork. False: none waits, and none will come.
    bool waitForJobs(const std::stop_token &stop)
    {
        std::unique_lock lock(mutex);
        rests = true;
        more.wait_for(lock, stop, options.rest, [this] { return hurries; });
        rests = false;
        if (!more.wait(lock, stop, [this] { return !jobs.empty(); }))
            return false;
        atWork.swap(jobs);
        waitingBytes = 0;
        hurries = false;
        return true;
    }

    void open()
    {
        auto opened = Library::open(options.folder);
        if (!opened) {
            tell({.kind = KeeperNews::Kind::OpenFailed, .reason = opened.error().message});
            return;
        }
        library = std::make_unique<Library>(std::move(*opened));
        KeeperNews news{.kind = KeeperNews::Kind::Opened};
        if (auto unanswered = library->unanswered())
            news.interrupted = std::move(*unanswered);
        tell(std::move(news));
    }

    void news(KeeperNews of)
    {
        of.turn = turn;
        tell(std::move(of));
    }

    void started(Result<std::unique_ptr<KeptRun>> made)
    {
        stopTold = false;
        if (!made) {
            news({.kind = KeeperNews::Kind::Stopped, .run = atHand, .reason = made.error().message});
            return;
        }
        run = std::move(*made);
        atHand = run->id();
        news({.kind = KeeperNews::Kind::Changed, .run = atHand});
    }

    void write(const EngineThread::Drained &drained)
    {
        if (!run)
            return;
        for (const auto &[number, policy] : drained.policies)
            run->onPolicy(number, policy);
        for (const Continuation &continuation : drained.continuations)
            run->onContinued(continuation);
        // Frames first: a trace must not tell of one that a crash keeps from being written.
        for (const EngineThread::FrameMessage &message : drained.frames)
            run->onFrame(message.video, message.frame, message.picture);
        run->takeEvents(drained.events);
        tellIfStopped();
        if (!drained.frames.empty())
            news({.kind = KeeperNews::Kind::Changed, .run = atHand});
    }

    void end(RunState state, const std::string &reason, const std::vector<std::vector<SharedFrame>> &frames)
    {
        if (!run)
            return;
        (void)run->end(state, reason, frames); // its error is the run's
        tellIfStopped();
        run.reset();
        news({.kind = KeeperNews::Kind::Changed, .run = atHand});
    }

    void tellIfStopped()
    {
        if (!run->error() || stopTold)
            return;
        stopTold = true;
        news({.kind = KeeperNews::Kind::Stopped, .run = atHand, .reason = run->error()->message});
    }

    struct Job {
        std::function<void()> act;
        std::size_t bytes = 0;
    };

    const Options options;
    const std::function<void(KeeperNews)> tell;
    bool fallenBehind = false; // in the run at hand; the window's

    std::mutex mutex;
    std::condition_variable_any more;
    std::vector<Job> jobs;        // guarded by mutex
    std::size_t waitingBytes = 0; // guarded by mutex
    bool hurries = false;         // one of the jobs; guarded by mutex
    bool rests = false;           // the thread, and looks again by itself; guarded by mutex

    // The thread's own.
    std::vector<Job> atWork;
    std::unique_ptr<Library> library; // null: it could not be opened
    std::unique_ptr<KeptRun> run;     // null: none is written
    RunId atHand = 0;                 // that goes on, if one does; 0: none
    std::uint64_t turn = 0;
    bool stopTold = false;

    std::jthread thread; // last: everything above is there while it runs
};

KeeperThread::KeeperThread(Options options, std::function<void(KeeperNews)> tell)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(tell)))
{
}

KeeperThread::~KeeperThread() = default; // the thread is asked to stop, and does when nothing waits

void KeeperThread::begin(const TraceShape &shape, const RunSettings &settings, const std::string &modelName)
{
    impl_->fallenBehind = false;
    impl_->push([impl = impl_.get(), shape, settings, modelName] {
        impl->atHand = 0;
        ++impl->turn;
        impl->started(impl->library->begin(shape, settings, modelName));
    });
}

void KeeperThread::goOn(int tokens)
{
    impl_->fallenBehind = false;
    impl_->push([impl = impl_.get(), tokens] {
        if (impl->atHand != 0)
            impl->started(impl->library->goOn(impl->atHand, tokens));
    });
}

void KeeperThread::adopt(RunId run)
{
    impl_->push([impl = impl_.get(), run] {
        impl->atHand = run;
        ++impl->turn;
    });
}

/// Where that cannot be written, somebody is asked once more.
void KeeperThread::answer(std::vector<RunId> runs)
{
    impl_->push([impl = impl_.get(), runs = std::move(runs)] { (void)impl->library->answer(runs); });
}

void KeeperThread::take(const EngineThread::Drained &drained)
{
    if (!drained.empty())
        impl_->take(keptPartOf(drained));
}

void KeeperThread::end(RunState state, const std::string &reason,
                       const std::vector<std::vector<SharedFrame>> &frames)
{
    impl_->push([impl = impl_.get(), state, reason, frames] { impl->end(state, reason, frames); });
}

} // namespace fastcar

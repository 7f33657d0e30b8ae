// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/run_controller.h"

#include "ui/models/engine_words.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace fastcar::ui {

namespace {
/// A slider that is dragged says more than anybody could see the effect of.
constexpr int policyIntervalMs = 40;
/// While nobody looks, what the run has said is only kept.
constexpr int unwatchedIntervalMs = 250;
} // namespace

RunController::RunController(RunRecord &record, QObject *parent)
    : QObject(parent)
    , record_(record)
    , later_(this)
    , policyPace_(this)
{
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &RunController::drain);
    policyPace_.setSingleShot(true);
    policyPace_.setInterval(policyIntervalMs);
    connect(&policyPace_, &QTimer::timeout, this, &RunController::sendPolicy);
    engine_ = std::make_unique<EngineThread>(EngineThread::Options{}, [this](EngineThread::Wake wake) {
        const auto come = wake == EngineThread::Wake::Now ? &RunController::drain : &RunController::drainSoon;
        QMetaObject::invokeMethod(this, come, Qt::QueuedConnection);
    });
}

RunController::~RunController() = default;

void RunController::start(const ModelConfig &config, const RunSettings &settings,
                          std::optional<RunPrefix> prefix, std::optional<ReplayPolicy> policy)
{
    if (running_)
        return;
    take(settings, settings.device);
    if (prefix)
        given_ = prefix->tokens;
    if (prefix)
        record_.goOn();
    else
        record_.begin(config, settings);
    if (auto started = engine_->start(settings, std::move(prefix), std::move(policy)); !started) {
        failure_ = engineWords(started.error());
        setState(State::Failed);
        return;
    }
    running_ = true;
    budget_.begin(threadTimeUs());
    setState(State::Loading);
}

bool RunController::show(Trace trace, const std::vector<std::vector<SharedFrame>> &frames)
{
    if (running_)
        return false;
    const RunSettings &settings = trace.settings();
    take(settings, deviceOfStep(settings, trace.steps()));
    record_.show(std::move(trace), frames);
    state_ = State::Recorded;
    emit stateChanged(state_); // also where the run before was a recorded one
    return true;
}

void RunController::take(const RunSettings &settings, const std::string &device)
{
    settings_ = settings;
    device_ = device;
    given_.reset();
    result_.reset();
    failure_.clear();
    deviceFailed_ = pauseAsked_ = cancelAsked_ = false;
    newestPolicy_.reset();
}

void RunController::pause()
{
    if (!running_ || pauseAsked_ || cancelAsked_)
        return;
    pauseAsked_ = true;
    engine_->pause();
    setState(State::Pausing);
}

void RunController::resume()
{
    if (!running_ || !pauseAsked_)
        return;
    pauseAsked_ = false;
    engine_->resume();
    setState(State::Decoding);
}

void RunController::cancel()
{
    if (!running_ || cancelAsked_)
        return;
    cancelAsked_ = true;
    engine_->cancel();
    setState(State::Cancelling);
}

void RunController::setReplayPolicy(const ReplayPolicy &policy)
{
    if (!running_)
        return;
    newestPolicy_ = policy;
    if (!policyPace_.isActive())
        sendPolicy();
}

void RunController::sendPolicy()
{
    if (!running_ || !newestPolicy_)
        return;
    engine_->setReplayPolicy(*newestPolicy_);
    newestPolicy_.reset();
    policyPace_.start();
}

void RunController::setWatched(bool watched)
{
    engine_->setWatched(watched);
    if (std::exchange(watched_, watched) != watched && watched && running_)
        later_.start(0); // whoever looks sees how far it is
}

void RunController::setEngineOptions(EngineThread::Options options)
{
    engine_->setOptions(options);
    const int cores = std::max(1, QThread::idealThreadCount());
    coreIsFree_ = options.threads > 0 && options.threads < cores;
    applyViewLimits();
}

void RunController::setViewLimits(const ViewBudget::Limits &limits)
{
    viewLimits_ = limits;
    applyViewLimits();
}

void RunController::applyViewLimits()
{
    budget_.setLimits(coreIsFree_ ? ViewBudget::none : viewLimits_);
}

int RunController::drainIntervalMs() const
{
    return watched_ ? budget_.intervalMs() : unwatchedIntervalMs;
}

void RunController::drainSoon()
{
    const qint64 interval = drainIntervalMs();
    const qint64 since = sinceDrain_.isValid() ? sinceDrain_.elapsed() : interval;
    if (since >= interval)
        drain();
    else if (!later_.isActive())
        later_.start(static_cast<int>(interval - since));
}

void RunController::drain()
{
    later_.stop();
    sinceDrain_.start();
    budget_.done(threadTimeUs());
    EngineThread::Drained fresh = engine_->drain();
    if (fresh.empty())
        return; // the engine wakes us when there is something again
    later_.start(drainIntervalMs());
    record_.take(fresh);
    if (fresh.begun)
        settings_ = *fresh.begun;
    emit drained(fresh);
    if (fresh.ended)
        takeEnd(std::move(*fresh.ended));
    else
        takePhase();
}

void RunController::takePhase()
{
    if (!running_ || cancelAsked_ || !record_.phase())
        return;
    switch (*record_.phase()) {
    case Phase::Loading:
        setState(pauseAsked_ ? State::Pausing : State::Loading);
        break;
    case Phase::Prefill:
        setState(pauseAsked_ ? State::Pausing : State::Prefill);
        break;
    case Phase::Repeating:
        setState(pauseAsked_ ? State::Pausing : State::Repeating);
        break;
    case Phase::Decoding:
        setState(pauseAsked_ ? State::Pausing : State::Decoding);
        break;
    case Phase::Paused:
        // Resumed meanwhile: the engine has not said so yet.
        setState(pauseAsked_ ? State::Paused : State::Decoding);
        break;
    default:
        break; // the end itself is told by takeEnd
    }
}

void RunController::takeEnd(Result<GenerationResult> ended)
{
    running_ = false;
    if (!ended) {
        failure_ = engineWords(ended.error());
        setState(State::Failed);
        return;
    }
    settings_ = ended->settings;
    if (ended->failure) {
        failure_ = engineWords(*ended->failure);
        deviceFailed_ = true;
        setState(State::Failed);
        return;
    }
    result_ = std::move(ended).value();
    setState(result_->cancelled ? State::Cancelled : State::Done);
}

void RunController::setState(State state)
{
    if (state == state_)
        return;
    state_ = state;
    emit stateChanged(state_);
}

} // namespace fastcar::ui

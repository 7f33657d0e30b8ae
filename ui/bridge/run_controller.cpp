// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/run_controller.h"

namespace fastcar::ui {

namespace {
constexpr int drainIntervalMs = 33;
} // namespace

RunController::RunController(RunRecord &record, QObject *parent)
    : QObject(parent)
    , record_(record)
    , later_(this)
{
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &RunController::drain);
    engine_ = std::make_unique<EngineThread>(EngineThread::Options{}, [this] {
        QMetaObject::invokeMethod(this, &RunController::wake, Qt::QueuedConnection);
    });
}

RunController::~RunController() = default;

void RunController::start(const ModelConfig &config, const RunSettings &settings,
                          std::optional<RunPrefix> prefix)
{
    if (running_)
        return;
    settings_ = settings;
    device_ = settings.device;
    result_.reset();
    failure_.clear();
    deviceFailed_ = pauseAsked_ = cancelAsked_ = false;
    if (prefix)
        record_.goOn();
    else
        record_.begin(config, settings);
    if (auto started = engine_->start(settings, std::move(prefix)); !started) {
        failure_ = QString::fromStdString(started.error().message);
        setState(State::Failed);
        return;
    }
    running_ = true;
    setState(State::Loading);
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
    if (running_)
        engine_->setReplayPolicy(policy);
}

void RunController::wake()
{
    const qint64 since = sinceDrain_.isValid() ? sinceDrain_.elapsed() : drainIntervalMs;
    if (since >= drainIntervalMs)
        drain();
    else if (!later_.isActive())
        later_.start(static_cast<int>(drainIntervalMs - since));
}

void RunController::drain()
{
    later_.stop();
    sinceDrain_.start();
    EngineThread::Drained drained = engine_->drain();
    record_.take(drained);
    if (drained.ended)
        takeEnd(std::move(*drained.ended));
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
        failure_ = QString::fromStdString(ended.error().message);
        setState(State::Failed);
        return;
    }
    settings_ = ended->settings;
    record_.takeFacts(settings_);
    if (ended->failure) {
        failure_ = QString::fromStdString(ended->failure->message);
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

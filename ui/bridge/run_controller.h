// SPDX-License-Identifier: Apache-2.0
//
// Between the window and the engine's thread: starts, pauses, cancels; drains what the engine says into the
// RunRecord, at most some thirty times a second; and knows in which state a run is.
#pragma once

#include "engine/decode/engine_thread.h"
#include "ui/models/run_record.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace fastcar::ui {

class RunController : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle, // nothing has run yet
        Loading,
        Prefill,
        Repeating, // a run that goes on makes its caches again
        Decoding,
        Pausing, // asked for, not yet heeded
        Paused,
        Cancelling, // asked for, not yet heeded
        Done,
        Cancelled,
        Failed,
    };
    Q_ENUM(State)

    /// `record` outlives the controller.
    explicit RunController(RunRecord &record, QObject *parent = nullptr);
    ~RunController() override;

    State state() const { return state_; }
    bool running() const { return running_; }
    /// Why the last run failed.
    const QString &failure() const { return failure_; }
    /// It was the device that failed; the run can go on on another one.
    bool deviceFailed() const { return deviceFailed_; }
    /// What computes, or computed last.
    const std::string &device() const { return device_; }
    /// Settings of the run at hand; once it has ended with the model's digest and the program's version.
    const RunSettings &settings() const { return settings_; }
    /// Of the run that ended last without failing.
    const std::optional<GenerationResult> &result() const { return result_; }

    /// `config` is of the model in settings.modelFolder. With `prefix`, which is what the record has of the
    /// run, the run goes on behind it, on settings.device. Does nothing while a run is going on.
    void start(const ModelConfig &config, const RunSettings &settings, std::optional<RunPrefix> prefix = {});

public slots:
    void pause();
    void resume();
    void cancel();
    /// Of the run that is going on, from the next token on; the newest wins.
    void setReplayPolicy(const fastcar::ReplayPolicy &policy);

signals:
    void stateChanged(fastcar::ui::RunController::State state);

private:
    void wake();
    void drain();
    void takePhase();
    void takeEnd(Result<GenerationResult> ended);
    void setState(State state);

    RunRecord &record_;
    State state_ = State::Idle;
    bool running_ = false;
    bool pauseAsked_ = false;
    bool cancelAsked_ = false;
    QString failure_;
    bool deviceFailed_ = false;
    std::string device_;
    RunSettings settings_;
    std::optional<GenerationResult> result_;
    QElapsedTimer sinceDrain_;
    QTimer later_;
    std::unique_ptr<EngineThread> engine_; // last: ends before what it wakes
};

} // namespace fastcar::ui

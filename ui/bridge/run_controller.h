// SPDX-License-Identifier: Apache-2.0
//
// Between the window and the engine's thread: starts, pauses, cancels; drains what the engine says into the
// RunRecord, at most 25 times a second (view_budget.h) and less where nobody looks; and knows in which state
// a run is.
#pragma once

#include "engine/decode/engine_thread.h"
#include "ui/bridge/view_budget.h"
#include "ui/models/run_record.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

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
        Recorded, // the record shows a run that was made before
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
    /// Settings of the run at hand; once it has begun with the model's digest and the program's version.
    const RunSettings &settings() const { return settings_; }
    /// Tokens that were there when the run at hand went on; nothing where it began.
    std::optional<int> given() const { return given_; }
    /// Of the run that ended last without failing.
    const std::optional<GenerationResult> &result() const { return result_; }

    /// `config` is of the model in settings.modelFolder. With `prefix`, which is what the record has of the
    /// run, the run goes on behind it, on settings.device, and from there on under `policy` where one is
    /// given. Does nothing while a run is going on.
    void start(const ModelConfig &config, const RunSettings &settings, std::optional<RunPrefix> prefix = {},
               std::optional<ReplayPolicy> policy = {});
    /// Puts a recorded run in place of what the record holds; one that stopped can go on. False, and nothing
    /// is done, while a run is going on.
    bool show(Trace trace, const std::vector<std::vector<SharedFrame>> &frames);

public slots:
    void pause();
    void resume();
    void cancel();
    /// Whether anybody looks; nobody does: no previews of the frame in progress are made.
    void setWatched(bool watched);
    /// How closely what follows a run may follow it, where the run fills all cores.
    void setViewLimits(const fastcar::ui::ViewBudget::Limits &limits);
    /// How the engine works, from the next run on.
    void setEngineOptions(fastcar::EngineThread::Options options);
    /// Of the run that is going on, from the next token on; the newest wins. The first goes out at once,
    /// those that follow quickly at most 25 times a second.
    void setReplayPolicy(const fastcar::ReplayPolicy &policy);

signals:
    void stateChanged(fastcar::ui::RunController::State state);
    /// The record has taken this from the engine; what ended is told before the state is.
    void drained(const fastcar::EngineThread::Drained &drained);

private:
    void take(const RunSettings &settings, const std::string &device);
    void applyViewLimits();
    int drainIntervalMs() const;
    void drainSoon();
    void drain();
    void sendPolicy();
    void takePhase();
    void takeEnd(Result<GenerationResult> ended);
    void setState(State state);

    RunRecord &record_;
    State state_ = State::Idle;
    bool running_ = false;
    bool pauseAsked_ = false;
    bool cancelAsked_ = false;
    bool watched_ = true;
    bool coreIsFree_ = false; // the engine leaves one to the window
    ViewBudget::Limits viewLimits_ = ViewBudget::balanced;
    QString failure_;
    bool deviceFailed_ = false;
    std::string device_;
    RunSettings settings_;
    std::optional<int> given_;
    std::optional<GenerationResult> result_;
    ViewBudget budget_;
    QElapsedTimer sinceDrain_;
    QTimer later_;
    std::optional<ReplayPolicy> newestPolicy_; // that waits for its turn
    QTimer policyPace_;
    std::unique_ptr<EngineThread> engine_; // last: ends before what it wakes
};

} // namespace fastcar::ui

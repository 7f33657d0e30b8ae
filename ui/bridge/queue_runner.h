// SPDX-License-Identifier: Apache-2.0
//
// Starts what waits in the queue, one run after the other, and tells the queue how each of them ended. A run
// of another model than the one that is open is begun as soon as its folder has been read. After a run that
// somebody cancelled or whose device failed, and when the program starts with a queue of last time, it holds
// until it is told to go on: what is to be seen, and what can be gone on with, stays.
#pragma once

#include "engine/decode/generation.h"
#include "engine/library/run_entry.h"
#include "ui/bridge/background_job.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/run_queue.h"

#include <QObject>

#include <optional>

namespace fastcar::ui {

class QueueRunner : public QObject {
    Q_OBJECT
public:
    /// All of them outlive it; `record` is the controller's.
    QueueRunner(RunQueue &queue, RunController &controller, const RunRecord &record,
                QObject *parent = nullptr);

    /// Nothing is started.
    bool held() const { return held_; }
    /// The folder of the next run's model is being read.
    bool opening() const { return opening_.running(); }
    /// Nothing is going on and nothing waits: what is added begins at once.
    bool idle() const;
    /// Of the run that is going on or was the last one.
    const std::optional<Model> &model() const { return model_; }

    /// An open model, whose folder need not be read again.
    void know(const Model &model) { model_ = model; }
    /// At once if nothing is going on, else when its turn comes. True: at once.
    bool add(const RunSettings &settings, int runs = 1);
    /// One that had ended waits again; where nothing else does, it begins.
    void retry(int row);
    /// In the place of what is going on, which is cancelled; the others go on waiting.
    void restartWith(const RunSettings &settings);
    /// The run that the record shows, made here or taken out of the library, goes on behind what is there of
    /// it, under `policy` where it is not to be the one that ruled last. Its entry in the queue goes on with
    /// it.
    void goOn(const RunSettings &settings, RunPrefix prefix, std::optional<ReplayPolicy> policy);

public slots:
    /// The library has a place for the run that is going on.
    void takeKept(fastcar::RunId run) { queue_.keepAs(last_, run); }
    void setHeld(bool held);
    /// The run that is going on ends; the next one begins.
    void skip();

signals:
    void heldChanged(bool held);
    /// Of a run that was not even started.
    void couldNotStart(const fastcar::RunSettings &settings, const QString &reason);

private:
    void startNext();
    void takeModel(const std::string &folder, Result<Model> opened);
    void startWith(const Model &model);
    void takeState(RunController::State state);
    QString howFar() const;

    RunQueue &queue_;
    RunController &controller_;
    const RunRecord &record_;
    std::optional<Model> model_;
    std::optional<RunQueue::OneChange> change_; // until a run that begins at once is told of as one that goes
    quint64 last_ = 0;                          // number of the run that is going on or was the last one
    bool held_ = false;
    bool skipping_ = false; // the cancelled run makes way for the next one
    BackgroundJob opening_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui

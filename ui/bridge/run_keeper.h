// SPDX-License-Identifier: Apache-2.0
//
// Keeps every run of the window in the library while it goes. What the RunController drains is handed on to a
// thread of its own (engine/library/keeper_thread.h); the window never waits for the disk. Where the disk
// refuses, that is told once, and the run goes on without being kept.
#pragma once

#include "engine/library/keeper_thread.h"
#include "ui/bridge/run_controller.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace fastcar::ui {

class RunKeeper : public QObject {
    Q_OBJECT
public:
    /// Controller and record outlive it.
    RunKeeper(RunController &controller, const RunRecord &record, QObject *parent = nullptr);
    /// Waits until all that was said is written. A run that is still going on ends as cancelled.
    ~RunKeeper() override;

    /// From here on runs are kept, in the library of this folder, which is made where there is none. Not
    /// while a run is going on.
    void open(const std::filesystem::path &folder);
    bool keeps() const { return thread_ != nullptr; }

    /// As the model calls itself; of the runs to come.
    void setModelName(const std::string &name) { modelName_ = name; }
    /// The record shows this run of the library: if it goes on, it does so there. Nothing: one that is none
    /// of the library's, and is not kept if it goes on.
    void takeShown(std::optional<RunId> run);
    /// Somebody has said what becomes of these interrupted runs.
    void answer(std::vector<RunId> runs);
    /// The run that the record shows, as far as it is in the library.
    std::optional<RunId> runAtHand() const { return runAtHand_; }

signals:
    /// The library can be used. `interrupted`: runs whose program was killed before they ended and of which
    /// nobody has said yet what becomes of them, newest first.
    void opened(const std::vector<fastcar::RunEntry> &interrupted);
    /// The library cannot be used, and nothing is kept.
    void openFailed(const QString &reason);
    /// Another run is at hand, or it has just got its number.
    void runAtHandChanged();
    /// The run that goes on has its place in the library.
    void kept(fastcar::RunId run);
    /// A run appeared in the library, got further, ended.
    void changed(fastcar::RunId run);
    /// The run at hand is not kept any further.
    void stopped(const QString &reason);

private:
    void take(const EngineThread::Drained &drained);
    void takeEnd(const Result<GenerationResult> &ended);
    void takeNews(const KeeperNews &news);
    void setRunAtHand(std::optional<RunId> run);

    RunController &controller_;
    const RunRecord &record_;
    std::string modelName_;
    std::optional<RunId> runAtHand_;
    std::uint64_t turn_ = 0;               // how often another run came to hand: older news are of others
    bool keptTold_ = false;                // of the run that goes on
    bool fromFile_ = false;                // the one that the record shows
    std::unique_ptr<KeeperThread> thread_; // null: nothing is kept
};

} // namespace fastcar::ui

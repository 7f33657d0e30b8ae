// SPDX-License-Identifier: Apache-2.0
//
// A file that somebody dropped on the window: a trace, or a video with its settings inside. It is read in the
// background, and what can be done with it is offered, also with the whole run where the library has it;
// nothing that is set is overwritten unasked.
#pragma once

#include "engine/base/result.h"
#include "engine/library/run_entry.h"
#include "ui/bridge/background_job.h"
#include "ui/compare/run_source.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>

namespace fastcar::ui {

class MessageBanner;
class RunController;
class RunKeeper;
class RunRecord;
class RunSettingsModel;

class DroppedRun : public QObject {
    Q_OBJECT
public:
    /// All of them outlive it.
    struct Parts {
        RunController &controller;
        const RunRecord &record;
        const RunKeeper &keeper;
        RunSettingsModel &settings;
        MessageBanner &banner;
    };
    explicit DroppedRun(const Parts &parts, QObject *parent = nullptr);

    /// It is looked for in the library of this folder.
    void setLibrary(const std::filesystem::path &folder) { library_ = folder; }
    /// Of several in a row, the last one counts.
    void open(const QString &file);

signals:
    /// The views show it.
    void shown();
    /// The library's run is to be shown.
    void keptShowAsked(fastcar::RunId run);
    /// With what the views show.
    void compareAsked(const fastcar::ui::RunSource &run);

private:
    using Run = std::shared_ptr<const LoadedRun>;
    struct Found {
        Run run;
        std::optional<RunId> kept; // the library's number of it
    };

    void start(const QString &file);
    void take(const QString &file, const Result<Found> &found);
    void offer(const QString &file, const Found &found);
    void show(const Run &run);
    void useSettings(const Run &run);

    Parts parts_;
    std::filesystem::path library_;
    QString next_;
    BackgroundJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// A file that somebody dropped on the window: a trace, or a video with its settings inside. It is read in the
// background, and what can be done with it is offered; nothing that is set is overwritten unasked.
#pragma once

#include "engine/base/result.h"
#include "ui/bridge/background_job.h"

#include <QObject>
#include <QString>

#include <memory>

namespace fastcar {
struct LoadedRun;
}

namespace fastcar::ui {

class MessageBanner;
class RunController;
class RunSettingsModel;

class DroppedRun : public QObject {
    Q_OBJECT
public:
    /// All of them outlive it.
    struct Parts {
        RunController &controller;
        RunSettingsModel &settings;
        MessageBanner &banner;
    };
    explicit DroppedRun(const Parts &parts, QObject *parent = nullptr);

    /// Of several in a row, the last one counts.
    void open(const QString &file);

signals:
    /// The views show it.
    void shown();

private:
    using Run = std::shared_ptr<const LoadedRun>;

    void start(const QString &file);
    void take(const QString &file, const Result<Run> &loaded);
    void show(const Run &run);
    void useSettings(const Run &run);

    Parts parts_;
    QString next_;
    BackgroundJob job_; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// A run that came to an end: what is told of it, and how one that was cancelled or failed goes on, there or
// on another device.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/run_settings_model.h"

#include <QObject>

namespace fastcar::ui {

class MessageBanner;

class EndedRun : public QObject {
    Q_OBJECT
public:
    struct Parts {
        RunController &controller;
        const RunRecord &record;
        RunSettingsModel &settings;
        QueueRunner &runner;
        MessageBanner &banner;
    };
    /// All of them outlive it.
    explicit EndedRun(const Parts &parts, QObject *parent = nullptr);

    /// It stopped on the way, and its model is open.
    bool canGoOn() const;
    void goOnOn(const QString &device);

    struct Possible {
        bool goingOn = false;
        bool saving = false;
    };
    /// It has just ended: what happened, and the offers that are possible.
    void tell(Possible possible);

signals:
    /// It goes on: it is to be seen.
    void viewerWanted();
    void saveAsked();

private:
    void tellOtherNumbers();

    Parts parts_;
};

} // namespace fastcar::ui

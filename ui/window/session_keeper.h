// SPDX-License-Identifier: Apache-2.0
//
// Keeps how things stand, settings of the next run, layouts and the window's place, in the preferences:
// shortly after each change, so that a program that is killed loses no more than the last moment, and all of
// it when the window closes.
#pragma once

#include "ui/models/preferences.h"

#include <QObject>
#include <QTimer>

class QMainWindow;

namespace fastcar::ui {

class HardwarePanel;
class PanelDocks;
class RunSettingsModel;

class SessionKeeper : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow &window;
        RunSettingsModel &settings;
        PanelDocks &docks;
        HardwarePanel &hardware;
    };
    /// All of them outlive the keeper.
    SessionKeeper(const Parts &parts, Preferences &preferences);

    /// As it was left; then what changes is kept.
    void restore();
    void keepNow();

signals:
    /// The file cannot be written; said once.
    void failed(const QString &file);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void noteChange();

    Parts parts_;
    Preferences &preferences_;
    QTimer soon_;
    bool restored_ = false;
    bool saidFailure_ = false;
};

} // namespace fastcar::ui

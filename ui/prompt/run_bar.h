// SPDX-License-Identifier: Apache-2.0
//
// Generate, Pause, Cancel, and how far the run is.
#pragma once

#include "ui/bridge/run_controller.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace fastcar::ui {

class RunBar : public QWidget {
    Q_OBJECT
public:
    RunBar(RunController &controller, const RunRecord &record, QWidget *parent = nullptr);

    /// Whether there is a model and nothing else stands in the way.
    void setReady(bool ready);

signals:
    void generateAsked();

private:
    void showState();
    void showProgress();

    RunController &controller_;
    const RunRecord &record_;
    bool ready_ = false;
    QPushButton *generate_ = nullptr;
    QPushButton *pause_ = nullptr;
    QPushButton *cancel_ = nullptr;
    QProgressBar *bar_ = nullptr;
    QLabel *state_ = nullptr;
    QLabel *left_ = nullptr;
    QLabel *tokens_ = nullptr;
    QLabel *pace_ = nullptr;
};

/// "Paused", "Decoding frame 3 of 8", ...
QString describe(RunController::State state, const RunRecord &record);

} // namespace fastcar::ui

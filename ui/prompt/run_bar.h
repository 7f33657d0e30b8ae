// SPDX-License-Identifier: Apache-2.0
//
// Generate, Pause, Cancel, start over, and how far the run is. While one is going on, Generate puts the next
// one into the queue.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/run_queue.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace fastcar::ui {

class RunBar : public QWidget {
    Q_OBJECT
public:
    struct Models {
        RunController &controller;
        const RunRecord &record;
        RunQueue &queue;
        QueueRunner &runner;
    };
    explicit RunBar(const Models &models, QWidget *parent = nullptr);

    /// Whether there is a model and nothing else stands in the way.
    /// What is missing for a run, in a few words; empty: nothing is. `help` says what to do about it.
    void setMissing(const QString &missing, const QString &help);
    /// How many runs, with seeds that follow each other.
    int runs() const;

signals:
    void generateAsked();
    void restartAsked();

private:
    QLayout *buildButtons();
    QLayout *buildFigures();
    void connectModels();
    void showHeld(bool held);
    void showState();
    void showProgress();
    void showQueue();

    Models models_;
    QString missing_, help_;
    bool held_ = false; // what the button for it offers to end
    QPushButton *generate_ = nullptr;
    QPushButton *pause_ = nullptr;
    QPushButton *cancel_ = nullptr;
    QPushButton *restart_ = nullptr;
    QSpinBox *runs_ = nullptr;
    QProgressBar *bar_ = nullptr;
    QLabel *state_ = nullptr;
    QLabel *left_ = nullptr;
    QLabel *tokens_ = nullptr;
    QLabel *pace_ = nullptr;
    QLabel *queue_ = nullptr;
};

/// "Paused", "Decoding frame 3 of 8", ...
QString describe(RunController::State state, const RunRecord &record);

} // namespace fastcar::ui

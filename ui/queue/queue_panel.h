// SPDX-License-Identifier: Apache-2.0
//
// The dock of the queue: which run is going on, which ones wait and in what order, which did not come to
// their end. Runs that wait are dragged, or moved with Alt and the arrow keys.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/models/run_queue.h"

#include <QWidget>

class QLayout;
class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace fastcar::ui {

class QueuePanel : public QWidget {
    Q_OBJECT
public:
    struct Models {
        RunQueue &queue;
        QueueRunner &runner;
        const RunRecord &record;
    };
    explicit QueuePanel(const Models &models, QWidget *parent = nullptr);

signals:
    /// Somebody wants the settings of a run that failed, to change them.
    void settingsWanted(const fastcar::RunSettings &settings);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildTools();
    QToolButton *addTool(QLayout *line, const char *name, const QString &text, const QString &tip);
    int current() const;
    void moveCurrent(int steps);
    void removeCurrent();
    void retryCurrent();
    void showState();

    Models models_;
    QLabel *head_ = nullptr;
    QPushButton *hold_ = nullptr;
    QListView *list_ = nullptr;
    QLabel *nothing_ = nullptr;
    QToolButton *up_ = nullptr;
    QToolButton *down_ = nullptr;
    QToolButton *retry_ = nullptr;
    QToolButton *settings_ = nullptr;
    QToolButton *remove_ = nullptr;
    QToolButton *clear_ = nullptr;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// When a view that follows something redraws: once for all that came within a turn of the event loop, no more
// often than it is told, however fast things come, and only while somebody looks. Of a run things come 25
// times a second at the most, and less where drawing costs a run much (ui/bridge/view_budget.h).
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace fastcar::ui {

class PacedRefresh : public QObject {
    Q_OBJECT
public:
    explicit PacedRefresh(QObject *parent = nullptr, int leastMs = ofARunMs);

    /// A little less than from one time to the next: a view that has just missed one would wake the thread by
    /// itself.
    static constexpr int ofARunMs = 30;

    /// False: nothing is due; what is asked for meanwhile is due as soon as somebody looks again. True at
    /// first.
    void setWatched(bool watched);
    /// Something was asked for and is not due yet.
    bool waits() const { return timer_.isActive() || posted_ || late_; }
    /// It was done without waiting.
    void done();

public slots:
    /// Something came of the run: due when the last time is long enough ago.
    void ask();
    /// Somebody did something and waits for it: due in this turn of the event loop.
    void askNow();

signals:
    void due();

private:
    void start(int ms);
    void come();
    void drop();

    const int leastMs_;
    bool watched_ = true;
    bool posted_ = false; // due in this turn of the event loop
    bool late_ = false;   // asked for while nobody looked
    QTimer timer_;
    QElapsedTimer since_; // the last time
};

} // namespace fastcar::ui

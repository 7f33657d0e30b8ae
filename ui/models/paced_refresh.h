// SPDX-License-Identifier: Apache-2.0
//
// When a view that follows a run redraws: once for all that came within a turn of the event loop, and no more
// than 25 times a second, however fast the run is.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace fastcar::ui {

class PacedRefresh : public QObject {
    Q_OBJECT
public:
    explicit PacedRefresh(QObject *parent = nullptr);

    static constexpr int leastMs = 40;

public slots:
    /// Something came of the run: due when the last time is long enough ago.
    void ask();
    /// Somebody did something and waits for it: due in this turn of the event loop.
    void askNow();

signals:
    void due();

private:
    QTimer timer_;
    QElapsedTimer since_; // the last time
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// When a view that follows something redraws: once for all that came within a turn of the event loop, and no
// more often than it is told, however fast things come. Of a run: 25 times a second.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace fastcar::ui {

class PacedRefresh : public QObject {
    Q_OBJECT
public:
    explicit PacedRefresh(QObject *parent = nullptr, int leastMs = ofARunMs);

    static constexpr int ofARunMs = 40;

public slots:
    /// Something came: due when the last time is long enough ago.
    void ask();
    /// Somebody did something and waits for it: due in this turn of the event loop.
    void askNow();

signals:
    void due();

private:
    const int leastMs_;
    QTimer timer_;
    QElapsedTimer since_; // the last time
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/paced_refresh.h"

#include <algorithm>
#include <utility>

namespace fastcar::ui {

PacedRefresh::PacedRefresh(QObject *parent, int leastMs)
    : QObject(parent)
    , leastMs_(leastMs)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &PacedRefresh::come);
}

void PacedRefresh::start(int ms)
{
    late_ = !watched_;
    if (!watched_)
        return;
    if (ms > 0) {
        timer_.start(ms);
        return;
    }
    timer_.stop();
    // As a message, which comes before the window paints what has changed: so all is painted once.
    if (!std::exchange(posted_, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (posted_)
                    come();
            },
            Qt::QueuedConnection);
}

void PacedRefresh::come()
{
    done();
    emit due();
}

void PacedRefresh::ask()
{
    if (timer_.isActive() || posted_)
        return;
    const auto passed = since_.isValid() ? since_.elapsed() : static_cast<qint64>(leastMs_);
    start(std::max(0, leastMs_ - static_cast<int>(std::min<qint64>(passed, leastMs_))));
}

void PacedRefresh::askNow()
{
    start(0);
}

void PacedRefresh::setWatched(bool watched)
{
    const bool waited = waits();
    drop();
    watched_ = watched;
    if (waited)
        start(0);
}

void PacedRefresh::done()
{
    drop();
    since_.start();
}

void PacedRefresh::drop()
{
    timer_.stop();
    posted_ = false;
    late_ = false;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/paced_refresh.h"

#include <algorithm>

namespace fastcar::ui {

PacedRefresh::PacedRefresh(QObject *parent, int leastMs)
    : QObject(parent)
    , leastMs_(leastMs)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] {
        since_.start();
        emit due();
    });
}

void PacedRefresh::ask()
{
    if (timer_.isActive())
        return;
    const auto passed = since_.isValid() ? since_.elapsed() : static_cast<qint64>(leastMs_);
    timer_.start(std::max(0, leastMs_ - static_cast<int>(std::min<qint64>(passed, leastMs_))));
}

void PacedRefresh::askNow()
{
    timer_.start(0);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// A benchmark without an event loop of its own lets it turn until something has come.
#pragma once

#include <QEventLoop>
#include <QObject>
#include <QTimer>

namespace fastcar::bench {

/// Until `when()`, which is asked at once and at each `signal`.
template <typename Sender, typename Signal, typename When>
void waitFor(Sender *sender, Signal signal, When when)
{
    QEventLoop loop;
    QObject::connect(sender, signal, &loop, [&] {
        if (when())
            loop.quit();
    });
    if (!when())
        loop.exec();
}

inline void letSettle(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace fastcar::bench

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/progress.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double memoryNs = 1.5e9; // intervals older than this weigh less than a third

struct TimeText {
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};
} // namespace

void Progress::reset(int tokensTotal)
{
    *this = {};
    total_ = tokensTotal;
}

void Progress::tokenDone(int token, std::int64_t timeNs)
{
    if (!skipNext_) {
        const auto interval = static_cast<double>(std::max<std::int64_t>(1, timeNs - lastNs_));
        workedNs_ += timeNs - lastNs_;
        // The mean fades with time worked, not with tokens, so that it is as steady on a fast model as on a
        // slow one.
        const double keep = std::exp(-interval / memoryNs);
        meanNs_ = (meanNs_ * weight_ * keep + interval) / (weight_ * keep + 1.0);
        weight_ = weight_ * keep + 1.0;
    }
    skipNext_ = false;
    lastNs_ = timeNs;
    tokens_ = token + 1;
}

void Progress::paused()
{
    skipNext_ = true;
}

double Progress::tokensPerSecond() const
{
    return meanNs_ > 0.0 ? 1e9 / meanNs_ : 0.0;
}

std::optional<double> Progress::secondsLeft() const
{
    if (meanNs_ <= 0.0)
        return std::nullopt;
    return static_cast<double>(total_ - tokens_) * meanNs_ * 1e-9;
}

QString clockText(double seconds)
{
    const auto whole = static_cast<long long>(std::max(0.0, seconds) + 0.5);
    const auto twoDigits = [](long long n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    if (whole >= 3600)
        return QStringLiteral("%1:%2:%3")
            .arg(whole / 3600)
            .arg(twoDigits(whole / 60 % 60), twoDigits(whole % 60));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(twoDigits(whole % 60));
}

QString threeFigures(double value)
{
    const double size = std::abs(value);
    return QString::number(value, 'f', size >= 99.95 || size == 0.0 ? 0 : size >= 9.995 ? 1 : 2);
}

QString secondsText(double seconds)
{
    if (seconds >= 100.0)
        return clockText(seconds);
    return seconds < 0.9995 ? TimeText::tr("%1 ms").arg(threeFigures(1e3 * seconds))
                            : TimeText::tr("%1 s").arg(threeFigures(seconds));
}

} // namespace fastcar::ui

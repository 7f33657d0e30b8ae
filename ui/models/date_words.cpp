// SPDX-License-Identifier: Apache-2.0
#include "ui/models/date_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace fastcar::ui {

namespace {

struct DateWordsText {
    Q_DECLARE_TR_FUNCTIONS(DateWords)
};

} // namespace

QString dateTextOf(std::int64_t ms, std::int64_t nowMs)
{
    const QDateTime made = QDateTime::fromMSecsSinceEpoch(ms);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    const QLocale locale;
    const QString time = locale.toString(made.time(), QLocale::ShortFormat);
    if (made.date() == today)
        return DateWordsText::tr("Today, %1").arg(time);
    if (made.date() == today.addDays(-1))
        return DateWordsText::tr("Yesterday, %1").arg(time);
    return DateWordsText::tr("%1, %2").arg(locale.toString(made.date(), QStringLiteral("d MMMM yyyy")),
                                              time);
}

} // namespace fastcar::ui

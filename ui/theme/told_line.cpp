// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/told_line.h"

#include "ui/theme/theme.h"

namespace fastcar::ui {

namespace {

constexpr QChar dot(0x00b7);
constexpr int linesAtMost = 3;

/// The last of these before which all has room; -1: none.
qsizetype lastBreak(const QString &text, QChar mark, const QFontMetrics &metrics, int room)
{
    qsizetype last = -1;
    for (qsizetype at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1))
        if (metrics.horizontalAdvance(text.left(at).trimmed()) <= room)
            last = at;
    return last;
}

/// Without the dot that a line does not begin or end with.
QString part(QStringView text)
{
    text = text.trimmed();
    if (text.startsWith(dot))
        text = text.mid(1);
    if (text.endsWith(dot))
        text.chop(1);
    return text.trimmed().toString();
}

/// Broken at dots; where there is none, or where lines are to be `full`, between words.
QString inLines(QString text, const QFontMetrics &metrics, int room, bool full)
{
    QString lines;
    for (int line = 1; line < linesAtMost && metrics.horizontalAdvance(text) > room; ++line) {
        qsizetype end = full ? -1 : lastBreak(text, dot, metrics, room);
        if (end < 0)
            end = lastBreak(text, QLatin1Char(' '), metrics, room);
        if (end < 0)
            break;
        lines += part(QStringView(text).left(end)) + QLatin1Char('\n');
        text = part(QStringView(text).mid(end + 1));
    }
    return lines + metrics.elidedText(text, Qt::ElideRight, room);
}

} // namespace

ToldLine::ToldLine(QWidget *parent)
    : QLabel(parent)
{
    setFont(numberFont(0.88));
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

QString ToldLine::joined(const QStringList &parts)
{
    return parts.join(QLatin1Char(' ') + dot + QLatin1Char(' '));
}

void ToldLine::tell(const QString &text)
{
    if (text == told_)
        return;
    told_ = text;
    setAccessibleDescription(text);
    fit();
}

void ToldLine::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ToldLine::fit()
{
    const auto isCut = [](const QString &text) { return text.endsWith(QChar(0x2026)); };
    QString shown = inLines(told_, fontMetrics(), width(), false);
    if (isCut(shown))
        shown = inLines(told_, fontMetrics(), width(), true);
    setText(shown);
    setToolTip(isCut(shown) ? told_ : QString());
}

} // namespace fastcar::ui

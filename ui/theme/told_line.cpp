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

/// Broken at dots; where there is none, between words.
QString inLines(QString text, const QFontMetrics &metrics, int room)
{
    QString lines;
    for (int line = 1; line < linesAtMost && metrics.horizontalAdvance(text) > room; ++line) {
        qsizetype end = lastBreak(text, dot, metrics, room);
        if (end < 0)
            end = lastBreak(text, QLatin1Char(' '), metrics, room);
        if (end < 0)
            break;
        lines += text.left(end).trimmed() + QLatin1Char('\n');
        text = text.mid(end + 1).trimmed();
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
    const QString shown = inLines(told_, fontMetrics(), width());
    setText(shown);
    setToolTip(shown.endsWith(QChar(0x2026)) ? told_ : QString());
}

} // namespace fastcar::ui

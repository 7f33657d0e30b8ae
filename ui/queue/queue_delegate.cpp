// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queue_delegate.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QAbstractItemView>
#include <QIcon>
#include <QPainter>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int margin = 8;
constexpr int stateWidth = 24;
constexpr int barHeight = 3;

const char *iconOf(RunQueue::State state)
{
    switch (state) {
    case RunQueue::State::Running:
        return "play";
    case RunQueue::State::Cancelled:
        return "stop";
    case RunQueue::State::Failed:
        return "warning";
    default:
        return "info";
    }
}

constexpr int wrapped = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
constexpr int aroundLines = 2;

int lineHeight(const QStyleOptionViewItem &option)
{
    return option.fontMetrics.height() + aroundLines;
}

/// Narrower than figures of one width.
QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.92);
    return font;
}

int heightOf(const QString &text, const QFont &font, int width)
{
    const QRect room(0, 0, std::max(1, width), 10000);
    return QFontMetrics(font).boundingRect(room, wrapped, text).height() + aroundLines;
}

QString settingsIn(int width, const RunSettings &settings, const QFont &font)
{
    return inEvenLines(settingsLine(settings), QFontMetrics(font), width);
}

QString promptOf(const RunQueue::Entry &entry)
{
    return QString::fromStdString(entry.settings.prompt).simplified();
}

/// Of one line, or two.
int promptHeight(const QString &prompt, const QFontMetrics &metrics, int width)
{
    const int lines = QFontMetricsF(metrics).horizontalAdvance(prompt) <= width ? 1 : 2;
    return lines * metrics.height() + aroundLines;
}

int widthOfWords(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return (view ? view->viewport()->width() : option.rect.width()) - 2 * margin - stateWidth;
}

} // namespace

QString stateText(const RunQueue &queue, int row)
{
    switch (queue.at(row).state) {
    case RunQueue::State::Running:
        return QueueDelegate::tr("Going on");
    case RunQueue::State::Waiting:
        return QueueDelegate::tr("Number %1 in line").arg(row + (queue.running() ? 0 : 1));
    case RunQueue::State::Cancelled:
        return QueueDelegate::tr("Cancelled");
    case RunQueue::State::Failed:
        return QueueDelegate::tr("Failed");
    case RunQueue::State::Interrupted:
        return QueueDelegate::tr("Interrupted");
    }
    return {};
}

QString inEvenLines(const QString &text, const QFontMetrics &metrics, int width)
{
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    const QString between = QStringLiteral(" · ");
    QString best = text;
    int least = width + 1;
    for (qsizetype at = text.indexOf(between); at >= 0; at = text.indexOf(between, at + 1)) {
        const QString first = text.left(at), second = text.mid(at + between.size());
        const int longer = std::max(metrics.horizontalAdvance(first), metrics.horizontalAdvance(second));
        if (longer < least) {
            least = longer;
            best = first + QLatin1Char('\n') + second;
        }
    }
    return best;
}

QueueDelegate::QueueDelegate(const RunQueue &queue, const RunRecord &record, QObject *parent)
    : QStyledItemDelegate(parent)
    , queue_(queue)
    , record_(record)
{
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const RunQueue::Entry &entry = queue_.at(index.row());
    const int width = widthOfWords(option);
    const QFont font = smaller(option.font);
    const int settings = heightOf(settingsIn(width, entry.settings, font), font, width);
    const int reason = entry.reason.isEmpty() ? 0 : heightOf(entry.reason, option.font, width);
    const int prompt = promptHeight(promptOf(entry), option.fontMetrics, width);
    return {160, 2 * margin + prompt + settings + reason};
}

void QueueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors();
    const RunQueue::Entry &entry = queue_.at(index.row());
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.hover);
    const QRect inside = option.rect.adjusted(margin, margin, -margin, -margin);
    paintState(*painter, {inside.left(), inside.top(), stateWidth, lineHeight(option)}, index.row());

    const QString prompt = promptOf(entry);
    QRect line(inside.left() + stateWidth, inside.top(), inside.width() - stateWidth, 0);
    line.setHeight(promptHeight(prompt, option.fontMetrics, line.width()));
    const bool ended = entry.state > RunQueue::State::Waiting;
    painter->setFont(option.font);
    painter->setPen(ended ? colors.muted : colors.text);
    paintTwoLines(*painter, line.adjusted(0, aroundLines / 2, 0, 0), prompt);
    const auto write = [&](const QString &text, const QFont &font, const QColor &color) {
        line.moveTop(line.bottom() + 1);
        line.setHeight(heightOf(text, font, line.width()));
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(line, wrapped, text);
    };
    const QFont font = smaller(option.font);
    write(settingsIn(line.width(), entry.settings, font), font, colors.muted);
    if (!entry.reason.isEmpty())
        write(entry.reason, option.font,
              entry.state == RunQueue::State::Failed ? colors.danger : colors.muted);
    if (entry.state == RunQueue::State::Running)
        paintProgress(*painter, option.rect);
    painter->restore();
}

/// The place in the line, or a sign for what became of it.
void QueueDelegate::paintState(QPainter &painter, const QRect &area, int row) const
{
    const RunQueue::State state = queue_.at(row).state;
    if (state == RunQueue::State::Waiting) {
        painter.setFont(numberFont());
        painter.setPen(themeColors().muted);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         QString::number(row + (queue_.running() ? 0 : 1)));
        return;
    }
    const int size = 14;
    icon(QLatin1String(iconOf(state)))
        .paint(&painter, QRect(area.left(), area.center().y() - size / 2, size, size), Qt::AlignCenter,
               QIcon::Normal, state == RunQueue::State::Running ? QIcon::On : QIcon::Off);
}

void QueueDelegate::paintProgress(QPainter &painter, const QRect &area) const
{
    const Progress &progress = record_.progress();
    const double part = static_cast<double>(progress.tokens()) / std::max(1, progress.total());
    const QRectF bar(area.left() + margin, area.bottom() - barHeight, area.width() - 2 * margin, barHeight);
    painter.fillRect(bar, themeColors().trough);
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(part * bar.width(), bar.height())), themeColors().accent);
}

} // namespace fastcar::ui

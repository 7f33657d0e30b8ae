// SPDX-License-Identifier: Apache-2.0
#include "ui/queue/queue_delegate.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

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

int lineHeight(const QStyleOptionViewItem &option)
{
    return option.fontMetrics.height() + 2;
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

QueueDelegate::QueueDelegate(const RunQueue &queue, const RunRecord &record, QObject *parent)
    : QStyledItemDelegate(parent)
    , queue_(queue)
    , record_(record)
{
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool reason = !queue_.at(index.row()).reason.isEmpty();
    return {160, 2 * margin + (reason ? 3 : 2) * lineHeight(option)};
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

    QRect line(inside.left() + stateWidth, inside.top(), inside.width() - stateWidth, lineHeight(option));
    const bool ended = entry.state > RunQueue::State::Waiting;
    painter->setFont(option.font);
    painter->setPen(ended ? colors.muted : colors.text);
    const auto write = [&](const QString &text) {
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
        line.translate(0, line.height());
    };
    write(QString::fromStdString(entry.settings.prompt).simplified());
    QFont small = option.font; // narrower than figures of one width
    small.setPointSizeF(small.pointSizeF() * 0.92);
    painter->setFont(small);
    painter->setPen(colors.muted);
    write(settingsLine(entry.settings));
    if (!entry.reason.isEmpty()) {
        painter->setFont(option.font);
        painter->setPen(entry.state == RunQueue::State::Failed ? colors.danger : colors.muted);
        write(entry.reason);
    }
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

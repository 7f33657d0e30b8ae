// SPDX-License-Identifier: Apache-2.0
#include "ui/commands/command_delegate.h"

#include "ui/commands/command_list.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace fastcar::ui {

namespace {

constexpr int padding = 10;
constexpr int lineSpace = 12; // above and below the text together

/// The text letter by letter where some of them stand out; they keep their place.
void drawFound(QPainter &painter, const QRect &rect, const QString &text, const QList<int> &places,
               int offset, const QColor &color, const QColor &standsOut)
{
    const QFontMetrics metrics(painter.font());
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, text);
    painter.setPen(standsOut);
    for (const int place : places) {
        const int at = place - offset;
        if (at < 0 || at >= text.size())
            continue;
        const int left = metrics.horizontalAdvance(text.left(at));
        painter.drawText(rect.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text.mid(at, 1));
        const int width = metrics.horizontalAdvance(text.mid(at, 1));
        const int below = rect.center().y() + metrics.ascent() / 2 + 3;
        painter.fillRect(rect.left() + left, below, width, 1, standsOut);
    }
}

} // namespace

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors();
    const bool enabled = index.data(CommandList::enabledRole).toBool();
    const QString group = index.data(CommandList::groupRole).toString();
    const QString title = index.data(Qt::DisplayRole).toString();
    const QString keys = index.data(CommandList::keysRole).toString();
    const auto places = index.data(CommandList::placesRole).value<QList<int>>();
    painter->save();
    if (option.state & QStyle::State_Selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.hover);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->drawRoundedRect(option.rect, 4, 4);
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())), colors.accent);
    }
    QRect rect = option.rect.adjusted(padding, 0, -padding, 0);
    painter->setFont(numberFont(0.9));
    painter->setPen(enabled ? colors.muted : colors.disabled);
    const int keysWidth = QFontMetrics(painter->font()).horizontalAdvance(keys);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, keys);
    rect.setRight(rect.right() - keysWidth - padding);

    painter->setFont(option.font);
    const QFontMetrics metrics(option.font);
    drawFound(*painter, rect, group, places, 0, enabled ? colors.muted : colors.disabled, colors.accent);
    rect.setLeft(rect.left() + metrics.horizontalAdvance(group) + padding);
    const QString shown = metrics.elidedText(title, Qt::ElideRight, rect.width());
    drawFound(*painter, rect, shown, places, static_cast<int>(group.size()) + 2,
              enabled ? colors.text : colors.disabled, colors.accent);
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {100, QFontMetrics(option.font).height() + lineSpace};
}

} // namespace fastcar::ui

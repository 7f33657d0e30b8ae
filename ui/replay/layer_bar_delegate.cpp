// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/layer_bar_delegate.h"

#include "ui/models/layer_table.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace fastcar::ui {

namespace {
constexpr int figureWidth = 58;
constexpr double barHeight = 6.0;
} // namespace

void LayerBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const ThemeColors &colors = themeColors();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || (option.state & QStyle::State_MouseOver))
        painter->fillRect(option.rect, selected ? colors.hover : colors.raised);
    if (selected && index.column() == LayerTable::Layer)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colors.accent);

    const QRectF cell = QRectF(option.rect).adjusted(8, 0, -6, 0);
    painter->setFont(numberFont(0.95));
    painter->setPen(index.column() == LayerTable::Threshold ? colors.muted : colors.text);
    if (index.column() == LayerTable::Replayed) {
        const QRectF bar(cell.left(), cell.center().y() - barHeight / 2.0, cell.width() - figureWidth,
                         barHeight);
        painter->fillRect(bar, colors.trough);
        const QVariant ratio = index.data(LayerTable::ratioRole);
        if (ratio.isValid())
            painter->fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * ratio.toDouble(), barHeight)),
                              colors.replay);
        painter->drawText(cell, Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    } else {
        painter->drawText(cell, index.data(Qt::TextAlignmentRole).toInt(), index.data().toString());
    }
    painter->restore();
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Paints the cells of the layer table: figures that line up, and the replay ratio as a bar with its figure.
#pragma once

#include <QStyledItemDelegate>

namespace fastcar::ui {

class LayerBarDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace fastcar::ui

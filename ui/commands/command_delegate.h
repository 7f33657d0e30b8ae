// SPDX-License-Identifier: Apache-2.0
//
// A line of the command palette: the group in grey, the title with the letters that were found, the keys at
// the end.
#pragma once

#include <QStyledItemDelegate>

namespace fastcar::ui {

class CommandDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace fastcar::ui

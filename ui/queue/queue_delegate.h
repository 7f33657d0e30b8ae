// SPDX-License-Identifier: Apache-2.0
//
// A run of the queue: its prompt, and what it is made with, each in a line or two; below them why it did not
// come to its end. Below the one that is going on, how far it is.
#pragma once

#include "ui/models/run_queue.h"
#include "ui/models/run_record.h"

#include <QStyledItemDelegate>

namespace fastcar::ui {

class QueueDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    QueueDelegate(const RunQueue &queue, const RunRecord &record, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintState(QPainter &painter, const QRect &area, int row) const;
    void paintProgress(QPainter &painter, const QRect &area) const;

    const RunQueue &queue_;
    const RunRecord &record_;
};

/// "Going on", "Number 2 in line", "Failed", ...
QString stateText(const RunQueue &queue, int row);

/// Of parts between dots: where it is too long for one line, two of about one length, if it has room in two.
QString inEvenLines(const QString &text, const QFontMetrics &metrics, int width);

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Paints the lines of the layer sliders: tick and number, the layer's histogram with the handle over it, and
// figures that line up. Lets a threshold be typed.
#pragma once

#include "ui/models/layer_tuning.h"

#include <QStyledItemDelegate>

namespace fastcar::ui {

class LayerSliderDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    LayerSliderDelegate(const LayerTuning &tuning, QObject *parent);

    /// The part of a cell that a scale stretches over; of another one, where one ticks.
    static QRectF scaleRect(const QRect &cell);
    static QRectF tickRect(const QRect &cell);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

private:
    void paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintTick(QPainter *painter, const QRect &cell, bool on) const;
    void paintSlider(QPainter *painter, const QStyleOptionViewItem &option, int layer) const;

    const LayerTuning &tuning_;
};

} // namespace fastcar::ui

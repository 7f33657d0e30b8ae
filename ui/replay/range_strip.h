// SPDX-License-Identifier: Apache-2.0
//
// Frames or layers side by side, those where replay is allowed lit; its ends can be dragged. The exact
// numbers, and the keyboard, are those of the fields beside it.
#pragma once

#include "engine/replay/replay_policy.h"

#include <QWidget>

#include <QImage>

#include <functional>

namespace fastcar::ui {

class RangeStrip : public QWidget {
    Q_OBJECT
public:
    explicit RangeStrip(QWidget *parent = nullptr);

    /// Cells 1 to `count`; below `lowest` nothing can be allowed.
    void setLimits(int lowest, int count);
    void setRange(ReplayRange range);
    /// Of a cell, counted from 1; a null one leaves its number. Nothing: cells have no pictures.
    std::function<QImage(int)> pictureOf;

    QSize sizeHint() const override { return {200, 26}; }
    QSize minimumSizeHint() const override { return {80, 26}; }

signals:
    void rangePicked(fastcar::ReplayRange range);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QRectF cell(int number) const;
    int numberAt(double x) const;
    int last() const { return range_.last == 0 ? count_ : range_.last; }
    void pick(double x);

    ReplayRange range_;
    int lowest_ = 1;
    int count_ = 1;
    bool dragsFirst_ = false;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// A figure by frame, as bars, and A's beside B's as a line. A slider whose value is the frame.
#pragma once

#include "ui/compare/frame_series.h"

#include <QAbstractSlider>

namespace fastcar::ui {

class FramePlot : public QAbstractSlider {
    Q_OBJECT
public:
    explicit FramePlot(QWidget *parent = nullptr);

    /// `whyEmpty`: what stands in its place where there is no number.
    void setSeries(FrameFigure figure, FrameSeries series, const QString &whyEmpty);
    void setFrame(int frame);

    QSize sizeHint() const override { return {240, 116}; }
    QSize minimumSizeHint() const override { return {140, 48}; }

signals:
    void frameChosen(int frame);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    int count() const { return static_cast<int>(series_.values.size()); }
    QRectF plot() const;
    QRectF slot(int index) const;
    double yOf(double value) const;
    int frameAt(double x) const;
    QString wordsOf(int frame) const;
    void paintAxis(QPainter &painter) const;
    void paintLineOfA(QPainter &painter) const;

    FrameFigure figure_ = FrameFigure::Drift;
    FrameSeries series_;
    QString whyEmpty_;
};

} // namespace fastcar::ui

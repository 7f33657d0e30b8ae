// SPDX-License-Identifier: Apache-2.0
//
// The histogram above the slider for all layers: the scores of the run so far, those that would be replayed
// in the colour of replay. Its inner width is the slider's, so that the line of the threshold stands over the
// slider's handle; pressing or dragging in it moves the thresholds.
#pragma once

#include "ui/models/tas_histogram.h"

#include <QWidget>

#include <optional>

namespace fastcar::ui {

class TasHistogramView : public QWidget {
    Q_OBJECT
public:
    static constexpr int bins = 64;
    /// Half of the slider handle's width: where the slider's ends are.
    static constexpr int inset = 7;

    explicit TasHistogramView(QWidget *parent = nullptr);

    void setHistogram(const TasHistogram &histogram);
    /// The line; nothing where none rules.
    void setThreshold(std::optional<float> threshold);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void thresholdPicked(float threshold);
    void dragged(bool held);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QRectF plot() const;
    void pick(double x);
    void paintThreshold(QPainter &painter) const;
    void paintMessage(QPainter &painter) const;
    void paintScale(QPainter &painter) const;

    TasHistogram histogram_{{-1.0f, 1.0f}, bins};
    std::optional<float> threshold_;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// The histogram above the threshold slider: the scores of the run so far, those that would be replayed in the
// colour of replay. Its inner width is the slider's, so that the line of the threshold stands over the
// slider's handle; pressing or dragging in it sets the threshold.
#pragma once

#include "ui/models/tas_scores.h"

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
    /// The line; nothing where there is no single threshold.
    void setThreshold(std::optional<float> threshold);

    QSize sizeHint() const override { return {260, 104}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

signals:
    void thresholdPicked(float threshold);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QRectF plot() const;
    double xOf(float tas) const;
    void pick(double x);
    void paintBars(QPainter &painter) const;
    void paintScale(QPainter &painter) const;

    TasHistogram histogram_;
    std::optional<float> threshold_;
};

} // namespace fastcar::ui

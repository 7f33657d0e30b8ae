// SPDX-License-Identifier: Apache-2.0
//
// The run as a strip: cycles a step, stacked by what they went into, and over it a band: how much of the step
// was replayed. It shows the tokens that all timelines show: the wheel zooms them around the pointer. A
// slider whose value is the step.
#pragma once

#include "ui/hardware/step_times.h"
#include "ui/models/token_range.h"

#include <QAbstractSlider>

#include <utility>
#include <vector>

namespace fastcar::ui {

class RunStrip : public QAbstractSlider {
    Q_OBJECT
public:
    RunStrip(const RunRecord &record, const StepTimes &times, TokenRange &tokens, QWidget *parent = nullptr);

    void setPolicies(DrsPolicy drs, std::optional<DrsPolicy> compared);
    /// The step that is looked at; -1: none.
    void setStep(int step);
    /// Takes what has come since.
    void refresh();

    /// Of a step's bar, and back.
    double xOf(int step) const;
    int stepAt(double x) const;

    QSize sizeHint() const override { return {400, 46}; }
    QSize minimumSizeHint() const override { return {160, 44}; }

signals:
    void stepChosen(int step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool event(QEvent *event) override;

    void sliderChange(SliderChange change) override;

private:
    void updateSteps(int from, int to);
    QRectF plot() const;
    QRectF replayBand() const;
    std::int64_t highest() const;
    /// [first, last) of a column of the screen.
    std::pair<int, int> stepsOf(int column) const;
    double replayShare(int step) const;
    void paintBars(QPainter &painter, double highest) const;
    void paintNames(QPainter &painter) const;
    void paintReplay(QPainter &painter) const;
    QString wordsOf(int step) const;

    const RunRecord &record_;
    const StepTimes &times_;
    TokenRange &tokens_;
    DrsPolicy drs_ = DrsPolicy::Split;
    std::optional<DrsPolicy> compared_;
    std::vector<float> replayed_; // share by step: a trace's steps do not change
    int marked_ = 0;              // step, that the mark stands at
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// How the thresholds of all layers are chosen at once: calibrations, the histogram of all scores over a
// slider that moves every layer by the same amount, and its exact value. Or a target, for which the engine
// finds them.
#pragma once

#include "ui/models/layer_tuning.h"

#include <QWidget>

#include <map>

class QButtonGroup;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace fastcar::ui {

class TargetControl;
class TasHistogramView;

class ThresholdControl : public QWidget {
    Q_OBJECT
public:
    explicit ThresholdControl(LayerTuning &tuning, QWidget *parent = nullptr);

private:
    void buildModes();
    void buildSlider();
    void connectInputs();
    /// Buttons for what the model is calibrated for.
    void makeCalibrations();
    QPushButton *addCalibration(const QString &text, const QString &name, const QString &toolTip);
    void showChoice();
    void showScores();
    int sliderOf(float threshold) const;
    float thresholdOf(int slider) const;
    void shift(float threshold);

    LayerTuning &tuning_;
    ReplayChoice &choice_;
    std::vector<int> percents_;

    QPushButton *thresholdsMode_ = nullptr;
    QPushButton *targetMode_ = nullptr;
    QWidget *calibrations_ = nullptr;
    QHBoxLayout *calibrationLine_ = nullptr;
    QButtonGroup *calibrationGroup_ = nullptr;
    TargetControl *target_ = nullptr;
    TasHistogramView *histogram_ = nullptr;
    QSlider *slider_ = nullptr;
    QWidget *exact_ = nullptr;
    QDoubleSpinBox *value_ = nullptr;
    QLabel *summary_ = nullptr;
};

} // namespace fastcar::ui

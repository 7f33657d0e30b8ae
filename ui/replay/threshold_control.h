// SPDX-License-Identifier: Apache-2.0
//
// How the thresholds are chosen: presets, one slider for all layers with the histogram of the scores above
// it, and the exact value.
#pragma once

#include "ui/models/replay_choice.h"
#include "ui/models/run_record.h"

#include <QTimer>
#include <QWidget>

class QButtonGroup;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace fastcar::ui {

class TasHistogramView;

class ThresholdControl : public QWidget {
    Q_OBJECT
public:
    ThresholdControl(ReplayChoice &choice, const RunRecord &record, QWidget *parent = nullptr);

private:
    void build();
    void connectInputs();
    /// Buttons for what the model is calibrated for.
    void makePresets();
    QPushButton *addPreset(const QString &text, const QString &name, const QString &toolTip);
    void showChoice();
    void showScores();
    void updateRange();
    int sliderOf(float threshold) const;
    float thresholdOf(int slider) const;

    ReplayChoice &choice_;
    const RunRecord &record_;
    TasRange range_{-4.0f, 4.0f};
    std::vector<int> presetPercents_;
    QTimer refresh_; // scores come faster than a histogram needs to move

    QHBoxLayout *presets_ = nullptr;
    QButtonGroup *presetGroup_ = nullptr;
    TasHistogramView *histogram_ = nullptr;
    QSlider *slider_ = nullptr;
    QDoubleSpinBox *value_ = nullptr;
    QLabel *summary_ = nullptr;
    QLabel *prediction_ = nullptr;
};

} // namespace fastcar::ui

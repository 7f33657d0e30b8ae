// SPDX-License-Identifier: Apache-2.0
//
// A share of replay to be met, over all layers or by each of them, instead of thresholds.
#pragma once

#include "ui/models/layer_tuning.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QPushButton;
class QSlider;
class QSpinBox;

namespace fastcar::ui {

class TargetControl : public QWidget {
    Q_OBJECT
public:
    explicit TargetControl(LayerTuning &tuning, QWidget *parent = nullptr);

    /// That was set here before.
    std::optional<float> lastRatio() const { return lastRatio_; }

private:
    void choose(int percent, bool perLayer);
    void showChoice();

    LayerTuning &tuning_;
    std::optional<float> lastRatio_;
    QSlider *slider_ = nullptr;
    QSpinBox *percent_ = nullptr;
    QCheckBox *perLayer_ = nullptr;
    QPushButton *keep_ = nullptr;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/target_control.h"

#include "ui/theme/flow_line.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace fastcar::ui {

TargetControl::TargetControl(LayerTuning &tuning, QWidget *parent)
    : QWidget(parent)
    , tuning_(tuning)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    slider_ = new QSlider(Qt::Horizontal, this);
    slider_->setObjectName(QStringLiteral("targetSlider"));
    slider_->setAccessibleName(tr("Target replay ratio in percent"));
    slider_->setRange(0, 100);
    slider_->setToolTip(
        tr("<p><b>The share of eligible MLPs that is to be replayed.</b> From each frame to the next the "
           "thresholds move so that it is met at the end of the video. What has been decided counts.</p>"));
    percent_ = new QSpinBox(this);
    percent_->setObjectName(QStringLiteral("targetSpin"));
    percent_->setAccessibleName(tr("Target replay ratio, exact value"));
    percent_->setRange(0, 100);
    percent_->setSuffix(tr(" %"));
    makeNumberField(*percent_);
    percent_->setKeyboardTracking(false);
    percent_->setToolTip(slider_->toolTip());
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(slider_, 1);
    line->addWidget(percent_);
    column->addLayout(line);

    perLayer_ = new QCheckBox(tr("Each layer meets it"), this);
    perLayer_->setObjectName(QStringLiteral("targetPerLayer"));
    perLayer_->setToolTip(tr("<p>Ticked: each layer by itself. Otherwise all of them together: layers whose "
                             "tokens resemble the frame before more give more.</p>"));
    keep_ = new QPushButton(tr("Keep these"), this);
    keep_->setObjectName(QStringLiteral("keepThresholds"));
    keep_->setProperty("kind", "chip");
    keep_->setToolTip(tr("<p>Takes the thresholds that the target has found in this run as they are.</p>"));
    auto *below = new FlowLine;
    below->setSpacing(6);
    below->addWidget(perLayer_);
    below->beginEnd();
    below->addWidget(keep_);
    column->addLayout(below);

    connect(slider_, &QSlider::valueChanged, this,
            [this](int percent) { choose(percent, perLayer_->isChecked()); });
    connect(percent_, &QSpinBox::valueChanged, this,
            [this](int percent) { choose(percent, perLayer_->isChecked()); });
    connect(perLayer_, &QCheckBox::toggled, this, [this](bool each) { choose(slider_->value(), each); });
    connect(keep_, &QPushButton::clicked, this,
            [this] { tuning_.choice().chooseThresholds(tuning_.inForce()); });
    connect(&tuning_.choice(), &ReplayChoice::changed, this, &TargetControl::showChoice);
    connect(&tuning_, &LayerTuning::changed, this,
            [this] { keep_->setEnabled(tuning_.hasFoundThresholds()); });
    showChoice();
}

void TargetControl::choose(int percent, bool perLayer)
{
    tuning_.choice().chooseTarget(
        ReplayTarget{.ratio = static_cast<float>(percent) / 100.0f, .perLayer = perLayer});
}

void TargetControl::showChoice()
{
    const auto &target = tuning_.choice().target();
    if (!target)
        return;
    lastRatio_ = target->ratio;
    const QSignalBlocker quietSlider(slider_);
    const QSignalBlocker quietPercent(percent_);
    const QSignalBlocker quietEach(perLayer_);
    const int percent = static_cast<int>(std::lround(100.0f * target->ratio));
    slider_->setValue(percent);
    percent_->setValue(percent);
    perLayer_->setChecked(target->perLayer);
    keep_->setEnabled(tuning_.hasFoundThresholds());
}

} // namespace fastcar::ui

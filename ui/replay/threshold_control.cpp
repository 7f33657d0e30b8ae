// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/threshold_control.h"

#include "ui/replay/target_control.h"
#include "ui/replay/tas_histogram_view.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int sliderSteps = 1000;
constexpr double furthest = 1e4;
constexpr float firstTarget = 0.5f;

QPushButton *chip(QWidget *parent, const QString &text, const QString &name, const QString &toolTip)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setProperty("kind", "chip");
    button->setCheckable(true);
    button->setToolTip(toolTip);
    return button;
}

} // namespace

ThresholdControl::ThresholdControl(LayerTuning &tuning, QWidget *parent)
    : QWidget(parent)
    , tuning_(tuning)
    , choice_(tuning.choice())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildModes();
    buildSlider();
    connectInputs();
    makeCalibrations();
    showChoice();
    showScores();
}

void ThresholdControl::buildModes()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    thresholdsMode_ =
        chip(this, tr("Thresholds"), QStringLiteral("thresholdsMode"),
             tr("<p><b>You set the thresholds</b>, one for each layer; how much replays follows "
                "from the scores.</p>"));
    targetMode_ =
        chip(this, tr("Target ratio"), QStringLiteral("targetMode"),
             tr("<p><b>You set how much is to replay</b>; while the video is made its thresholds move "
                "until that is met.</p>"));
    auto *modes = new QButtonGroup(this);
    for (auto *mode : {thresholdsMode_, targetMode_}) {
        modes->addButton(mode);
        line->addWidget(mode, 1);
    }
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addLayout(line);

    calibrations_ = new QWidget(this);
    calibrationLine_ = new QHBoxLayout(calibrations_);
    calibrationLine_->setContentsMargins(0, 0, 0, 0);
    calibrationLine_->setSpacing(2);
    calibrationGroup_ = new QButtonGroup(this);
    column->addWidget(calibrations_);
    target_ = new TargetControl(tuning_, this);
    column->addWidget(target_);
}

void ThresholdControl::buildSlider()
{
    histogram_ = new TasHistogramView(this);
    histogram_->setObjectName(QStringLiteral("tasHistogram"));
    histogram_->setAccessibleName(tr("Histogram of the TAS so far"));
    histogram_->setToolTip(
        tr("<p>Each bar counts scores of this run: one for each layer, row and token from frame 2 on. "
           "<b>Coloured</b>: above its layer's threshold, replayed. <b>Grey</b>: computed. Heights grow with "
           "the square root, so that rare scores stay in sight.</p><p>Press or drag to move all "
           "thresholds.</p>"));
    slider_ = new QSlider(Qt::Horizontal, this);
    slider_->setObjectName(QStringLiteral("thresholdSlider"));
    slider_->setAccessibleName(tr("TAS thresholds of all layers"));
    slider_->setRange(0, sliderSteps);
    slider_->setPageStep(sliderSteps / 20);
    slider_->setToolTip(tr(
        "<p><b>Moves the thresholds of all layers</b> by the same amount; what is between them stays. An "
        "MLP is replayed where the token's TAS is greater than its layer's threshold.</p><p>To the "
        "<b>left</b>: more is replayed, less is computed, details may freeze. To the <b>right</b>: more is "
        "computed, closer to the dense model.</p><p>May be moved while a run goes on; it holds from the "
        "next token.</p>"));
    auto *stack = new QVBoxLayout;
    stack->setSpacing(0);
    stack->addWidget(histogram_);
    stack->addWidget(slider_);

    exact_ = new QWidget(this);
    auto *row = new QHBoxLayout(exact_);
    row->setContentsMargins(0, 0, 0, 0);
    value_ = new QDoubleSpinBox(exact_);
    value_->setObjectName(QStringLiteral("thresholdSpin"));
    value_->setAccessibleName(tr("TAS threshold in the middle of all, exact value"));
    value_->setRange(-furthest, furthest);
    value_->setDecimals(3);
    value_->setSingleStep(0.05);
    makeNumberField(*value_);
    value_->setKeyboardTracking(false);
    value_->setToolTip(slider_->toolTip());
    summary_ = new QLabel(exact_);
    summary_->setObjectName(QStringLiteral("thresholdSummary"));
    summary_->setProperty("rank", "secondary");
    row->addWidget(summary_, 1);
    row->addWidget(value_);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addLayout(stack);
    column->addWidget(exact_);
}

void ThresholdControl::connectInputs()
{
    connect(&tuning_, &LayerTuning::changed, this, &ThresholdControl::showScores);
    connect(&choice_, &ReplayChoice::changed, this, [this] {
        makeCalibrations();
        showChoice();
    });
    connect(thresholdsMode_, &QPushButton::clicked, this,
            [this] { choice_.chooseThresholds(tuning_.inForce()); });
    connect(targetMode_, &QPushButton::clicked, this, [this] {
        if (!choice_.target())
            choice_.chooseTarget(ReplayTarget{.ratio = target_->lastRatio().value_or(firstTarget)});
    });
    connect(slider_, &QSlider::sliderPressed, this, [this] { tuning_.setHeld(true); });
    connect(slider_, &QSlider::sliderReleased, this, [this] { tuning_.setHeld(false); });
    connect(histogram_, &TasHistogramView::dragged, &tuning_, &LayerTuning::setHeld);
    connect(slider_, &QSlider::valueChanged, this, [this](int place) { shift(thresholdOf(place)); });
    connect(value_, &QDoubleSpinBox::valueChanged, this,
            [this](double value) { shift(static_cast<float>(value)); });
    connect(histogram_, &TasHistogramView::thresholdPicked, this, &ThresholdControl::shift);
}

void ThresholdControl::shift(float threshold)
{
    if (!choice_.target())                                          // that one finds its thresholds
        choice_.shiftTo(std::round(threshold * 1000.0f) / 1000.0f); // what the exact field can show
}

QPushButton *ThresholdControl::addCalibration(const QString &text, const QString &name,
                                              const QString &toolTip)
{
    auto *button = chip(calibrations_, text, name, toolTip);
    calibrationGroup_->addButton(button);
    calibrationLine_->addWidget(button);
    return button;
}

void ThresholdControl::makeCalibrations()
{
    const std::vector<int> percents = choice_.calibratedPercents();
    if (calibrationGroup_->buttons().size() > 0 && percents == percents_)
        return;
    percents_ = percents;
    for (auto *button : calibrationGroup_->buttons()) {
        calibrationGroup_->removeButton(button);
        button->deleteLater();
    }

    connect(addCalibration(tr("Off"), QStringLiteral("presetOff"),
                           tr("<p><b>Never replay.</b> Every MLP is computed: the dense model.</p>")),
            &QPushButton::clicked, &choice_, &ReplayChoice::chooseOff);
    for (const int percent : percents) {
        auto *button = addCalibration(
            tr("%1 %").arg(percent), QStringLiteral("preset%1").arg(percent),
            tr("<p><b>About %1 % replayed.</b> A threshold for each layer, calibrated with this "
               "model so that some %1 % of the eligible MLPs are replayed.</p>")
                .arg(percent));
        connect(button, &QPushButton::clicked, &choice_,
                [this, percent] { choice_.chooseCalibrated(percent); });
    }
    connect(
        addCalibration(tr("All"), QStringLiteral("presetAll"),
                       tr("<p><b>Replay all that is eligible.</b> Every MLP of frame 2 and later is taken "
                          "from the frame before: the most that replay can save, whatever it does to the "
                          "picture.</p>")),
        &QPushButton::clicked, &choice_, &ReplayChoice::chooseAll);
    connect(addCalibration(tr("τ"), QStringLiteral("presetUniform"),
                           tr("<p><b>The same threshold</b> for all layers: the middle one.</p>")),
            &QPushButton::clicked, &choice_, [this] { choice_.chooseThreshold(choice_.threshold()); });
}

int ThresholdControl::sliderOf(float threshold) const
{
    const TasRange range = tuning_.scale(-1);
    const float t = (threshold - range.low) / std::max(range.high - range.low, 1e-6f);
    return static_cast<int>(std::lround(std::clamp(t, 0.0f, 1.0f) * sliderSteps));
}

float ThresholdControl::thresholdOf(int slider) const
{
    const TasRange range = tuning_.scale(-1);
    return range.low + (range.high - range.low) * static_cast<float>(slider) / sliderSteps;
}

void ThresholdControl::showChoice()
{
    using Kind = ReplayChoice::Kind;
    const Kind kind = choice_.kind();
    const bool target = choice_.target().has_value();
    (target ? targetMode_ : thresholdsMode_)->setChecked(true);
    calibrations_->setVisible(!target);
    target_->setVisible(target);
    slider_->setVisible(!target);
    exact_->setVisible(!target);

    const QString checked = kind == Kind::Off          ? QStringLiteral("presetOff")
                            : kind == Kind::All        ? QStringLiteral("presetAll")
                            : kind == Kind::Calibrated ? QStringLiteral("preset%1").arg(choice_.percent())
                            : kind == Kind::Uniform    ? QStringLiteral("presetUniform")
                                                       : QString();
    calibrationGroup_->setExclusive(false); // none of them fits thresholds that were set one by one
    for (auto *button : calibrationGroup_->buttons())
        button->setChecked(button->objectName() == checked);
    calibrationGroup_->setExclusive(!checked.isEmpty());
    const bool rules = !target && kind != Kind::Off && kind != Kind::All;
    histogram_->setThreshold(rules ? std::optional(choice_.threshold()) : std::nullopt);
    histogram_->setCursor(target ? Qt::ArrowCursor : Qt::SplitHCursor);

    // A handle that does not rule steps back.
    if (slider_->property("idle") != !rules) {
        slider_->setProperty("idle", !rules);
        slider_->style()->unpolish(slider_);
        slider_->style()->polish(slider_);
    }
    const QSignalBlocker quiet(slider_);
    slider_->setValue(sliderOf(choice_.threshold()));
    const QSignalBlocker quietValue(value_);
    value_->setValue(static_cast<double>(choice_.threshold()));
    switch (kind) {
    case Kind::Off:
        summary_->setText(tr("Never replay"));
        break;
    case Kind::All:
        summary_->setText(tr("Replay all eligible"));
        break;
    case Kind::Uniform:
        summary_->setText(tr("Replay where TAS >"));
        break;
    default:
        summary_->setText(tr("Per layer, middle τ"));
    }
}

void ThresholdControl::showScores()
{
    const QSignalBlocker quiet(slider_);
    slider_->setValue(sliderOf(choice_.threshold()));
    histogram_->setHistogram(tuning_.histogram(-1, TasHistogramView::bins));
}

} // namespace fastcar::ui

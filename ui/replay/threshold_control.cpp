// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/threshold_control.h"

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
constexpr int refreshMs = 100;
constexpr double furthest = 1e4;
/// Share of the scores at either end that the histogram shows in its last bar.
constexpr double farScores = 0.002;
} // namespace

ThresholdControl::ThresholdControl(ReplayChoice &choice, const RunRecord &record, QWidget *parent)
    : QWidget(parent)
    , choice_(choice)
    , record_(record)
{
    build();
    connectInputs();
    makePresets();
    showChoice();
    showScores();
}

void ThresholdControl::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    presets_ = new QHBoxLayout;
    presets_->setSpacing(4);
    presetGroup_ = new QButtonGroup(this);
    column->addLayout(presets_);

    histogram_ = new TasHistogramView(this);
    histogram_->setObjectName(QStringLiteral("tasHistogram"));
    histogram_->setAccessibleName(tr("Histogram of the TAS so far"));
    histogram_->setToolTip(
        tr("<p>Each bar counts scores of this run: one for each layer, row and token from frame 2 on. "
           "<b>Coloured</b>: above the threshold, replayed. <b>Grey</b>: computed. Heights grow with "
           "the square root, so that rare scores stay in sight.</p><p>Press or drag to move the "
           "threshold.</p>"));
    slider_ = new QSlider(Qt::Horizontal, this);
    slider_->setObjectName(QStringLiteral("thresholdSlider"));
    slider_->setAccessibleName(tr("TAS threshold"));
    slider_->setRange(0, sliderSteps);
    slider_->setPageStep(sliderSteps / 20);
    slider_->setToolTip(
        tr("<p><b>One threshold for all layers.</b> An MLP is replayed where the token's TAS is greater "
           "than the threshold.</p><p>To the <b>left</b>: more is replayed, less is computed, details "
           "may freeze. To the <b>right</b>: more is computed, closer to the dense model.</p><p>May be "
           "moved while a run goes on; it holds from the next token.</p>"));
    auto *stack = new QVBoxLayout;
    stack->setSpacing(0);
    stack->addWidget(histogram_);
    stack->addWidget(slider_);
    column->addLayout(stack);

    value_ = new QDoubleSpinBox(this);
    value_->setObjectName(QStringLiteral("thresholdSpin"));
    value_->setAccessibleName(tr("TAS threshold, exact value"));
    value_->setRange(-furthest, furthest);
    value_->setDecimals(3);
    value_->setSingleStep(0.05);
    value_->setFont(numberFont());
    value_->setKeyboardTracking(false);
    value_->setToolTip(slider_->toolTip());
    summary_ = new QLabel(this);
    summary_->setObjectName(QStringLiteral("thresholdSummary"));
    summary_->setProperty("rank", "secondary");
    auto *row = new QHBoxLayout;
    row->addWidget(summary_, 1);
    row->addWidget(value_);
    column->addLayout(row);

    prediction_ = new QLabel(this);
    prediction_->setObjectName(QStringLiteral("thresholdPrediction"));
    prediction_->setWordWrap(true);
    prediction_->setProperty("rank", "secondary");
    prediction_->setToolTip(
        tr("What the choice above would have replayed of the scores that this run has shown so far. "
           "Scores change with what is replayed, so that a new run may differ somewhat."));
    column->addWidget(prediction_);
}

void ThresholdControl::connectInputs()
{
    refresh_.setSingleShot(true);
    refresh_.setInterval(refreshMs);
    connect(&refresh_, &QTimer::timeout, this, &ThresholdControl::showScores);
    connect(&record_, &RunRecord::advanced, this, [this] {
        if (!refresh_.isActive())
            refresh_.start();
    });
    connect(&record_, &RunRecord::began, this, &ThresholdControl::showScores);
    connect(&choice_, &ReplayChoice::changed, this, [this] {
        makePresets();
        showChoice();
        showScores();
    });
    connect(slider_, &QSlider::valueChanged, this,
            [this](int position) { choice_.chooseThreshold(thresholdOf(position)); });
    connect(value_, &QDoubleSpinBox::valueChanged, this,
            [this](double value) { choice_.chooseThreshold(static_cast<float>(value)); });
    connect(histogram_, &TasHistogramView::thresholdPicked, &choice_, &ReplayChoice::chooseThreshold);
}

QPushButton *ThresholdControl::addPreset(const QString &text, const QString &name, const QString &toolTip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setProperty("kind", "chip");
    button->setCheckable(true);
    button->setToolTip(toolTip);
    presetGroup_->addButton(button);
    presets_->addWidget(button);
    return button;
}

void ThresholdControl::makePresets()
{
    const std::vector<int> percents = choice_.calibratedPercents();
    if (presetGroup_->buttons().size() > 0 && percents == presetPercents_)
        return;
    presetPercents_ = percents;
    for (auto *button : presetGroup_->buttons())
        button->deleteLater();
    for (auto *button : presetGroup_->buttons())
        presetGroup_->removeButton(button);

    connect(addPreset(tr("Off"), QStringLiteral("presetOff"),
                      tr("<p><b>Never replay.</b> Every MLP is computed: the dense model.</p>")),
            &QPushButton::clicked, &choice_, &ReplayChoice::chooseOff);
    for (const int percent : percents) {
        auto *button =
            addPreset(tr("%1 %").arg(percent), QStringLiteral("preset%1").arg(percent),
                      tr("<p><b>About %1 % replayed.</b> A threshold for each layer, calibrated with this "
                         "model so that some %1 % of the eligible MLPs are replayed.</p>")
                          .arg(percent));
        connect(button, &QPushButton::clicked, &choice_,
                [this, percent] { choice_.chooseCalibrated(percent); });
    }
    connect(addPreset(tr("All"), QStringLiteral("presetAll"),
                      tr("<p><b>Replay all that is eligible.</b> Every MLP of frame 2 and later is taken "
                         "from the frame "
                         "before: the most that replay can save, whatever it does to the picture.</p>")),
            &QPushButton::clicked, &choice_, &ReplayChoice::chooseAll);
    connect(addPreset(tr("τ"), QStringLiteral("presetUniform"),
                      tr("<p><b>One threshold</b> for all layers, set with the slider below.</p>")),
            &QPushButton::clicked, &choice_, [this] { choice_.chooseThreshold(choice_.threshold()); });
}

int ThresholdControl::sliderOf(float threshold) const
{
    const float t = (threshold - range_.low) / std::max(range_.high - range_.low, 1e-6f);
    return static_cast<int>(std::lround(std::clamp(t, 0.0f, 1.0f) * sliderSteps));
}

float ThresholdControl::thresholdOf(int slider) const
{
    const float value = range_.low + (range_.high - range_.low) * static_cast<float>(slider) / sliderSteps;
    return std::round(value * 1000.0f) / 1000.0f; // what the exact field can show
}

void ThresholdControl::updateRange()
{
    std::optional<TasRange> range = choice_.calibratedRange();
    if (const auto seen = tasRange(record_.trace(), record_.wholeSteps(), -1, farScores))
        range = range ? united(*range, *seen) : *seen;
    TasRange next = range.value_or(TasRange{-4.0f, 4.0f});
    if (choice_.kind() == ReplayChoice::Kind::Uniform)
        next = united(next, {choice_.threshold(), choice_.threshold()});
    range_ = rounded(next);
}

void ThresholdControl::showChoice()
{
    using Kind = ReplayChoice::Kind;
    const Kind kind = choice_.kind();
    const QString checked = kind == Kind::Off          ? QStringLiteral("presetOff")
                            : kind == Kind::All        ? QStringLiteral("presetAll")
                            : kind == Kind::Calibrated ? QStringLiteral("preset%1").arg(choice_.percent())
                                                       : QStringLiteral("presetUniform");
    for (auto *button : presetGroup_->buttons())
        button->setChecked(button->objectName() == checked);
    histogram_->setThreshold(kind == Kind::Uniform ? std::optional(choice_.threshold()) : std::nullopt);

    // A handle that does not rule steps back.
    slider_->setProperty("idle", kind != Kind::Uniform);
    slider_->style()->unpolish(slider_);
    slider_->style()->polish(slider_);

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
    case Kind::Calibrated:
        summary_->setText(tr("Per layer, middle τ"));
        break;
    }
}

void ThresholdControl::showScores()
{
    // The slider must not slip from under the finger.
    if (!slider_->isSliderDown())
        updateRange();
    const QSignalBlocker quiet(slider_);
    slider_->setValue(sliderOf(choice_.threshold()));
    const auto histogram =
        tasHistogram(record_.trace(), record_.wholeSteps(), choice_.policy(), range_, TasHistogramView::bins);
    histogram_->setHistogram(histogram);
    prediction_->setText(
        histogram.scores > 0
            ? tr("%1 % of the scores so far would replay.").arg(100.0 * histogram.share(), 0, 'f', 1)
            : tr("TAS says how closely a token attends to the same place one frame "
                 "earlier."));
}

} // namespace fastcar::ui

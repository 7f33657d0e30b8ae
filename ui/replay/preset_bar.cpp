// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/preset_bar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace fastcar::ui {

namespace {

QString nameOf(ReplayPreset preset)
{
    switch (preset) {
    case ReplayPreset::Exact:
        return PresetBar::tr("Exact");
    case ReplayPreset::Balanced:
        return PresetBar::tr("Balanced");
    default:
        return PresetBar::tr("Fast");
    }
}

} // namespace

PresetBar::PresetBar(ReplayChoice &choice, QWidget *parent)
    : QWidget(parent)
    , choice_(choice)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    group_ = new QButtonGroup(this);
    for (const ReplayPreset preset : replayPresets) {
        auto *button = new QPushButton(nameOf(preset), this);
        button->setObjectName(QString::fromStdString(toString(preset)) + QStringLiteral("Preset"));
        button->setCheckable(true);
        button->setProperty("kind", "chip");
        group_->addButton(button);
        line->addWidget(button, 1);
        buttons_[preset] = button;
        connect(button, &QPushButton::clicked, &choice_, [this, preset] { choice_.choosePreset(preset); });
    }
    connect(&choice_, &ReplayChoice::changed, this, &PresetBar::showChoice);
    showChoice();
}

void PresetBar::showChoice()
{
    const auto chosen = choice_.preset();
    group_->setExclusive(false); // no button fits what was set by hand
    for (const auto &[preset, button] : buttons_) {
        button->setChecked(preset == chosen);
        button->setToolTip(meaningOf(preset));
    }
    group_->setExclusive(chosen.has_value());
}

QString PresetBar::meaningOf(ReplayPreset preset) const
{
    if (preset == ReplayPreset::Exact)
        return tr(
            "<p><b>Exact</b>: nothing is replayed. The model's own picture, bit for bit, and the slowest."
            "</p>");
    const int percent = choice_.percentOf(preset);
    QString text =
        preset == ReplayPreset::Balanced
            ? tr("<p><b>Balanced</b>: for this model about %1 % of the eligible MLPs are replayed.</p>")
            : tr("<p><b>Fast</b>: for this model about %1 % of the eligible MLPs are replayed. Faster; small "
                 "things that move may freeze.</p>");
    text = text.arg(percent);
    text += choice_.calibrated(percent)
                ? tr("<p>By the thresholds that the model brings, one for each layer.</p>")
                : tr("<p>The model brings no thresholds for it: they move until the share is met.</p>");
    return text;
}

} // namespace fastcar::ui

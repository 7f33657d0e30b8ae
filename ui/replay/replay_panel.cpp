// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_panel.h"

#include "ui/replay/effect_view.h"
#include "ui/replay/folding_section.h"
#include "ui/replay/layer_actions.h"
#include "ui/replay/layer_sliders.h"
#include "ui/replay/preset_bar.h"
#include "ui/replay/rule_form.h"
#include "ui/replay/threshold_control.h"
#include "ui/theme/section_header.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace fastcar::ui {

ReplayPanel::ReplayPanel(const Models &models, QWidget *parent)
    : QScrollArea(parent)
    , models_(models)
    , tuning_(models.settings.replay(), models.record)
    , prediction_(tuning_)
    , cardCost_(models.settings, models.record)
    , table_(tuning_, prediction_)
{
    setObjectName(QStringLiteral("replayPanel"));
    setAccessibleName(tr("Replay"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget(this);
    content->setProperty("panel", true);
    content->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    column->addWidget(new PresetBar(models_.settings.replay(), content));
    column->addWidget(new ThresholdControl(tuning_, content));
    buildLayers(column);
    column->addWidget(new SectionHeader(tr("Effect"), content));
    column->addWidget(new EffectView(prediction_, cardCost_, models_.record, content));
    buildRules(column);
    column->addStretch(1);
    setWidget(content);
    connectModels();
}

void ReplayPanel::buildLayers(QVBoxLayout *column)
{
    sliders_ = new LayerSliders(table_, tuning_, this);
    auto *actions = new LayerActions(*sliders_);
    connect(actions, &LayerActions::pasteFailed, this, &ReplayPanel::pasteFailed);
    auto *shape = new QToolButton(this);
    shape->setObjectName(QStringLiteral("layerMenu"));
    shape->setText(tr("Shape"));
    shape->setProperty("kind", "flat");
    shape->setPopupMode(QToolButton::InstantPopup);
    shape->setMenu(actions->menu());
    shape->setToolTip(
        tr("<p>Flat, a ramp, as calibrated, from this run's scores: for the chosen layers, or for all. "
           "Shift or Ctrl with a click chooses several, which then move together.</p>"));
    auto *heading = new SectionHeader(tr("Layers"), this);
    heading->addAtEnd(shape);
    column->addWidget(heading);
    column->addWidget(sliders_, 100); // before the room at the end
}

void ReplayPanel::buildRules(QVBoxLayout *column)
{
    rules_ = new RuleForm(models_.settings, models_.record, this);
    auto *section = new FoldingSection(tr("Rules"), rules_, this);
    section->setObjectName(QStringLiteral("rulesSection"));
    connect(rules_, &RuleForm::summaryChanged, section,
            [this, section] { section->setSummary(rules_->summary()); });
    section->setSummary(rules_->summary());
    column->addWidget(section);
}

void ReplayPanel::connectModels()
{
    connect(sliders_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    models_.selection.chooseLayer(current.row());
            });
    connect(&models_.selection, &Selection::layerChanged, sliders_, &LayerSliders::chooseLayer);
    connect(&table_, &QAbstractItemModel::modelReset, sliders_,
            [this] { sliders_->chooseLayer(models_.selection.layer()); });
    sliders_->chooseLayer(models_.selection.layer());
    connect(&cardCost_, &CardCost::changed, this, [this] { prediction_.setCardCost(cardCost_.cost()); });
}

void ReplayPanel::setRunning(bool running)
{
    rules_->setRunning(running);
}

void ReplayPanel::setWatched(bool watched)
{
    tuning_.setWatched(watched);
    cardCost_.setWatched(watched);
}

void ReplayPanel::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    setWatched(true);
}

void ReplayPanel::hideEvent(QHideEvent *event)
{
    setWatched(false);
    QScrollArea::hideEvent(event);
}

QSize ReplayPanel::minimumSizeHint() const
{
    constexpr int narrowest = 290; // for what stands side by side in it
    return QScrollArea::minimumSizeHint().expandedTo({atTextSize(narrowest), 0});
}

} // namespace fastcar::ui

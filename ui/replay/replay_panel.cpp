// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/replay_panel.h"

#include "ui/replay/layer_bar_delegate.h"
#include "ui/replay/ratio_bar.h"
#include "ui/replay/threshold_control.h"
#include "ui/theme/section_header.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace fastcar::ui {

ReplayPanel::ReplayPanel(ReplayChoice &choice, const RunRecord &record, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , choice_(choice)
    , record_(record)
    , selection_(selection)
    , layers_(record)
{
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(8);
    column->addWidget(new SectionHeader(tr("TAS threshold"), this));
    column->addWidget(new ThresholdControl(choice_, record_, this));
    column->addWidget(buildRule());
    column->addSpacing(6);
    column->addWidget(new SectionHeader(tr("Replayed in this run"), this));
    column->addWidget(buildRatios());
    column->addSpacing(6);
    column->addWidget(new SectionHeader(tr("Layers"), this));
    column->addWidget(buildLayers(), 1);

    connect(&choice_, &ReplayChoice::changed, this, &ReplayPanel::showChoice);
    connect(&record_, &RunRecord::advanced, this, &ReplayPanel::showRatios);
    connect(&record_, &RunRecord::began, this, &ReplayPanel::showRatios);
    showChoice();
    showRatios();
}

QWidget *ReplayPanel::buildRule()
{
    auto *rule = new QWidget(this);
    auto *form = new QFormLayout(rule);
    form->setContentsMargins(0, 2, 0, 0);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    definition_ = new QComboBox(rule);
    definition_->setObjectName(QStringLiteral("definitionCombo"));
    definition_->setAccessibleName(tr("TAS definition"));
    definition_->addItem(tr("Official"), static_cast<int>(TasDefinition::Official));
    definition_->addItem(tr("Paper"), static_cast<int>(TasDefinition::Paper));
    definition_->setToolTip(tr("<p><b>TAS</b>, the Temporal Attention Score: the mean over heads of q·k / "
                               "√d, where k is the key of the same "
                               "position one frame earlier.</p><p><b>Official</b>: q before its rotation, as "
                               "the published code computes it. "
                               "<b>Paper</b>: q after it, the attention logit itself.</p><p>Thresholds of "
                               "one mean nothing under the other. "
                               "Cannot be changed while a run goes on.</p>"));
    connect(definition_, &QComboBox::activated, this, [this] {
        choice_.chooseDefinition(static_cast<TasDefinition>(definition_->currentData().toInt()));
    });

    gate_ = new QComboBox(rule);
    gate_->setObjectName(QStringLiteral("gateCombo"));
    gate_->setAccessibleName(tr("Gate"));
    gate_->addItem(tr("Each row for itself"), static_cast<int>(GateMode::Row));
    gate_->addItem(tr("All rows or none"), static_cast<int>(GateMode::All));
    gate_->addItem(tr("Conditional row decides"), static_cast<int>(GateMode::Conditional));
    gate_->addItem(tr("Mean of both rows"), static_cast<int>(GateMode::Mean));
    gate_->setToolTip(tr("<p>With guidance a video runs as two rows, with and without the prompt. The gate "
                         "says whose score decides.</p>"
                         "<p><b>Each row for itself</b>: the published behaviour. <b>All rows or none</b>: "
                         "replay only where both would, "
                         "so that the layer's weights need not be read at all. <b>Conditional row "
                         "decides</b>, <b>Mean of both rows</b>: "
                         "one decision for both.</p>"));
    connect(gate_, &QComboBox::activated, this,
            [this] { choice_.chooseGate(static_cast<GateMode>(gate_->currentData().toInt())); });

    form->addRow(tr("Definition"), definition_);
    form->addRow(tr("Gate"), gate_);
    return rule;
}

QWidget *ReplayPanel::buildRatios()
{
    auto *ratios = new QWidget(this);
    auto *column = new QVBoxLayout(ratios);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    ofEligible_ = new RatioBar(tr("of eligible"), ratios);
    ofEligible_->setObjectName(QStringLiteral("ratioOfEligible"));
    ofEligible_->setToolTip(
        tr("<p><b>Replayed, of eligible.</b> Eligible is an MLP call that could have been replayed: "
           "its token is not in frame 1 and its layer has a threshold.</p>"));
    ofAll_ = new RatioBar(tr("of all"), ratios);
    ofAll_->setObjectName(QStringLiteral("ratioOfAll"));
    unread_ = new RatioBar(tr("unread"), ratios);
    unread_->setObjectName(QStringLiteral("ratioUnread"));
    unread_->setToolTip(
        tr("<p><b>MLP weights left unread.</b> Layers of steps in which every row was replayed: only there "
           "the weights need not come from memory, which is what saves time.</p>"));
    ceiling_ = new QLabel(ratios);
    ceiling_->setObjectName(QStringLiteral("ceilingLabel"));
    ceiling_->setProperty("rank", "secondary");
    column->addWidget(ofEligible_);
    column->addWidget(ofAll_);
    column->addWidget(unread_);
    column->addWidget(ceiling_);
    return ratios;
}

QWidget *ReplayPanel::buildLayers()
{
    layerView_ = new QTableView(this);
    layerView_->setObjectName(QStringLiteral("layerTable"));
    layerView_->setAccessibleName(tr("Layers"));
    layerView_->setToolTip(tr("Choose the layer that the heatmap and the mask show"));
    layerView_->setModel(&layers_);
    layerView_->setItemDelegate(new LayerBarDelegate(layerView_));
    layerView_->setSelectionBehavior(QAbstractItemView::SelectRows);
    layerView_->setSelectionMode(QAbstractItemView::SingleSelection);
    layerView_->setTabKeyNavigation(false);
    layerView_->setShowGrid(false);
    layerView_->setMouseTracking(true);
    layerView_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layerView_->verticalHeader()->hide();
    layerView_->verticalHeader()->setDefaultSectionSize(22);
    auto *header = layerView_->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(LayerTable::Layer, QHeaderView::Fixed);
    header->setSectionResizeMode(LayerTable::Threshold, QHeaderView::Fixed);
    header->setSectionResizeMode(LayerTable::Replayed, QHeaderView::Stretch);
    header->resizeSection(LayerTable::Layer, 52);
    header->resizeSection(LayerTable::Threshold, 66);
    layerView_->setMinimumHeight(120);

    connect(layerView_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    selection_.chooseLayer(current.row());
            });
    connect(&selection_, &Selection::layerChanged, this, [this](int layer) { layerView_->selectRow(layer); });
    return layerView_;
}

void ReplayPanel::setRunning(bool running)
{
    definition_->setEnabled(!running);
}

void ReplayPanel::showChoice()
{
    definition_->setCurrentIndex(definition_->findData(static_cast<int>(choice_.definition())));
    gate_->setCurrentIndex(gate_->findData(static_cast<int>(choice_.gate())));
    layers_.setPlan(choice_.layers(), choice_.policy());
    if (!layerView_->currentIndex().isValid() && choice_.layers() > 0)
        layerView_->selectRow(selection_.layer());
}

void ReplayPanel::showRatios()
{
    if (!record_.hasRun()) {
        ceiling_->setText(tr("Nothing has run yet."));
        return;
    }
    const ReplayStatistics &replay = record_.replay();
    const ReplayCount all = replay.all();
    const TraceShape &shape = record_.trace().shape();
    const double ceiling = ReplayStatistics::ceiling(shape.frames, shape.stride);
    ofEligible_->setRatio(all.eligible ? std::optional(all.ofEligible()) : std::nullopt);
    ofAll_->setRatio(all.total ? std::optional(all.ofAll()) : std::nullopt);
    ofAll_->setCeiling(ceiling);
    const auto steps = replay.layerSteps();
    unread_->setRatio(
        steps ? std::optional(static_cast<double>(replay.fullySkippedLayers()) / static_cast<double>(steps))
              : std::nullopt);
    ceiling_->setText(tr("Ceiling of all: %1 %").arg(100.0 * ceiling, 0, 'f', 1));
    const QString why =
        tr("<p><b>Replayed, of all</b> MLP calls of the run's decode steps, frame 1 included.</p><p>Frame 1 "
           "is always computed, so that in %1 frames of %2 tokens at most ((T−1)·N−1) / (T·N−1) = %3 % can "
           "be replayed, whatever the threshold. The mark shows that ceiling.</p>")
            .arg(shape.frames)
            .arg(shape.stride)
            .arg(100.0 * ceiling, 0, 'f', 2);
    ofAll_->setToolTip(why);
    ceiling_->setToolTip(why);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_panel.h"

#include "ui/heatmap/heatmap_legend.h"
#include "ui/heatmap/heatmap_view.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/models/row_name.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/told_bar.h"
#include "ui/theme/told_line.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr int differenceItem = -1;

QComboBox *makeCombo(const QString &name, const QString &spoken, QWidget *parent)
{
    auto *combo = new QComboBox(parent);
    combo->setObjectName(name);
    combo->setAccessibleName(spoken);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return combo;
}

/// Of the run, so that the legend stays as it is while frames are looked through.
HeatmapLegend::Missing missingIn(const HeatmapGrid &grid, const RunRecord &record)
{
    using Missing = HeatmapLegend::Missing;
    if (std::ranges::find(grid.cells, CellState::ToCome, &HeatmapCell::state) != grid.cells.end())
        return Missing::ToCome; // of a finished run the pictures that its drift is told from
    const TraceShape &shape = record.trace().shape();
    if (record.wholeSteps() >= shape.frames * shape.stride - 1) // the last token has no step
        return Missing::Nothing;
    return record.goesOn() ? Missing::ToCome : Missing::NotMade;
}

void setItemEnabled(QComboBox &combo, int index, bool enabled)
{
    if (auto *items = qobject_cast<QStandardItemModel *>(combo.model()))
        items->item(index)->setEnabled(enabled);
}

} // namespace

HeatmapPanel::HeatmapPanel(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
{
    setObjectName(QStringLiteral("heatmapPanel"));
    setAccessibleName(tr("Heatmaps"));
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 2);
    column->setSpacing(0);
    pages_ = new QStackedWidget(this);
    view_ = new HeatmapView(models_.record, models_.selection, pages_);
    pages_->addWidget(view_);
    buildTable();
    column->addWidget(buildBar());
    column->addWidget(pages_, 1);
    legend_ = new HeatmapLegend(this);
    legend_->setObjectName(QStringLiteral("heatmapLegend"));
    column->addWidget(legend_);

    connect(view_, &HeatmapView::toldChanged, this, &HeatmapPanel::tell);
    connect(&refresh_, &PacedRefresh::due, this, &HeatmapPanel::refresh);
    connect(&models_.record, &RunRecord::began, this, &HeatmapPanel::begin);
    connect(&models_.record, &RunRecord::advanced, &refresh_, &PacedRefresh::ask);
    connect(&models_.record, &RunRecord::phaseChanged, &refresh_, &PacedRefresh::ask);
    connect(&models_.selection, &Selection::changed, &refresh_, &PacedRefresh::askNow);
    connect(&models_.selection, &Selection::rowChanged, this, &HeatmapPanel::showChoice);
    connect(&models_.record.frames(), &FrameStore::frameChanged, &refresh_, &PacedRefresh::ask);
    if (models_.reference)
        connect(models_.reference, &DenseReference::changed, this, [this] {
            shown_ = {};
            refresh_.askNow();
        });
    begin();
}

QWidget *HeatmapPanel::buildBar()
{
    auto *bar = new ToldBar(this);
    kind_ = makeCombo(QStringLiteral("heatmapKindCombo"), tr("Kind of heatmap"), bar);
    for (const auto kind : {HeatmapKind::LayersByPositions, HeatmapKind::FrameMaps,
                            HeatmapKind::LayersByFrames, HeatmapKind::LayersByHeads}) {
        kind_->addItem(kindName(kind), static_cast<int>(kind));
        kind_->setItemData(kind_->count() - 1, kindMeaning(kind), Qt::ToolTipRole);
    }
    value_ = makeCombo(QStringLiteral("heatmapValueCombo"), tr("Value of the heatmap"), bar);
    for (const auto value : {HeatmapValue::Tas, HeatmapValue::Decision, HeatmapValue::Chain,
                             HeatmapValue::LayersReplayed, HeatmapValue::Drift}) {
        if (value == HeatmapValue::Drift && !models_.reference)
            continue;
        value_->addItem(valueName(value), static_cast<int>(value));
        value_->setItemData(value_->count() - 1, valueMeaning(value), Qt::ToolTipRole);
    }
    row_ = makeCombo(QStringLiteral("heatmapRowCombo"), tr("Row of the heatmap"), bar);
    for (auto *combo : {kind_, value_, row_})
        bar->addAtBeginning(combo);
    told_ = &bar->words();
    told_->setObjectName(QStringLiteral("heatmapTold"));
    tableButton_ = new QPushButton(tr("Table"), bar);
    tableButton_->setObjectName(QStringLiteral("heatmapTableButton"));
    tableButton_->setAccessibleName(tr("Heatmap as numbers"));
    tableButton_->setCheckable(true);
    tableButton_->setToolTip(tr("The same as numbers, to read and to copy"));
    bar->addAtEnd(tableButton_);
    auto *more = new QToolButton(bar);
    more->setObjectName(QStringLiteral("heatmapMenu"));
    more->setProperty("kind", "more");
    more->setText(QStringLiteral("\u22ef"));
    more->setAccessibleName(tr("More about the heatmap"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    auto *copy = menu->addAction(tr("&Copy the table as CSV"), tableView_, &CsvTableView::copy);
    copy->setObjectName(QStringLiteral("copyHeatmapAction"));
    menu->addSeparator();
    heads_ = menu->addAction(tr("&Record each head's scores"));
    heads_->setObjectName(QStringLiteral("recordHeadsAction"));
    heads_->setCheckable(true);
    heads_->setToolTip(
        tr("<p>From the next run on, for <b>Heads of a token</b>. The trace grows by four bytes for each "
           "head.</p>"));
    menu->setToolTipsVisible(true);
    connect(heads_, &QAction::triggered, this, &HeatmapPanel::recordsHeadsAsked);
    more->setMenu(menu);
    bar->addAtEnd(more);

    connect(kind_, &QComboBox::activated, this, [this] {
        HeatmapChoice next = choice_;
        next.kind = static_cast<HeatmapKind>(kind_->currentData().toInt());
        choose(next);
    });
    connect(value_, &QComboBox::activated, this, [this] {
        HeatmapChoice next = choice_;
        next.value = static_cast<HeatmapValue>(value_->currentData().toInt());
        choose(next);
    });
    connect(row_, &QComboBox::activated, this, [this] {
        HeatmapChoice next = choice_;
        next.difference = row_->currentData().toInt() == differenceItem;
        if (!next.difference) // a row of the same video
            models_.selection.chooseRow(models_.selection.video() +
                                        row_->currentData().toInt() * models_.selection.videos());
        choose(next);
    });
    connect(tableButton_, &QPushButton::toggled, this, [this](bool shown) {
        // Before it is seen: the cell that a table begins with is nobody's choice.
        refresh();
        followCursor();
        pages_->setCurrentWidget(shown ? static_cast<QWidget *>(tableView_) : view_);
    });
    return bar;
}

void HeatmapPanel::buildTable()
{
    tableView_ = new CsvTableView(pages_);
    tableView_->setObjectName(QStringLiteral("heatmapTable"));
    tableView_->setProperty("kind", "page");
    tableView_->setAccessibleName(tr("Heatmap as a table"));
    tableView_->setModel(&table_);
    tableView_->setColumnWidths(88);
    pages_->addWidget(tableView_);
    connect(tableView_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &HeatmapPanel::chooseFromTable);
}

void HeatmapPanel::setRecordsHeads(bool records)
{
    heads_->setChecked(records);
}

void HeatmapPanel::choose(const HeatmapChoice &choice)
{
    choice_ = choice;
    if (choice_.value == HeatmapValue::Drift) // is of no row
        choice_.difference = false;
    if (!isPossible(choice_, true))
        choice_.value =
            choice_.kind == HeatmapKind::LayersByHeads ? HeatmapValue::Tas : HeatmapValue::Decision;
    if (!isPossible(choice_, isGuided(models_.record.trace().shape())))
        choice_.difference = false;
    showChoice();
    refresh_.askNow();
}

void HeatmapPanel::fillRows()
{
    const bool guided = isGuided(models_.record.trace().shape());
    if (row_->count() == (guided ? 3 : 1))
        return; // those of the run before: a list that is filled again asks for a new layout of the window
    row_->clear();
    row_->addItem(tr("Conditional"), 0);
    if (guided) {
        row_->addItem(tr("Unconditional"), 1);
        row_->addItem(tr("Difference"), differenceItem);
    }
    row_->setToolTip(
        tr("<p>One of the video's rows, or the conditional row's less the unconditional one's.</p>"));
}

void HeatmapPanel::showChoice()
{
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(choice_.kind)));
    kind_->setToolTip(kindMeaning(choice_.kind));
    value_->setCurrentIndex(value_->findData(static_cast<int>(choice_.value)));
    value_->setToolTip(valueMeaning(choice_.value));
    for (int item = 0; item < value_->count(); ++item)
        setItemEnabled(
            *value_, item,
            isPossible({choice_.kind, static_cast<HeatmapValue>(value_->itemData(item).toInt())}, true));
    row_->setCurrentIndex(row_->findData(
        choice_.difference ? differenceItem : models_.selection.row() / models_.selection.videos()));
    row_->setEnabled(row_->count() > 1 && choice_.value != HeatmapValue::Drift);
}

void HeatmapPanel::begin()
{
    ranges_.clear();
    shown_ = {};
    fillRows();
    choose(choice_);
}

void HeatmapPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh_.askNow();
}

HeatmapPanel::Source HeatmapPanel::source() const
{
    const Selection &selection = models_.selection;
    return {
        .choice = choice_,
        .place = {.frame = selection.frame(), .position = selection.position(), .layer = selection.layer()},
        .row = selection.row(),
        .steps = models_.record.wholeSteps(),
        .goesOn = models_.record.goesOn(),
        .visibleFrames = selection.visibleFrames(),
        .wholeFrames = choice_.value == HeatmapValue::Drift
                           ? static_cast<int>(models_.record.frames().wholePictures(selection.video()).size())
                           : 0,
        .policy = models_.record.policyNumber()};
}

void HeatmapPanel::refresh()
{
    if (!isVisible())
        return;
    const Source now = source();
    if (now == shown_) {
        view_->viewport()->update(); // another view points at something
        return;
    }
    shown_ = now;
    ++made_;
    const RunRecord &record = models_.record;
    const HeatmapGrid grid = makeHeatmap(record, models_.selection, choice_, models_.reference);
    HeatmapColors colors;
    colors.choice = choice_;
    colors.range = ranges_.of(record, grid);
    colors.longestChain = std::max(1, record.trace().shape().frames - 1);
    table_.show(grid);
    HeatmapLegend::Shown legend{.colors = colors,
                                .threshold = {},
                                .layer = models_.selection.layer(),
                                .missing = missingIn(grid, record),
                                .empty = grid.empty()};
    const bool heads = choice_.kind == HeatmapKind::LayersByHeads; // a threshold holds for their mean
    if (choice_.value == HeatmapValue::Tas && !choice_.difference && !heads && record.hasRun())
        legend.threshold = record.policyInForce().threshold(models_.selection.layer());
    legend_->show(legend);
    view_->show(grid, colors);
    followCursor();
}

void HeatmapPanel::tell()
{
    const QString told = view_->told(); // names the subject, too
    const QString subject = models_.record.hasRun() ? heatmapSubject(view_->grid()) : QString();
    told_->tell(told.isEmpty() || !view_->isShowing() ? subject : told);
    const auto cell = view_->toldCell();
    const bool there =
        cell && view_->isShowing() && view_->grid().at(cell->first, cell->second).state == CellState::There;
    legend_->setTold(there ? std::optional(view_->grid().at(cell->first, cell->second).value) : std::nullopt);
}

/// The table's current cell is the chosen one.
void HeatmapPanel::followCursor()
{
    const auto cell = table_.grid().chosenCell();
    if (!cell || !tableButton_->isChecked())
        return;
    const QModelIndex index = table_.index(cell->first, cell->second);
    if (index.isValid() && index != tableView_->currentIndex())
        tableView_->setCurrentIndex(index);
}

void HeatmapPanel::chooseFromTable(const QModelIndex &current)
{
    if (!current.isValid() || !tableView_->isVisible() ||
        table_.grid().chosenCell() == std::pair(current.row(), current.column()))
        return;
    choosePlace(models_.selection, table_.grid().placeOf(current.row(), current.column()));
}

} // namespace fastcar::ui

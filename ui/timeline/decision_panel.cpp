// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_panel.h"

#include "ui/models/chosen_step.h"
#include "ui/models/row_name.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/told_bar.h"
#include "ui/theme/told_line.h"
#include "ui/timeline/decision_legend.h"

#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fastcar::ui {

DecisionPanel::DecisionPanel(const Models &models, QWidget *parent)
    : QWidget(parent)
    , models_(models)
    , table_(models.record)
{
    setObjectName(QStringLiteral("decisionPanel"));
    setAccessibleName(tr("Decisions"));
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 3);
    column->setSpacing(0);
    pages_ = new QStackedWidget(this);
    timeline_ = new DecisionTimeline(models_, pages_);
    pages_->addWidget(timeline_);
    pages_->addWidget(buildTable());
    column->addWidget(buildBar());
    column->addWidget(pages_, 1);
    legend_ = new DecisionLegend(models_.record, this);
    column->addWidget(legend_);

    connect(timeline_, &DecisionTimeline::told, this, &DecisionPanel::tell);
    connect(&refresh_, &PacedRefresh::due, this, &DecisionPanel::refresh);
    connect(&models_.record, &RunRecord::began, this, &DecisionPanel::begin);
    connect(&models_.record, &RunRecord::advanced, &refresh_, &PacedRefresh::ask);
    connect(&models_.selection, &Selection::changed, this, &DecisionPanel::takeSelection);
    connect(tableView_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DecisionPanel::chooseFromTable);
    begin();
}

QWidget *DecisionPanel::buildBar()
{
    auto *bar = new ToldBar(this);
    row_ = new QComboBox(bar);
    row_->setObjectName(QStringLiteral("decisionRowCombo"));
    row_->setAccessibleName(tr("Rows of the timeline"));
    row_->setToolTip(tr("<p>Both rows of a guided run stand over one another in each layer, the conditional "
                        "one on top; or one of them alone.</p>"));
    row_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    bar->addAtBeginning(row_);
    told_ = &bar->words();
    told_->setObjectName(QStringLiteral("decisionTold"));
    tableButton_ = new QPushButton(tr("Table"), bar);
    tableButton_->setObjectName(QStringLiteral("decisionTableButton"));
    tableButton_->setAccessibleName(tr("Decisions as numbers"));
    tableButton_->setCheckable(true);
    tableButton_->setToolTip(tr("The same as numbers, to read and to copy"));
    bar->addAtEnd(tableButton_);
    auto *more = new QToolButton(bar);
    more->setObjectName(QStringLiteral("decisionMenu"));
    more->setProperty("kind", "more");
    more->setText(QStringLiteral("\u22ef"));
    more->setAccessibleName(tr("More about the timeline of decisions"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    menu->addAction(tr("Zoom &in\tW"), timeline_, &DecisionTimeline::zoomIn);
    menu->addAction(tr("Zoom &out\tS"), timeline_, &DecisionTimeline::zoomOut);
    menu->addAction(tr("&Whole video\tF"), &models_.tokens, &TokenRange::showAll);
    menu->addSeparator();
    auto *copy = menu->addAction(tr("&Copy the table as CSV"), this, [this] {
        table_.refresh();
        tableView_->copy();
    });
    copy->setObjectName(QStringLiteral("copyDecisionsAction"));
    more->setMenu(menu);
    bar->addAtEnd(more);
    connect(row_, &QComboBox::activated, this, [this] {
        timeline_->showRows(static_cast<DecisionTimeline::Rows>(row_->currentData().toInt()));
    });
    connect(tableButton_, &QPushButton::toggled, this, &DecisionPanel::showTable);
    return bar;
}

QWidget *DecisionPanel::buildTable()
{
    tableView_ = new CsvTableView(pages_);
    tableView_->setObjectName(QStringLiteral("decisionTable"));
    tableView_->setProperty("kind", "page");
    tableView_->setAccessibleName(tr("Decisions as a table"));
    tableView_->setToolTip(tr("0: computed; 1 and more: replayed, so many frames on end; –: not eligible"));
    tableView_->setModel(&table_);
    return tableView_;
}

void DecisionPanel::begin()
{
    fillRows();
    legend_->begin();
    refresh_.askNow();
}

/// Mostly they are those of the run before: a list that is filled again asks for a new layout of the window.
void DecisionPanel::fillRows()
{
    using Rows = DecisionTimeline::Rows;
    const TraceShape &shape = models_.record.trace().shape();
    const std::pair kinds(isGuided(shape), shape.videos);
    if (std::exchange(filledFor_, kinds) == kinds)
        return;
    const int chosen = row_->count() > 0 ? row_->currentData().toInt() : 0;
    const auto add = [this](const QString &text, Rows rows) { row_->addItem(text, static_cast<int>(rows)); };
    row_->clear();
    if (isGuided(shape)) {
        add(tr("Both rows"), Rows::OfVideo);
        add(tr("Conditional"), Rows::Conditional);
        add(tr("Unconditional"), Rows::Unconditional);
    } else {
        add(tr("Conditional"), Rows::OfVideo);
    }
    if (shape.videos > 1)
        add(tr("All videos"), Rows::All);
    row_->setCurrentIndex(std::max(0, row_->findData(chosen)));
    row_->setEnabled(row_->count() > 1);
    timeline_->showRows(static_cast<Rows>(row_->currentData().toInt()));
}

void DecisionPanel::refresh()
{
    if (!isVisible())
        return;
    if (tableButton_->isChecked()) {
        table_.refresh();
        takeSelection();
    } else {
        timeline_->refresh();
        if (told_->told().isEmpty())
            tell({});
    }
}

void DecisionPanel::tell(const QString &words)
{
    told_->tell(words.isEmpty() && models_.record.hasRun() ? tr("Point at a decision to read it") : words);
}

void DecisionPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh_.askNow();
}

void DecisionPanel::showTable(bool shown)
{
    pages_->setCurrentWidget(shown ? static_cast<QWidget *>(tableView_) : timeline_);
    refresh_.askNow();
}

void DecisionPanel::takeSelection()
{
    if (!tableButton_->isChecked() || !isVisible())
        return;
    const int step = chosenStep(models_.record, models_.selection);
    const QModelIndex index =
        table_.index(step, table_.columnOf(models_.selection.layer(), models_.selection.row()));
    if (!index.isValid() || index == tableView_->currentIndex())
        return;
    tableView_->setCurrentIndex(index);
}

void DecisionPanel::chooseFromTable(const QModelIndex &current)
{
    if (!current.isValid())
        return;
    models_.selection.chooseLayer(table_.layerOf(current.column()));
    models_.selection.chooseRow(table_.rowOf(current.column()));
    if (current.row() != chosenStep(models_.record, models_.selection)) // else following would end
        chooseStep(models_.record, models_.selection, current.row());
}

} // namespace fastcar::ui

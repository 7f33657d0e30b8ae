// SPDX-License-Identifier: Apache-2.0
//
// The hardware panel's parts: what stands where.
#include "ui/hardware/hardware_panel.h"

#include "ui/hardware/gantt_painter.h"
#include "ui/hardware/gantt_view.h"
#include "ui/hardware/gantt_words.h"
#include "ui/theme/flow_line.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

namespace fastcar::ui {

namespace {

/// Of the table: its names, and each column of figures.
constexpr int namesWidth = 168;
constexpr int figureWidth = 88;
constexpr DrsPolicy allPolicies[] = {DrsPolicy::Static, DrsPolicy::Deal, DrsPolicy::Split};

/// Of its button, in every language.
QString objectNameOf(DrsPolicy drs)
{
    QString name = QString::fromStdString(toString(drs));
    name.front() = name.front().toUpper();
    return QStringLiteral("drs") + name;
}

class Legend : public QWidget {
public:
    Legend(const GanttView &gantt, QWidget *parent)
        : QWidget(parent)
        , gantt_(gantt)
    {
        setFixedHeight(18);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (!gantt_.hasPicture())
            return;
        QPainter painter(this);
        paintGanttLegend(painter, QRectF(rect()).adjusted(10, 0, -10, 0), GanttLayout::labelWidth(),
                         gantt_.scene().rows);
    }

private:
    const GanttView &gantt_;
};

} // namespace

QWidget *HardwarePanel::buildBar()
{
    auto *bar = new QWidget(this);
    auto *line = new FlowLine(bar);
    line->keepLines();
    line->setContentsMargins(10, 7, 10, 5);
    line->setSpacing(6);
    card_ = new QComboBox(bar);
    card_->setObjectName(QStringLiteral("cardCombo"));
    card_->setAccessibleName(tr("Card"));
    card_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    card_->setMinimumContentsLength(14);
    line->addWidget(card_);
    auto *scheduling = new QWidget(bar); // which stays together
    auto *chips = new QHBoxLayout(scheduling);
    chips->setContentsMargins(6, 0, 2, 0);
    chips->setSpacing(5);
    auto *name = new QLabel(tr("DRS"), bar);
    name->setToolTip(
        tr("<p><b>Dynamic Resource Scheduling</b>: which core computes which row. It says how long "
           "a step takes, never what it computes. The run that goes on takes it from its next "
           "token on.</p>"));
    chips->addWidget(name);
    auto *group = new QButtonGroup(this);
    for (const DrsPolicy drs : allPolicies) {
        auto *chip = new QPushButton(drsName(drs), bar);
        chip->setObjectName(objectNameOf(drs));
        chip->setProperty("kind", "chip");
        chip->setCheckable(true);
        chip->setToolTip(drsMeaning(drs));
        group->addButton(chip);
        drs_[drs] = chip;
        chips->addWidget(chip);
        connect(chip, &QPushButton::clicked, this, [this, drs] { models_.settings.replay().chooseDrs(drs); });
    }
    compare_ = new QComboBox(bar);
    compare_->setObjectName(QStringLiteral("compareCombo"));
    compare_->setAccessibleName(tr("Compare with"));
    compare_->setToolTip(tr("A second timeline of the same step, on the same axis"));
    compare_->addItem(tr("Compare with\u2026"), -1);
    for (const DrsPolicy drs : allPolicies)
        compare_->addItem(tr("vs %1").arg(drsName(drs)), static_cast<int>(drs));
    line->addWidget(scheduling);
    line->addWidget(compare_);
    line->beginEnd();
    auto *end = new QWidget(bar); // which stays together, too
    auto *atEnd = new QHBoxLayout(end);
    atEnd->setContentsMargins(0, 0, 0, 0);
    atEnd->setSpacing(6);
    figuresButton_ = new QPushButton(tr("Figures"), end);
    figuresButton_->setObjectName(QStringLiteral("figuresButton"));
    figuresButton_->setCheckable(true);
    figuresButton_->setToolTip(tr("The figures of the step as a table"));
    atEnd->addWidget(figuresButton_);
    more_ = new QToolButton(end);
    more_->setObjectName(QStringLiteral("timelineMenu"));
    more_->setProperty("kind", "more");
    more_->setText(QStringLiteral("\u22ef"));
    more_->setAccessibleName(tr("More about the timeline"));
    more_->setPopupMode(QToolButton::InstantPopup);
    atEnd->addWidget(more_);
    line->addWidget(end);
    return bar;
}

QWidget *HardwarePanel::buildMiddle()
{
    auto *middle = new QWidget(this);
    auto *line = new QHBoxLayout(middle);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    gantt_ = new GanttView(middle);
    line->addWidget(gantt_, 1);
    table_ = new QTableView(middle);
    table_->setObjectName(QStringLiteral("hardwareFigures"));
    table_->setAccessibleName(tr("Figures of the step"));
    table_->setModel(&figures_);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setMinimumSectionSize(16);
    table_->verticalHeader()->setDefaultSectionSize(19);
    table_->horizontalHeader()->setHighlightSections(false);
    const auto layOutColumns = [this] {
        auto *header = table_->horizontalHeader();
        for (int section = 0; section < figures_.columnCount(); ++section) {
            header->setSectionResizeMode(section, section == 0 ? QHeaderView::Stretch : QHeaderView::Fixed);
            header->resizeSection(section, atTextSize(figureWidth));
        }
        table_->setFixedWidth(atTextSize(namesWidth + figureWidth * std::max(1, figures_.columnCount() - 1)));
    };
    connect(&figures_, &FigureTable::modelReset, table_, layOutColumns);
    connect(&figures_, &FigureTable::modelReset, table_,
            [this] { showFigureTable(figuresButton_->isChecked()); });
    layOutColumns();
    line->addWidget(table_);

    auto *menu = new QMenu(this);
    save_ = menu->addAction(tr("&Save timeline as\u2026"), this, &HardwarePanel::saveTimeline);
    save_->setObjectName(QStringLiteral("saveTimelineAction"));
    menu->addSeparator();
    menu->addAction(tr("Zoom &in\tW"), gantt_, &GanttView::zoomIn);
    menu->addAction(tr("Zoom &out\tS"), gantt_, &GanttView::zoomOut);
    menu->addAction(tr("&Whole step\tHome"), gantt_, &GanttView::showAll);
    menu->addAction(tr("The chosen &layer\tF"), gantt_, &GanttView::showLayer);
    more_->setMenu(menu);
    return middle;
}

void HardwarePanel::fillCards()
{
    for (const CardInfo &card : cards_) {
        card_->addItem(cardName(card), QString::fromStdString(card.name));
        card_->setItemData(card_->count() - 1, cardFacts(card), Qt::ToolTipRole);
    }
    if (cards_.empty())
        card_->addItem(tr("No card"));
    card_->setEnabled(!cards_.empty());
}

QWidget *HardwarePanel::buildLegend()
{
    return new Legend(*gantt_, this);
}

} // namespace fastcar::ui

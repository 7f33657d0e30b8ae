// SPDX-License-Identifier: Apache-2.0
//
// The comparison page's parts: what stands where.
#include "ui/compare/compare_page.h"

#include "ui/compare/comparison_table_view.h"
#include "ui/compare/frame_plot.h"
#include "ui/compare/source_button.h"
#include "ui/compare/token_strip.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/steady_box.h"
#include "ui/theme/theme.h"
#include "ui/theme/told_line.h"
#include "ui/timeline/film_strip.h"
#include "ui/timeline/transport.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <vector>

namespace fastcar::ui {

namespace {

/// The figures of two runs: in a low window all room is the table's.
class FiguresPanel : public QWidget {
public:
    using QWidget::QWidget;

    void hideWhereLow(QWidget *part) { parts_.push_back(part); }
    QSize minimumSizeHint() const override { return {220, atTextSize(76)}; }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QWidget::resizeEvent(event);
        for (QWidget *part : parts_)
            part->setVisible(height() >= atTextSize(220));
    }

private:
    std::vector<QWidget *> parts_;
};

} // namespace

QWidget *ComparePage::buildSources()
{
    auto *bar = new QWidget(this);
    bar->setProperty("panel", true);
    bar->setAttribute(Qt::WA_StyledBackground);
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins(12, 7, 12, 7);
    line->setSpacing(6);
    const auto source = [&](Side side) {
        auto *button = new SourceButton(side, {comparison_, runs_, kept_}, bar);
        connect(button, &SourceButton::fileAsked, this, [this, side] { chooseFile(side); });
        connect(button, &SourceButton::libraryAsked, this, [this, side] { emit libraryAsked(side); });
        line->addWidget(button, 1);
    };
    source(Side::A);
    auto *exchange = new QToolButton(bar);
    exchange->setObjectName(QStringLiteral("exchangeButton"));
    exchange->setText(QStringLiteral("⇄"));
    exchange->setAccessibleName(tr("Exchange A and B"));
    exchange->setToolTip(tr("Exchange A and B"));
    connect(exchange, &QToolButton::clicked, &comparison_, &ComparisonModel::exchange);
    line->addWidget(exchange);
    source(Side::B);
    addSameSeed(line);
    return bar;
}

/// The likelier one in one click, both behind the arrow.
void ComparePage::addSameSeed(QHBoxLayout *line)
{
    sameSeed_ = new QPushButton(line->parentWidget());
    sameSeed_->setObjectName(QStringLiteral("sameSeedButton"));
    connect(sameSeed_, &QPushButton::clicked, this, [this] { runSameSeed(denseIsLikelier()); });
    auto *more = new QToolButton(line->parentWidget());
    more->setObjectName(QStringLiteral("sameSeedMenuButton"));
    more->setArrowType(Qt::DownArrow);
    more->setAccessibleName(tr("Same seed, another replay"));
    more->setToolTip(tr("Which replay the run is made with once more"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    menu->setToolTipsVisible(true);
    sameSeedDense_ = menu->addAction(tr("Same seed, &dense"), this, [this] { runSameSeed(true); });
    sameSeedDense_->setObjectName(QStringLiteral("sameSeedDenseAction"));
    sameSeedReplay_ =
        menu->addAction(tr("Same seed, the panel's &replay"), this, [this] { runSameSeed(false); });
    sameSeedReplay_->setObjectName(QStringLiteral("sameSeedReplayAction"));
    more->setMenu(menu);
    line->addWidget(sameSeed_);
    line->addWidget(more);
}

QWidget *ComparePage::buildFigures()
{
    auto *panel = new FiguresPanel(this);
    panel->setProperty("panel", true);
    panel->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(10, 6, 8, 6);
    column->setSpacing(4);
    auto *chips = new QHBoxLayout;
    chips->setSpacing(6);
    column->addLayout(chips);
    column->addWidget(buildTables(panel), 1);
    auto *group = new QButtonGroup(this);
    const auto addChip = [&](const QString &text, const QString &name, const QString &spoken,
                             const QString &help) {
        auto *chip = new QPushButton(text, panel);
        chip->setObjectName(name);
        chip->setProperty("kind", "chip");
        chip->setAccessibleName(spoken);
        chip->setCheckable(true);
        chip->setChecked(chips->isEmpty());
        chip->setToolTip(help);
        group->addButton(chip, chips->count());
        chips->addWidget(chip);
    };
    addChip(tr("Figures"), QStringLiteral("figuresChip"), tr("Figures of the two runs"),
            tr("The comparison in numbers"));
    addChip(tr("Tokens"), QStringLiteral("tokensChip"), tr("Tokens of the two runs"),
            tr("What differs token by token: the strip below in numbers, to read and to copy"));
    chips->addStretch(1);
    connect(group, &QButtonGroup::idClicked, tables_, &QStackedWidget::setCurrentIndex);
    figure_ = new QComboBox(panel);
    figure_->setObjectName(QStringLiteral("frameFigureCombo"));
    figure_->setAccessibleName(tr("Figure by frame"));
    for (const FrameFigure figure : frameFigures) {
        const QString unit = unitOf(figure);
        figure_->addItem(tr("%1 by frame").arg(nameOf(figure)) +
                             (unit.isEmpty() ? QString() : QStringLiteral(", ") + unit),
                         static_cast<int>(figure));
    }
    connect(figure_, &QComboBox::currentIndexChanged, this, &ComparePage::showPlot);
    column->addWidget(figure_);
    plot_ = new FramePlot(panel);
    plot_->setMaximumHeight(108);
    connect(plot_, &FramePlot::frameChosen, this, [this](int frame) {
        playback_.pause();
        selection_.chooseFrame(frame);
    });
    column->addWidget(plot_);
    panel->hideWhereLow(figure_);
    panel->hideWhereLow(plot_);
    return panel;
}

/// What is between the runs, and the same token by token.
QWidget *ComparePage::buildTables(QWidget *panel)
{
    tables_ = new QStackedWidget(panel);
    tables_->setMinimumHeight(30); // where the window is low, what is read there is scrolled to
    auto *figures = new ComparisonTableView(table_, tables_);
    connect(figures, &QTableView::clicked, this, [this](const QModelIndex &cell) {
        if (cell.row() == table_.rowOf(tr("First other code")) && strip_->firstDifference() >= 0)
            chooseToken(strip_->firstDifference());
    });
    tables_->addWidget(figures);
    tokenView_ = new CsvTableView(tables_);
    tokenView_->setObjectName(QStringLiteral("tokenTable"));
    tokenView_->setAccessibleName(tr("Tokens as a table"));
    tokenView_->setModel(&tokens_);
    QHeaderView *const header = tokenView_->horizontalHeader();
    header->setHighlightSections(false);
    header->setStyleSheet(QStringLiteral("QHeaderView::section { padding-left: 2px; padding-right: 2px; }"));
    header->setSectionResizeMode(TokenTable::Codes, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(TokenTable::Decisions, QHeaderView::Stretch);
    connect(tokenView_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid() && tokenView_->isVisible() && current.row() != token())
                    chooseToken(current.row());
            });
    tables_->addWidget(tokenView_);
    return tables_;
}

QWidget *ComparePage::buildFoot()
{
    auto *foot = new QWidget(this);
    foot->setProperty("panel", true);
    foot->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins(12, 4, 12, 8);
    column->setSpacing(4);

    auto *words = new QHBoxLayout;
    words->setSpacing(8);
    facts_ = new ToldLine(foot);
    facts_->setObjectName(QStringLiteral("compareFactsLabel"));
    facts_->setFont(numberFont(0.92));
    busy_ = new QLabel(tr("Comparing…"), foot);
    busy_->setObjectName(QStringLiteral("comparingLabel"));
    busy_->setProperty("rank", "secondary");
    busy_->hide();
    first_ = new QPushButton(foot);
    first_->setObjectName(QStringLiteral("firstDifferenceButton"));
    first_->setProperty("kind", "flat");
    first_->setToolTip(tr("Go to the first token with another code (F)"));
    connect(first_, &QPushButton::clicked, this, [this] { chooseToken(strip_->firstDifference()); });
    words->addWidget(new SteadyBox(facts_, foot), 1);
    words->addWidget(busy_);
    column->addLayout(words);

    strip_ = new TokenStrip(foot);
    connect(strip_, &TokenStrip::tokenChosen, this, &ComparePage::chooseToken);
    column->addWidget(strip_);

    auto *transport = new Transport(playback_, frames_, selection_, foot);
    transport->hideFollowing();
    transport->addAtEnd(first_);
    offset_ = new QPushButton(foot);
    offset_->setObjectName(QStringLiteral("offsetButton"));
    offset_->setAccessibleName(tr("Offset of A against B"));
    offset_->setProperty("kind", "flat");
    offset_->setToolTip(
        tr("<p>A is shown, and its pictures are compared, this many frames apart from B. Shift+← and "
           "Shift+→ move it. Click to undo.</p>"));
    connect(offset_, &QPushButton::clicked, this, [this] { comparison_.setOffset(0); });
    transport->addAtEnd(offset_);
    video_ = new QComboBox(foot);
    video_->setObjectName(QStringLiteral("compareVideoCombo"));
    video_->setAccessibleName(tr("Video of the runs"));
    connect(video_, &QComboBox::activated, &selection_, &Selection::chooseVideo);
    transport->addAtEnd(video_);
    column->addWidget(transport);
    column->addWidget(new FilmStrip(frames_, selection_, foot));
    return foot;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/comparison_table_view.h"

#include "ui/compare/comparison_table.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int lineHeight = 21, sectionHeight = 32; // at the text's first size
constexpr int padding = 18;                        // of a cell, left and right
constexpr int aroundLines = 6;                     // above and below the words of a cell
} // namespace

ComparisonTableView::ComparisonTableView(const ComparisonTable &table, QWidget *parent)
    : QTableView(parent)
    , table_(table)
{
    setObjectName(QStringLiteral("comparisonTable"));
    setAccessibleName(tr("Figures of the comparison"));
    setModel(const_cast<ComparisonTable *>(&table)); // a view never writes to it
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(1);
    auto *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(ComparisonTable::Name, QHeaderView::Fixed);
    header->setSectionResizeMode(ComparisonTable::OfA, QHeaderView::Fixed);
    header->setSectionResizeMode(ComparisonTable::OfB, QHeaderView::Stretch);
    connect(&table_, &QAbstractItemModel::modelReset, this, &ComparisonTableView::layOutRows);
}

/// What does not fit into a line takes more of them: nothing of a comparison is left out.
int ComparisonTableView::heightOfWords(int row, int column, int width) const
{
    const QModelIndex cell = table_.index(row, column);
    const QVariant own = cell.data(Qt::FontRole);
    const QRect room(0, 0, std::max(1, width - padding), 10000);
    return aroundLines + QFontMetrics(own.isValid() ? own.value<QFont>() : font())
                             .boundingRect(room, Qt::TextWordWrap, cell.data().toString())
                             .height();
}

int ComparisonTableView::widthOfNames() const
{
    const int wide = viewport()->width();
    int names = wide * 30 / 100;
    for (int row = 0; row < table_.rowCount(); ++row) {
        const auto shape = table_.shape(row);
        if (shape == ComparisonTable::Shape::Each || shape == ComparisonTable::Shape::Between) {
            const QString name = table_.index(row, ComparisonTable::Name).data().toString();
            names = std::max(names, padding + fontMetrics().horizontalAdvance(name));
        }
    }
    return std::min(names, wide * 46 / 100);
}

void ComparisonTableView::layOutRows()
{
    horizontalHeader()->setVisible(table_.rowCount() > 0);
    clearSpans();
    const int wide = viewport()->width();
    const int names = widthOfNames();
    const int half = (wide - names) / 2;
    horizontalHeader()->resizeSection(ComparisonTable::Name, names);
    horizontalHeader()->resizeSection(ComparisonTable::OfA, half);
    for (int row = 0; row < table_.rowCount(); ++row) {
        int height = atTextSize(lineHeight);
        const auto hold = [&](int column, int width) {
            height = std::max(height, heightOfWords(row, column, width));
        };
        switch (table_.shape(row)) {
        case ComparisonTable::Shape::Section:
            setSpan(row, ComparisonTable::Name, 1, ComparisonTable::columns);
            height = atTextSize(sectionHeight);
            break;
        case ComparisonTable::Shape::Between:
            setSpan(row, ComparisonTable::OfA, 1, 2);
            hold(ComparisonTable::Name, names);
            hold(ComparisonTable::OfA, wide - names);
            break;
        case ComparisonTable::Shape::Note:
            setSpan(row, ComparisonTable::Name, 1, ComparisonTable::columns);
            hold(ComparisonTable::Name, wide);
            break;
        case ComparisonTable::Shape::Each:
            hold(ComparisonTable::Name, names);
            hold(ComparisonTable::OfA, half);
            hold(ComparisonTable::OfB, wide - names - half);
            break;
        }
        setRowHeight(row, height);
    }
}

void ComparisonTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutRows();
}

/// Copies whole lines, with tabs between the columns; keys that mean something to the page go there.
void ComparisonTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QStringList lines;
        for (const QModelIndex &row : selectionModel()->selectedRows()) {
            QStringList cells;
            for (int column = 0; column < ComparisonTable::columns; ++column)
                cells += row.siblingAtColumn(column).data().toString();
            lines += cells.join(QLatin1Char('\t'));
        }
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
        return;
    }
    const bool moves = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down ||
                       event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    moves ? QTableView::keyPressEvent(event) : event->ignore();
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/comparison_table_view.h"

#include "ui/compare/comparison_table.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int lineHeight = 21, sectionHeight = 32;
constexpr int padding = 12; // of a cell, left and right
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
    verticalHeader()->setMinimumSectionSize(lineHeight);
    verticalHeader()->setDefaultSectionSize(lineHeight);
    auto *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(ComparisonTable::Name, QHeaderView::Fixed);
    header->setSectionResizeMode(ComparisonTable::OfA, QHeaderView::Fixed);
    header->setSectionResizeMode(ComparisonTable::OfB, QHeaderView::Stretch);
    connect(&table_, &QAbstractItemModel::modelReset, this, &ComparisonTableView::layOutRows);
}

void ComparisonTableView::layOutRows()
{
    clearSpans();
    const int wide = viewport()->width();
    int names = wide * 30 / 100;
    for (int row = 0; row < table_.rowCount(); ++row)
        if (table_.shape(row) == ComparisonTable::Shape::Each ||
            table_.shape(row) == ComparisonTable::Shape::Between)
            names =
                std::max(names, padding + fontMetrics().horizontalAdvance(
                                              table_.index(row, ComparisonTable::Name).data().toString()));
    names = std::min(names, wide * 52 / 100);
    horizontalHeader()->resizeSection(ComparisonTable::Name, names);
    horizontalHeader()->resizeSection(ComparisonTable::OfA, (wide - names) / 2);
    for (int row = 0; row < table_.rowCount(); ++row) {
        int height = lineHeight;
        switch (table_.shape(row)) {
        case ComparisonTable::Shape::Section:
            setSpan(row, ComparisonTable::Name, 1, ComparisonTable::columns);
            height = sectionHeight;
            break;
        case ComparisonTable::Shape::Between:
            setSpan(row, ComparisonTable::OfA, 1, 2);
            break;
        case ComparisonTable::Shape::Note: {
            setSpan(row, ComparisonTable::Name, 1, ComparisonTable::columns);
            const QString text = table_.index(row, ComparisonTable::Name).data().toString();
            height =
                fontMetrics()
                    .boundingRect(QRect(0, 0, std::max(1, wide - padding), 10000), Qt::TextWordWrap, text)
                    .height() +
                6;
            break;
        }
        case ComparisonTable::Shape::Each:
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

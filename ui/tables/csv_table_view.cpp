// SPDX-License-Identifier: Apache-2.0
#include "ui/tables/csv_table_view.h"

#include "ui/tables/csv_text.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QItemSelection>
#include <QKeyEvent>

namespace fastcar::ui {

CsvTableView::CsvTableView(QWidget *parent)
    : QTableView(parent)
{
    setSelectionMode(QAbstractItemView::ContiguousSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setShowGrid(false);
    verticalHeader()->setDefaultSectionSize(20);
    verticalHeader()->setMinimumSectionSize(16);
    horizontalHeader()->setHighlightSections(true);
}

void CsvTableView::setColumnWidths(int pixels)
{
    columnWidths_ = pixels;
    horizontalHeader()->setDefaultSectionSize(atTextSize(pixels));
}

void CsvTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && columnWidths_ > 0)
        setColumnWidths(columnWidths_);
}

QString CsvTableView::csv() const
{
    if (!model())
        return {};
    const QItemSelection marked = selectionModel()->selection();
    if (marked.size() != 1 || marked.front().width() * marked.front().height() < 2)
        return csvText(*model());
    const QItemSelectionRange &range = marked.front();
    return csvText(*model(), {.firstRow = range.top(),
                              .firstColumn = range.left(),
                              .rows = range.height(),
                              .columns = range.width()});
}

void CsvTableView::copy()
{
    QApplication::clipboard()->setText(csv());
}

void CsvTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    QTableView::keyPressEvent(event);
}

} // namespace fastcar::ui

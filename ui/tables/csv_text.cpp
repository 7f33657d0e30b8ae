// SPDX-License-Identifier: Apache-2.0
#include "ui/tables/csv_text.h"

#include <QStringList>

namespace fastcar::ui {

namespace {

QString quoted(QString text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) &&
        !text.contains(QLatin1Char('\n')))
        return text;
    text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString cellText(const QAbstractItemModel &table, int row, int column)
{
    const QModelIndex index = table.index(row, column);
    const QVariant plain = table.data(index, csvRole);
    return plain.isValid() ? plain.toString() : table.data(index, Qt::DisplayRole).toString();
}

} // namespace

QString csvText(const QAbstractItemModel &table, const TablePart &part)
{
    const int rows = part.rows < 0 ? table.rowCount() : part.rows;
    const int columns = part.columns < 0 ? table.columnCount() : part.columns;
    QString text;
    QStringList line{QString()};
    for (int column = part.firstColumn; column < part.firstColumn + columns; ++column)
        line += quoted(table.headerData(column, Qt::Horizontal).toString());
    text += line.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (int row = part.firstRow; row < part.firstRow + rows; ++row) {
        line = {quoted(table.headerData(row, Qt::Vertical).toString())};
        for (int column = part.firstColumn; column < part.firstColumn + columns; ++column)
            line += quoted(cellText(table, row, column));
        text += line.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// A table as comma-separated values (RFC 4180), so that it can go on in a spreadsheet or in a script.
#pragma once

#include <QAbstractItemModel>
#include <QString>

namespace fastcar::ui {

/// What a cell is in a CSV file, where that is not what it shows: a number with all its figures, a plain minus.
constexpr int csvRole = Qt::UserRole + 100;

/// A part of a table; all of it where `rows` is negative.
struct TablePart {
    int firstRow = 0;
    int firstColumn = 0;
    int rows = -1;
    int columns = -1;
};

/// The headers of the columns first, the header of each row in front of it.
QString csvText(const QAbstractItemModel &table, const TablePart &part = {});

} // namespace fastcar::ui

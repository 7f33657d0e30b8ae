// SPDX-License-Identifier: Apache-2.0
#include "ui/models/row_name.h"

#include <QCoreApplication>

#include <algorithm>

namespace fastcar::ui {

namespace {

struct RowNameText {
    Q_DECLARE_TR_FUNCTIONS(RowName)
};

} // namespace

bool isGuided(const TraceShape &shape)
{
    return shape.rows > shape.videos;
}

QString rowName(const TraceShape &shape, int row)
{
    const int videos = std::max(1, shape.videos);
    const QString kind =
        row < videos ? RowNameText::tr("conditional row") : RowNameText::tr("unconditional row");
    return videos == 1 ? kind : RowNameText::tr("video %1, %2").arg(row % videos + 1).arg(kind);
}

QString rowName(int row, int rows)
{
    if (row < 0)
        return RowNameText::tr("several rows");
    if (rows == 2)
        return row == 0 ? RowNameText::tr("conditional row") : RowNameText::tr("unconditional row");
    return RowNameText::tr("row %1").arg(row + 1);
}

} // namespace fastcar::ui

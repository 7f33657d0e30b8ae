// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_table.h"

#include "ui/heatmap/heatmap_words.h"
#include "ui/tables/csv_text.h"

#include <cmath>

namespace fastcar::ui {

namespace {

/// For other programs: numbers with all their figures, decisions in words, nothing where there is none.
QVariant csvOf(const HeatmapChoice &choice, const HeatmapCell &cell)
{
    if (cell.state != CellState::There)
        return cell.state == CellState::NotEligible ? cellText(choice, cell) : QString();
    if (choice.value == HeatmapValue::Decision)
        return cellText(choice, cell);
    return QString::number(static_cast<double>(cell.value), 'g', 9);
}

/// As short as a cell of a table wants it.
QString shortText(const HeatmapChoice &choice, const HeatmapCell &cell)
{
    if (cell.state == CellState::NotEligible)
        return QStringLiteral("–");
    if (cell.state == CellState::ToCome || cell.state == CellState::NotMade || cell.state == CellState::Last)
        return {};
    if (cell.state == CellState::There && choice.value == HeatmapValue::Drift)
        return QString::number(static_cast<double>(cell.value), 'f', 2);
    if (cell.state == CellState::There && choice.value == HeatmapValue::Chain)
        return QString::number(std::lround(cell.value)).replace(QLatin1Char('-'), QChar(0x2212));
    return cellText(choice, cell);
}

} // namespace

void HeatmapTable::show(const HeatmapGrid &grid)
{
    const bool alike = grid.rows == grid_.rows && grid.columns == grid_.columns &&
                       grid.empty() == grid_.empty() && grid.choice == grid_.choice;
    if (!alike)
        beginResetModel();
    grid_ = grid;
    if (!alike)
        endResetModel();
    else if (!grid_.empty())
        emit dataChanged(index(0, 0), index(grid_.rows - 1, grid_.columns - 1));
}

int HeatmapTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || grid_.empty() ? 0 : grid_.rows;
}

int HeatmapTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || grid_.empty() ? 0 : grid_.columns;
}

QVariant HeatmapTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || grid_.empty())
        return {};
    const HeatmapCell &cell = grid_.at(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shortText(grid_.choice, cell);
    case Qt::AccessibleTextRole:
        return cellText(grid_.choice, cell);
    case csvRole:
        return csvOf(grid_.choice, cell);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant HeatmapTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const bool frames = grid_.choice.kind == HeatmapKind::FrameMaps;
    if (orientation == Qt::Vertical)
        return frames ? tr("frame %1").arg(section + 1) : tr("layer %1").arg(section + 1);
    if (grid_.choice.kind == HeatmapKind::LayersByHeads)
        return tr("head %1").arg(section + 1);
    return grid_.choice.kind == HeatmapKind::LayersByFrames ? tr("frame %1").arg(section + 1)
                                                            : tr("position %1").arg(section + 1);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_table.h"

#include "ui/models/decision_words.h"
#include "ui/models/row_name.h"
#include "ui/tables/csv_text.h"

namespace fastcar::ui {

DecisionTable::DecisionTable(const RunRecord &record, QObject *parent)
    : QAbstractTableModel(parent)
    , record_(record)
{
    refresh();
}

void DecisionTable::refresh()
{
    const TraceShape &shape = record_.trace().shape();
    const int steps = record_.wholeSteps();
    if (shape.layers != layers_ || shape.rows != rowsOfRun_ || steps < steps_) {
        beginResetModel();
        layers_ = shape.layers;
        rowsOfRun_ = std::max(1, shape.rows);
        steps_ = steps;
        endResetModel();
    } else if (steps > steps_) {
        beginInsertRows({}, steps_, steps - 1);
        steps_ = steps;
        endInsertRows();
    }
}

int DecisionTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : steps_;
}

int DecisionTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : layers_ * rowsOfRun_;
}

QVariant DecisionTable::data(const QModelIndex &index, int role) const
{
    // A run that has just begun anew is taken by the next refresh.
    if (!index.isValid() || index.row() >= record_.wholeSteps())
        return {};
    const int layer = layerOf(index.column());
    const int row = rowOf(index.column());
    switch (role) {
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return decisionWords(record_, index.row(), layer, row).join(QStringLiteral("; "));
    case Qt::DisplayRole:
    case csvRole: {
        if (record_.trace().outcome(index.row(), layer, row).decision == Decision::NotEligible)
            return role == csvRole ? QString() : QStringLiteral("–");
        return record_.decisions().chain(index.row(), layer, row);
    }
    default:
        return {};
    }
}

QVariant DecisionTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (orientation == Qt::Horizontal)
        return layerPlace(record_.trace().shape(), layerOf(section), rowOf(section));
    const int stride = std::max(1, record_.trace().shape().stride);
    return tr("frame %1, position %2").arg(section / stride + 1).arg(section % stride + 1);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layer_table.h"

#include <cmath>

namespace fastcar::ui {

QString thresholdText(const std::optional<float> &threshold)
{
    if (!threshold || (std::isinf(*threshold) && *threshold > 0.0f))
        return LayerTable::tr("off");
    if (std::isinf(*threshold))
        return LayerTable::tr("all");
    return QString::number(static_cast<double>(*threshold), 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
}

LayerTable::LayerTable(const RunRecord &record, QObject *parent)
    : QAbstractTableModel(parent)
    , record_(record)
{
    connect(&record_, &RunRecord::advanced, this, &LayerTable::refresh);
    connect(&record_, &RunRecord::began, this, &LayerTable::refresh);
}

void LayerTable::setPlan(int layers, const ReplayPolicy &policy)
{
    if (layers != layers_) {
        beginResetModel();
        layers_ = layers;
        policy_ = policy;
        endResetModel();
        return;
    }
    policy_ = policy;
    refresh();
}

void LayerTable::refresh()
{
    if (layers_ > 0)
        emit dataChanged(index(0, Threshold), index(layers_ - 1, Replayed));
}

int LayerTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : layers_;
}

int LayerTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

ReplayCount LayerTable::countOf(int layer) const
{
    return layer < record_.replay().layers() ? record_.replay().ofLayer(layer) : ReplayCount{};
}

QString LayerTable::thresholdText(int layer) const
{
    const bool known = policy_.thresholds.empty() || layer < static_cast<int>(policy_.thresholds.size());
    return known ? ui::thresholdText(policy_.threshold(layer)) : QString();
}

QVariant LayerTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int layer = index.row();
    const ReplayCount count = countOf(layer);
    if (role == ratioRole)
        return count.eligible ? QVariant(count.ofEligible()) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (index.column() == Threshold ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole)
        return tr("Layer %1: %2 of %3 eligible MLP calls replayed")
            .arg(layer + 1)
            .arg(count.replayed)
            .arg(count.eligible);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Layer:
        return QString::number(layer + 1);
    case Threshold:
        return thresholdText(layer);
    case Replayed:
        return count.eligible ? tr("%1 %").arg(100.0 * count.ofEligible(), 0, 'f', 1) : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant LayerTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Threshold)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Layer:
        return tr("Layer");
    case Threshold:
        return tr("τ");
    case Replayed:
        return tr("Replayed");
    default:
        return {};
    }
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// The numbers behind a heatmap, cell by cell as it shows them; frame maps as a line for each frame.
#pragma once

#include "ui/heatmap/heatmap_grid.h"

#include <QAbstractTableModel>

namespace fastcar::ui {

class HeatmapTable : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(const HeatmapGrid &grid);
    const HeatmapGrid &grid() const { return grid_; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    HeatmapGrid grid_;
};

} // namespace fastcar::ui

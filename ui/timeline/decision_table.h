// SPDX-License-Identifier: Apache-2.0
//
// The decision timeline in numbers: a line for each token that has had its step, a column for each layer and
// row. 0 is computed, 1 and more is replayed, for the how manyth time on end; a dash was not eligible.
#pragma once

#include "ui/models/run_record.h"

#include <QAbstractTableModel>

namespace fastcar::ui {

class DecisionTable : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit DecisionTable(const RunRecord &record, QObject *parent = nullptr);

    /// Takes what has come since.
    void refresh();

    int columnOf(int layer, int row) const { return layer * rowsOfRun_ + row; }
    int layerOf(int column) const { return column / rowsOfRun_; }
    int rowOf(int column) const { return column % rowsOfRun_; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const RunRecord &record_;
    int steps_ = 0;
    int layers_ = 0;
    int rowsOfRun_ = 1;
};

} // namespace fastcar::ui

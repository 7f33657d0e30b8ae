// SPDX-License-Identifier: Apache-2.0
//
// One line per layer: its threshold in force, how much of it was replayed. Selecting a line is choosing the
// layer.
#pragma once

#include "ui/models/run_record.h"

#include <QAbstractTableModel>

namespace fastcar::ui {

class LayerTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Layer, Threshold, Replayed, columns };
    /// Of column Replayed: the ratio of eligible, 0 to 1; invalid where nothing was eligible.
    static constexpr int ratioRole = Qt::UserRole;

    explicit LayerTable(const RunRecord &record, QObject *parent = nullptr);

    /// What the table shows before there is a run.
    void setPlan(int layers, const ReplayPolicy &policy);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    ReplayCount countOf(int layer) const;
    QString thresholdText(int layer) const;

    const RunRecord &record_;
    int layers_ = 0;
    ReplayPolicy policy_;
};

/// "-0.82", "all", "off": a threshold as the panel writes it.
QString thresholdText(const std::optional<float> &threshold);

} // namespace fastcar::ui

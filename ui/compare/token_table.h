// SPDX-License-Identifier: Apache-2.0
//
// The token strip in numbers, as a table for a view: a row for each token that both runs have, with how many
// of its codes and of its step's decisions differ.
#pragma once

#include "engine/quality/loaded_comparison.h"

#include <QAbstractTableModel>

#include <memory>

namespace fastcar::ui {

class TokenTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Codes, Decisions, columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null, or without tokens: there are no rows. Kept until the next call.
    void show(std::shared_ptr<const LoadedComparison> comparison);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const TokenComparison *tokens() const;

    std::shared_ptr<const LoadedComparison> comparison_;
};

} // namespace fastcar::ui

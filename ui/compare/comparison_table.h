// SPDX-License-Identifier: Apache-2.0
//
// A comparison in numbers, as a table for a view: sections, what is between the two runs (one value), what
// each of them has (two values), settings that differ, and what is to be known of it all.
#pragma once

#include "ui/compare/comparison_model.h"
#include "ui/compare/frame_series.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace fastcar::ui {

class ComparisonTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, OfA, OfB, columns };
    /// How a row takes up the columns.
    enum class Shape { Section, Between, Each, Note };

    using QAbstractTableModel::QAbstractTableModel;

    void show(const ComparisonModel &model);
    /// What a plot of it shows, frame by frame, behind the rest.
    void showFrames(FrameFigure figure, const FrameSeries &series);
    Shape shape(int row) const { return rows_[static_cast<std::size_t>(row)].shape; }
    /// The row with this name; -1: there is none. For tests and assistive technology.
    int rowOf(const QString &name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        Shape shape = Shape::Each;
        QString name, a, b; // `a` holds the value of Between and the text of Note
        QString help;
    };

    void addPictures(const LoadedComparison &found);
    void addCodes(const LoadedComparison &found);
    void addRuns(const ComparisonModel &model);
    void addSettings(const LoadedComparison &found);
    void section(const QString &title) { rows_.push_back({Shape::Section, title, {}, {}, {}}); }
    void between(const QString &name, const QString &value, const QString &help);
    void each(const QString &name, const QString &a, const QString &b, const QString &help = {});

    std::vector<Row> rows_;
    std::size_t withoutFrames_ = 0; // of them
};

} // namespace fastcar::ui

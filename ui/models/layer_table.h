// SPDX-License-Identifier: Apache-2.0
//
// One line per layer: whether it may replay, its scores under its slider, its threshold in words, what is
// predicted of it and what happened in the run. Thresholds can be typed: "1.25", "off", "all".
#pragma once

#include "ui/models/layer_tuning.h"
#include "ui/models/replay_prediction.h"

#include <QAbstractTableModel>

namespace fastcar::ui {

class LayerTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Layer, Scores, Threshold, Predicted, Replayed, columns };
    /// Of Predicted and Replayed: the ratio of eligible, 0 to 1; invalid where there is none.
    static constexpr int ratioRole = Qt::UserRole;

    LayerTable(LayerTuning &tuning, const ReplayPrediction &prediction, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// In a sentence, for a tool tip and for who does not see the bars.
    QString wordsOf(int layer) const;

private:
    void refresh();
    QString thresholdOf(int layer) const;
    std::optional<double> predicted(int layer) const;
    std::optional<double> replayed(int layer) const;

    LayerTuning &tuning_;
    const ReplayPrediction &prediction_;
    int layers_ = 0;
};

/// "-0.82", "all", "off": a threshold as the panel writes it.
QString thresholdText(const std::optional<float> &threshold);
/// What thresholdText() writes, numbers as people type them, and the words of the command line.
Result<std::optional<float>> thresholdFromText(const QString &text);

} // namespace fastcar::ui

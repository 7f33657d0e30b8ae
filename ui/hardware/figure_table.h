// SPDX-License-Identifier: Apache-2.0
//
// The figures of a step as a table, a column for each way to come by them: estimated by the cycle model under
// one policy or another, or counted by the card. What the Gantt shows to the eye, this says in words.
#pragma once

#include "engine/trace/trace.h"
#include "ui/hardware/step_figures.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace fastcar::ui {

struct FigureColumn {
    QString title;  // "Split"
    QString source; // "estimate (cycle model)" or "counted by the card"
    CardInfo card;  // a clock or lanes of 0: not known
    CardCounters counters;
    std::optional<std::int64_t> staticCycles; // of the same step without DRS
    std::optional<std::int64_t> denseCycles;  // without replay
    std::optional<EnergyEstimate> energy;     // of the step
    std::optional<double> videoSeconds;       // of all decode steps
    std::optional<double> videoJoule;
};

/// What the device that made the run counted in the step; nothing where it does not count.
std::optional<FigureColumn> countedByTheCard(const Trace &trace, int step);
/// It was counted on this card, by name, as far as that is known, and under one of these policies: it can be
/// held against their estimates.
bool countedAsEstimated(const Trace &trace, int step, const std::string &card,
                        const std::vector<DrsPolicy> &policies);

class FigureTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Figure {
        Cycles,
        StepTime,
        StepsPerSecond,
        DrsGain,
        ReplayGain,
        CoresBusy,
        LanesBusy,
        VectorBusy,
        AttentionBusy,
        PortsBusy,
        Bandwidth,
        Bytes,
        WaitsWeights,
        WaitsRoom,
        StreamEmpty,
        StreamFull,
        Mapping,
        StepEnergy,
        EnergyParts,
        VideoTime,
        VideoEnergy,
        figures
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setColumns(std::vector<FigureColumn> columns);
    const std::vector<FigureColumn> &figureColumns() const { return columns_; }
    /// As a cell shows it; "–" where it is not known.
    QString text(Figure figure, int column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList allTexts() const;

    std::vector<FigureColumn> columns_;
    std::vector<StepFigures> values_;
    QStringList told_; // the last time
};

} // namespace fastcar::ui

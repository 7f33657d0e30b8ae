// SPDX-License-Identifier: Apache-2.0
//
// How the numbers of a heatmap become colours, and over which range. A range is one for the whole run, not
// for what is on the screen, so that a colour means the same in each frame; it is taken anew when the run has
// grown by a part of itself, so that it costs little.
#pragma once

#include "ui/heatmap/heatmap_grid.h"
#include "ui/models/tas_scores.h"

#include <QColor>

namespace fastcar::ui {

struct HeatmapColors {
    HeatmapChoice choice;
    /// The ends of the colours; what lies outside gets the end's. Nothing: no number is known yet.
    std::optional<TasRange> range;
    int longestChain = 1; // that the run can have

    bool operator==(const HeatmapColors &) const = default;

    /// CellState::None gets the ground's; who paints hatches it.
    QRgb of(const HeatmapCell &cell) const;
    /// Of the number on the map from one end (0) to the other (1); decisions have none.
    QRgb onMap(double share) const;
    /// Where a number lies on the map.
    double shareOf(float value) const;
};

/// The number that a decision or a pair of them is drawn as.
QRgb decisionColor(DecisionCell decision, bool difference);

class HeatmapRanges {
public:
    void clear() { known_.reset(); }
    /// Of what a choice shows at a layer; of all layers: -1.
    std::optional<TasRange> of(const RunRecord &record, const HeatmapGrid &grid);

private:
    struct Known {
        bool difference = false;
        bool heads = false;
        int layer = -1;
        int video = 0;
        int steps = 0;
        std::optional<TasRange> range;
    };
    std::optional<Known> known_;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// What a heatmap shows, as a grid of numbers: made from the run and what is chosen of it; drawn by the
// picture, read out by the table, hit by the pointer. No colours and no pixels here.
//
// A trace records the TAS as the mean over heads (docs/replay.md); the scores of single heads only where
// somebody has asked for them before the run.
#pragma once

#include "ui/models/dense_reference.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"

#include <optional>
#include <vector>

namespace fastcar::ui {

enum class HeatmapKind {
    LayersByPositions, // of the chosen frame
    FrameMaps,         // of the chosen layer: a row for each frame, a column for each position
    LayersByFrames,    // of the chosen position
    LayersByHeads,     // of the chosen token; the TAS alone
};

enum class HeatmapValue {
    Tas,
    Decision,
    Chain,          // how many frames on end the output has been replayed; 0: computed
    LayersReplayed, // the share of all layers; of a kind without layers alone
    Drift,          // of a position's pixels from those of the run without replay; likewise
};

struct HeatmapChoice {
    HeatmapKind kind = HeatmapKind::LayersByPositions;
    HeatmapValue value = HeatmapValue::Tas;
    /// The conditional row's less the unconditional one's of the chosen video, in place of the chosen row's.
    bool difference = false;

    bool operator==(const HeatmapChoice &) const = default;
};

/// A cell of HeatmapValue::Decision, as a number.
enum class DecisionCell {
    Computed,
    Replayed,
    OnlyFirst, // of two rows, where they are held against one another: replayed by the conditional one alone
    OnlySecond,
};

enum class CellState : std::uint8_t {
    ToCome,      // its token has had no step yet
    NotMade,     // nor will it have one: the run ended before it
    None,        // there is no earlier frame, so there is no score
    Last,        // the last token of a clip: it is shown and not read by another step
    NotEligible, // neither computed nor replayed in its sense: there was no choice
    There,       // has a value
};

struct HeatmapCell {
    float value = 0.0f;
    CellState state = CellState::ToCome;

    bool operator==(const HeatmapCell &) const = default;
};

/// What a cell is about.
struct HeatmapPlace {
    int frame = 0;
    int position = 0;
    int layer = -1; // -1: all of them

    bool operator==(const HeatmapPlace &) const = default;
};

struct HeatmapGrid {
    HeatmapChoice choice;
    int rows = 0;
    int columns = 0;
    std::vector<HeatmapCell> cells; // [row, column]
    HeatmapPlace chosen;            // what of it does not run along rows or columns holds for all cells
    int video = 0;
    int stride = 1;
    int gridWidth = 1;
    QString lack; // of a drift that cannot be told: what to do about it

    bool empty() const { return cells.empty(); }
    const HeatmapCell &at(int row, int column) const
    {
        return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                     static_cast<std::size_t>(column)];
    }
    HeatmapPlace placeOf(int row, int column) const;
    /// The cell of what is chosen: {row, column}; nothing where no position is.
    std::optional<std::pair<int, int>> chosenCell() const;
};

/// Makes it the chosen one in all views; a frame that none of them can show yet is not chosen.
void choosePlace(Selection &selection, const HeatmapPlace &place);

/// Whether there is such a picture: of single heads only their scores, layers replayed and drift only of a
/// kind without layers, a difference only of a guided run and of what its rows have each.
bool isPossible(const HeatmapChoice &choice, bool guided);

/// Empty before the first run, where a position is wanted but none is chosen, where nobody had asked for the
/// heads' scores, and where there is no `reference` that drift could be told from.
HeatmapGrid makeHeatmap(const RunRecord &record, const Selection &selection, const HeatmapChoice &choice,
                        const DenseReference *reference = nullptr);

} // namespace fastcar::ui

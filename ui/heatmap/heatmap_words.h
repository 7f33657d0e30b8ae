// SPDX-License-Identifier: Apache-2.0
//
// The words of heatmaps: what is shown, and what a cell says.
#pragma once

#include "ui/heatmap/heatmap_grid.h"

#include <QString>
#include <QStringList>

namespace fastcar::ui {

QString kindName(HeatmapKind kind);
/// What a kind shows, in a sentence.
QString kindMeaning(HeatmapKind kind);
QString valueName(HeatmapValue value);
QString valueMeaning(HeatmapValue value);
/// What holds for all of a heatmap: "frame 3", "layer 2", "position 5 (row 1, column 5)".
QString heatmapSubject(const HeatmapGrid &grid);

/// "1.234", "replayed", "3 frames on end", "40 %", "none".
QString cellText(const HeatmapChoice &choice, const HeatmapCell &cell);
/// Of a cell, a line each; the first is the heading.
QStringList heatmapWords(const RunRecord &record, const HeatmapGrid &grid, int row, int column, int rowOfRun);
/// Why there is nothing to see: heading and text; empty where there is.
QStringList emptyWords(const RunRecord &record, const HeatmapGrid &grid);

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// The cells of a heatmap as a picture, painted by lines of the device's pixels.
#pragma once

#include "ui/heatmap/heatmap_colors.h"
#include "ui/heatmap/heatmap_layout.h"

#include <QImage>

#include <utility>

namespace fastcar::ui {

/// All of the content, on `ground`. Cells without a score are hatched.
QImage paintHeatmap(const HeatmapGrid &grid, const HeatmapColors &colors, const HeatmapLayout &layout,
                    double pixelRatio, QRgb ground);

/// One cell of that picture anew.
void paintHeatmapCell(const HeatmapGrid &grid, const HeatmapColors &colors, const HeatmapLayout &layout,
                      double pixelRatio, std::pair<int, int> cell, QImage &picture);

/// What stands for a cell without a score, in a picture of the device's pixels.
QRgb hatched(int x, int y, double pixelRatio);

} // namespace fastcar::ui

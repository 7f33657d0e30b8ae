// SPDX-License-Identifier: Apache-2.0
//
// Where the cells of a heatmap stand: as one matrix, or as a small map of the grid for each frame. All cells
// are of one size, in whole pixels of the device, so that none looks larger than another. No painting.
#pragma once

#include "ui/heatmap/heatmap_grid.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace fastcar::ui {

class HeatmapLayout {
public:
    /// Of the names of a matrix's rows, left of it, which larger text makes wider.
    static double labelWidth();
    static constexpr double headerHeight = 20.0; // of its columns, above it; stays while one scrolls
    static constexpr double mapTitle = 15.0;     // above each map

    HeatmapLayout() = default;
    HeatmapLayout(const HeatmapGrid &grid, QSizeF size, double pixelRatio);

    bool isMaps() const { return maps_; }
    QSizeF size() const { return size_; }
    /// Of everything, labels included: what is larger than the size is scrolled to.
    QSizeF content() const { return content_; }
    QSizeF cell() const { return cell_; }

    /// In the content, before scrolling.
    QRectF cellRect(int row, int column) const;
    /// All cells of a matrix, or of the map of a frame.
    QRectF block(int map) const;
    int blocks() const { return maps_ ? rows_ : 1; }
    /// {row, column} at a place of the content.
    std::optional<std::pair<int, int>> cellAt(QPointF point) const;

private:
    void layOutMatrix(double pixelRatio);
    void layOutMaps(double pixelRatio);

    QSizeF size_;
    QSizeF content_;
    QSizeF cell_{1.0, 1.0};
    bool maps_ = false;
    int rows_ = 0;
    int columns_ = 0;
    int gridWidth_ = 1;
    int gridHeight_ = 1;
    int mapsPerLine_ = 1;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_layout.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double margin = 10.0;
constexpr double mapGap = 10.0;
/// Cells of a matrix may be higher than wide and the other way round, those of maps are square.
constexpr double narrowestCell = 2.0;
constexpr double lowestCell = 5.0;
constexpr double widestCell = 44.0;
constexpr double highestCell = 44.0;
constexpr double smallestMapCell = 3.0;
constexpr double largestMapCell = 22.0;

/// In whole pixels of the device.
double snapped(double length, double pixelRatio)
{
    return std::max(1.0, std::floor(length * pixelRatio)) / pixelRatio;
}

} // namespace

double HeatmapLayout::labelWidth()
{
    return atTextSize(76);
}

HeatmapLayout::HeatmapLayout(const HeatmapGrid &grid, QSizeF size, double pixelRatio)
    : size_(size)
    , content_(size)
    , maps_(grid.choice.kind == HeatmapKind::FrameMaps)
    , rows_(grid.rows)
    , columns_(grid.columns)
    , gridWidth_(std::max(1, grid.gridWidth))
    , gridHeight_(std::max(1, grid.stride / std::max(1, grid.gridWidth)))
{
    if (grid.empty())
        return;
    maps_ ? layOutMaps(pixelRatio) : layOutMatrix(pixelRatio);
}

void HeatmapLayout::layOutMatrix(double pixelRatio)
{
    const double width = (size_.width() - labelWidth() - margin) / columns_;
    const double height = (size_.height() - headerHeight - margin / 2.0) / rows_;
    cell_ = {snapped(std::clamp(width, narrowestCell, widestCell), pixelRatio),
             snapped(std::clamp(height, lowestCell, highestCell), pixelRatio)};
    content_ = {labelWidth() + columns_ * cell_.width() + margin,
                headerHeight + rows_ * cell_.height() + margin / 2.0};
}

void HeatmapLayout::layOutMaps(double pixelRatio)
{
    const auto linesFor = [this](int perLine) { return (rows_ + perLine - 1) / perLine; };
    double best = 0.0;
    for (int perLine = 1; perLine <= rows_; ++perLine) {
        const double width = ((size_.width() - 2.0 * margin + mapGap) / perLine - mapGap) / gridWidth_;
        const double height =
            ((size_.height() - margin + mapGap) / linesFor(perLine) - mapGap - mapTitle) / gridHeight_;
        const double cell = std::min(width, height);
        if (cell > best) {
            best = cell;
            mapsPerLine_ = perLine;
        }
    }
    double cell = best;
    if (best < smallestMapCell) {
        // More than there is room for: as many to a line as fit, and scroll.
        cell = smallestMapCell;
        const double pitch = gridWidth_ * snapped(cell, pixelRatio) + mapGap;
        mapsPerLine_ = std::max(1, static_cast<int>((size_.width() - 2.0 * margin + mapGap) / pitch));
    }
    const double side = snapped(std::min(cell, largestMapCell), pixelRatio);
    cell_ = {side, side};
    const int perLine = std::min(mapsPerLine_, rows_);
    content_ = {2.0 * margin + perLine * (gridWidth_ * side + mapGap) - mapGap,
                linesFor(mapsPerLine_) * (gridHeight_ * side + mapTitle + mapGap)};
}

QRectF HeatmapLayout::block(int map) const
{
    if (!maps_)
        return {labelWidth(), headerHeight, columns_ * cell_.width(), rows_ * cell_.height()};
    const double width = gridWidth_ * cell_.width();
    const double height = gridHeight_ * cell_.height();
    return {margin + (map % mapsPerLine_) * (width + mapGap),
            mapTitle + (map / mapsPerLine_) * (height + mapTitle + mapGap), width, height};
}

QRectF HeatmapLayout::cellRect(int row, int column) const
{
    const QRectF within = block(maps_ ? row : 0);
    const int x = maps_ ? column % gridWidth_ : column;
    const int y = maps_ ? column / gridWidth_ : row;
    return {within.left() + x * cell_.width(), within.top() + y * cell_.height(), cell_.width(),
            cell_.height()};
}

std::optional<std::pair<int, int>> HeatmapLayout::cellAt(QPointF point) const
{
    if (rows_ == 0 || columns_ == 0)
        return std::nullopt;
    int map = 0;
    if (maps_) {
        const QRectF first = block(0);
        const double pitch = first.height() + mapTitle + mapGap;
        const int line = static_cast<int>(std::floor(point.y() / pitch));
        const int along = static_cast<int>(std::floor((point.x() - margin) / (first.width() + mapGap)));
        if (line < 0 || along < 0 || along >= mapsPerLine_)
            return std::nullopt;
        map = line * mapsPerLine_ + along;
        if (map >= rows_)
            return std::nullopt;
    }
    const QRectF within = block(map);
    const int x = static_cast<int>(std::floor((point.x() - within.left()) / cell_.width()));
    const int y = static_cast<int>(std::floor((point.y() - within.top()) / cell_.height()));
    const int across = maps_ ? gridWidth_ : columns_;
    const int down = maps_ ? gridHeight_ : rows_;
    if (x < 0 || y < 0 || x >= across || y >= down)
        return std::nullopt;
    return maps_ ? std::pair(map, y * gridWidth_ + x) : std::pair(y, x);
}

} // namespace fastcar::ui

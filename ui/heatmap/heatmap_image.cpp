// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_image.h"

#include "ui/theme/decision_colors.h"

#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int hatchPitch = 4;

/// Device pixels of a length.
int pixels(double length, double ratio)
{
    return static_cast<int>(std::lround(length * ratio));
}

/// The cells of one line of the grid, side by side from `left` on.
struct Strip {
    int row = 0;
    int firstColumn = 0;
    int columns = 0;
    int left = 0;
    int top = 0;
};

class Painter {
public:
    Painter(const HeatmapGrid &grid, const HeatmapColors &colors, const HeatmapLayout &layout, double ratio,
            QImage &image)
        : grid_(grid)
        , colors_(colors)
        , ratio_(ratio)
        , image_(image)
        , cellWidth_(pixels(layout.cell().width(), ratio))
        , cellHeight_(pixels(layout.cell().height(), ratio))
    {
    }

    void paint(const Strip &strip)
    {
        strip_.clear();
        for (int i = 0; i < strip.columns; ++i)
            strip_.push_back(colors_.of(grid_.at(strip.row, strip.firstColumn + i)));
        for (int line = 0; line < cellHeight_; ++line) {
            const int y = strip.top + line;
            if (y < 0 || y >= image_.height())
                continue;
            auto *out = reinterpret_cast<QRgb *>(image_.scanLine(y)) + strip.left;
            for (int i = 0; i < strip.columns; ++i) {
                const CellState state = grid_.at(strip.row, strip.firstColumn + i).state;
                const bool none = state == CellState::None || state == CellState::Last;
                const QRgb color = strip_[static_cast<std::size_t>(i)];
                for (int x = 0; x < cellWidth_; ++x)
                    *out++ = none ? hatched(strip.left + i * cellWidth_ + x, y, ratio_) : color;
            }
        }
    }

private:
    const HeatmapGrid &grid_;
    const HeatmapColors &colors_;
    double ratio_ = 1.0;
    QImage &image_;
    int cellWidth_ = 1;
    int cellHeight_ = 1;
    std::vector<QRgb> strip_; // colours of its cells
};

} // namespace

QRgb hatched(int x, int y, double pixelRatio)
{
    const int pitch = std::max(1, pixels(hatchPitch, pixelRatio));
    const int thick = std::max(1, pixels(1.0, pixelRatio));
    return (x + y) % pitch < thick ? decisionColors().computed : decisionColors().ground;
}

QImage paintHeatmap(const HeatmapGrid &grid, const HeatmapColors &colors, const HeatmapLayout &layout,
                    double pixelRatio, QRgb ground)
{
    QImage image(pixels(layout.content().width(), pixelRatio), pixels(layout.content().height(), pixelRatio),
                 QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(ground);
    if (grid.empty())
        return image;
    Painter painter(grid, colors, layout, pixelRatio, image);
    const int perStrip = layout.isMaps() ? grid.gridWidth : grid.columns;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; column += perStrip) {
            const QPointF corner = layout.cellRect(row, column).topLeft();
            painter.paint({.row = row,
                           .firstColumn = column,
                           .columns = std::min(perStrip, grid.columns - column),
                           .left = pixels(corner.x(), pixelRatio),
                           .top = pixels(corner.y(), pixelRatio)});
        }
    }
    return image;
}

void paintHeatmapCell(const HeatmapGrid &grid, const HeatmapColors &colors, const HeatmapLayout &layout,
                      double pixelRatio, std::pair<int, int> cell, QImage &picture)
{
    const QPointF corner = layout.cellRect(cell.first, cell.second).topLeft();
    Painter(grid, colors, layout, pixelRatio, picture)
        .paint({.row = cell.first,
                .firstColumn = cell.second,
                .columns = 1,
                .left = pixels(corner.x(), pixelRatio),
                .top = pixels(corner.y(), pixelRatio)});
}

} // namespace fastcar::ui

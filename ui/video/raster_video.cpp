// SPDX-License-Identifier: Apache-2.0
#include "ui/video/raster_video.h"

#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>
#include <QPaintEvent>
#include <QRegion>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double notYetDrawn = 0.72; // how far it steps back; the shader has the same figures
constexpr double hatchPeriod = 8.0;

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

/// Whole device pixels, so that neighbouring cells meet without a seam.
QRect pixelsOf(const VideoGeometry &geometry, int position)
{
    const QRectF cell = geometry.cell(position);
    const QPoint topLeft(static_cast<int>(std::lround(cell.left())),
                         static_cast<int>(std::lround(cell.top())));
    const QPoint end(static_cast<int>(std::lround(cell.right())),
                     static_cast<int>(std::lround(cell.bottom())));
    return {topLeft, QSize(end.x() - topLeft.x(), end.y() - topLeft.y())};
}

void paintPicture(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, QSize target,
                  ScaledPicture &scaled)
{
    if (!scene.picture)
        return;
    const QRect seen = geometry.picture().intersected(QRect(QPoint(0, 0), target));
    painter.drawImage(seen.topLeft(), scaled.of(scene.picture, geometry.picture(), seen));
}

/// One image of a line pattern for all replayed cells: a light and a dark line side by side show on any
/// picture.
QImage hatch(double pixelRatio, double opacity)
{
    const int period = static_cast<int>(std::lround(hatchPeriod * pixelRatio));
    const int line = std::max(1, static_cast<int>(std::lround(pixelRatio)));
    QImage image(period, period, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    for (int y = 0; y < period; ++y) {
        for (int x = 0; x < period; ++x) {
            const int phase = (x + y) % period;
            if (phase < line)
                image.setPixelColor(x, y, withAlpha(Qt::white, 0.75 * opacity));
            else if (phase < 2 * line)
                image.setPixelColor(x, y, withAlpha(Qt::black, 0.55 * opacity));
        }
    }
    return image;
}

/// In parts that are low: what is translucent and higher Qt deals out to a pool of threads, piece by piece,
/// and all those wake-ups cost a run more than the pixels do.
void fillLow(QPainter &painter, const QRect &area, const QBrush &brush)
{
    constexpr int lines = 64;
    for (int top = area.top(); top <= area.bottom(); top += lines)
        painter.fillRect(QRect(area.left(), top, area.width(), std::min(lines, area.bottom() + 1 - top)),
                         brush);
}

void paintFrame(QPainter &painter, QRect cell, QColor color, double width, double inset)
{
    const int line = std::max(1, static_cast<int>(std::lround(width)));
    const int in = static_cast<int>(std::lround(inset));
    const QRect r = cell.adjusted(in, in, -in, -in);
    fillLow(painter, QRect(r.left(), r.top(), r.width(), line), color);
    fillLow(painter, QRect(r.left(), r.bottom() - line + 1, r.width(), line), color);
    fillLow(painter, QRect(r.left(), r.top(), line, r.height()), color);
    fillLow(painter, QRect(r.right() - line + 1, r.top(), line, r.height()), color);
}

/// The level up to which a cell is filled: the share of the layers that were replayed.
QRect levelOf(QRect cell, float share)
{
    const int height = static_cast<int>(std::lround(static_cast<double>(share) * cell.height()));
    return {cell.left(), cell.bottom() + 1 - height, cell.width(), height};
}

void paintCell(QPainter &painter, const VideoScene &scene, int position, QRect cell)
{
    const auto i = static_cast<std::size_t>(position);
    const VideoOverlays &overlays = scene.overlays;
    if (position >= scene.drawn)
        fillLow(painter, cell, withAlpha(themeColors().canvas, notYetDrawn));
    if (overlays.heatmap && !std::isnan(scene.tas[i]))
        fillLow(painter, cell,
                withAlpha(QColor::fromRgb(tasColor(scene.tas[i], scene.range.low, scene.range.high)),
                          static_cast<double>(overlays.heatmapOpacity)));
    if (overlays.share && i < scene.share.size() && !std::isnan(scene.share[i]))
        fillLow(painter, levelOf(cell, scene.share[i]),
                withAlpha(themeColors().replay, static_cast<double>(overlays.shareOpacity)));
    if (overlays.drift && i < scene.drift.size())
        fillLow(painter, cell,
                withAlpha(themeColors().danger, static_cast<double>(overlays.driftOpacity * scene.drift[i])));
}

/// Those that lie in `view`.
void paintCells(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, QRect view,
                double pixelRatio)
{
    const QBrush replayed(hatch(pixelRatio, static_cast<double>(scene.overlays.maskOpacity)));
    painter.setBrushOrigin(geometry.picture().topLeft());
    for (int position = 0; position < scene.gridWidth * scene.gridHeight; ++position) {
        const QRect cell = pixelsOf(geometry, position);
        if (!view.intersects(cell))
            continue;
        paintCell(painter, scene, position, cell);
        if (scene.overlays.mask && scene.replayed[static_cast<std::size_t>(position)])
            fillLow(painter, cell, replayed);
    }
}

void paintGrid(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, double pixelRatio)
{
    const QColor color = withAlpha(QColor(128, 128, 128), static_cast<double>(scene.overlays.gridOpacity));
    const QRect picture = geometry.picture();
    const int line = std::max(1, static_cast<int>(std::lround(pixelRatio)));
    for (int column = 0; column < scene.gridWidth; ++column)
        fillLow(painter, QRect(pixelsOf(geometry, column).left(), picture.top(), line, picture.height()),
                color);
    for (int row = 0; row < scene.gridHeight; ++row)
        fillLow(painter,
                QRect(picture.left(), pixelsOf(geometry, row * scene.gridWidth).top(), picture.width(), line),
                color);
}

/// What differs from cell to cell, where it lies in `view`.
void paintOverlays(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, QRect view,
                   double pixelRatio)
{
    paintCells(painter, scene, geometry, view, pixelRatio);
    if (scene.overlays.grid)
        paintGrid(painter, scene, geometry, pixelRatio);
    if (scene.hovered >= 0)
        paintFrame(painter, pixelsOf(geometry, scene.hovered), Qt::white, 2.0 * pixelRatio, 0.0);
    for (const int marked : {scene.selected, scene.current}) {
        if (marked < 0)
            continue;
        const QRect cell = pixelsOf(geometry, marked);
        paintFrame(painter, cell, withAlpha(Qt::black, 0.7), pixelRatio, 2.0 * pixelRatio);
        paintFrame(painter, cell, marked == scene.current ? themeColors().accent : QColor(Qt::white),
                   2.0 * pixelRatio, 0.0);
    }
}

void paintScene(QPainter &painter, const VideoScene &scene, QSize target, QRect view, double pixelRatio,
                ScaledPicture &scaled)
{
    pixelRatio = std::max(1.0, std::round(pixelRatio)); // lines are whole pixels wide
    const QRect all(QPoint(0, 0), target);
    const VideoGeometry geometry = geometryOf(scene, target);
    const bool picture = !scene.empty() && !geometry.empty() && scene.picture;
    for (const QRect &around : QRegion(all) - (picture ? geometry.picture() : QRect()))
        painter.fillRect(around, themeColors().canvas);
    if (scene.empty() || geometry.empty())
        return;
    paintPicture(painter, scene, geometry, target, scaled);
    paintOverlays(painter, scene, geometry, view, pixelRatio);
}

} // namespace

void paintScene(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio)
{
    ScaledPicture scaled;
    paintScene(painter, scene, target, QRect(QPoint(0, 0), target), pixelRatio, scaled);
}

void paintOverlays(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio)
{
    const VideoGeometry geometry = geometryOf(scene, target);
    if (!scene.empty() && !geometry.empty())
        paintOverlays(painter, scene, geometry, QRect(QPoint(0, 0), target), pixelRatio);
}

RasterVideo::RasterVideo(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

QSize RasterVideo::sizeInPixels() const
{
    return (QSizeF(size()) * devicePixelRatioF()).toSize();
}

bool RasterVideo::event(QEvent *event)
{
    return takeInput(event) || QWidget::event(event);
}

/// What looks as before is not painted again: while a frame is drawn, that is all of it but some cells.
void RasterVideo::redraw()
{
    const auto changed = changedPositions(asked_, scene());
    asked_ = scene();
    if (!changed)
        return update();
    const VideoGeometry shown = VideoSurface::geometry();
    const double ratio = devicePixelRatioF();
    QRegion region;
    for (const int position : *changed) {
        const QRectF cell(pixelsOf(shown, position));
        region += QRectF(cell.topLeft() / ratio, cell.size() / ratio).toAlignedRect();
    }
    update(region);
}

void RasterVideo::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    // Device pixels: lines and texels fall on whole ones, as they do in the shader.
    const double ratio = devicePixelRatioF();
    painter.scale(1.0 / ratio, 1.0 / ratio);
    // Part by part: within one rectangle Qt copies lines, within several it blends span by span.
    for (const QRect &part : event->region()) {
        const QRect view =
            QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio).toAlignedRect();
        painter.setClipRect(view);
        paintScene(painter, scene(), sizeInPixels(), view, ratio, scaled_);
    }
}

} // namespace fastcar::ui

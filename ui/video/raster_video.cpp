// SPDX-License-Identifier: Apache-2.0
#include "ui/video/raster_video.h"

#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"
#include "ui/video/picture_scaling.h"

#include <QImage>
#include <QPainter>

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

void paintPicture(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, QSize target)
{
    if (!scene.picture)
        return;
    const QRect seen = geometry.picture().intersected(QRect(QPoint(0, 0), target));
    painter.drawImage(seen.topLeft(), scaledPicture(*scene.picture, geometry.picture(), seen));
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

void paintFrame(QPainter &painter, QRect cell, QColor color, double width, double inset)
{
    const int line = std::max(1, static_cast<int>(std::lround(width)));
    const int in = static_cast<int>(std::lround(inset));
    const QRect r = cell.adjusted(in, in, -in, -in);
    painter.fillRect(QRect(r.left(), r.top(), r.width(), line), color);
    painter.fillRect(QRect(r.left(), r.bottom() - line + 1, r.width(), line), color);
    painter.fillRect(QRect(r.left(), r.top(), line, r.height()), color);
    painter.fillRect(QRect(r.right() - line + 1, r.top(), line, r.height()), color);
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
        painter.fillRect(cell, withAlpha(themeColors().canvas, notYetDrawn));
    if (overlays.heatmap && !std::isnan(scene.tas[i]))
        painter.fillRect(cell,
                         withAlpha(QColor::fromRgb(tasColor(scene.tas[i], scene.range.low, scene.range.high)),
                                   static_cast<double>(overlays.heatmapOpacity)));
    if (overlays.share && i < scene.share.size() && !std::isnan(scene.share[i]))
        painter.fillRect(levelOf(cell, scene.share[i]),
                         withAlpha(themeColors().replay, static_cast<double>(overlays.shareOpacity)));
    if (overlays.drift && i < scene.drift.size())
        painter.fillRect(cell, withAlpha(themeColors().danger,
                                         static_cast<double>(overlays.driftOpacity * scene.drift[i])));
}

void paintCells(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, QSize target,
                double pixelRatio)
{
    const QBrush replayed(hatch(pixelRatio, static_cast<double>(scene.overlays.maskOpacity)));
    const QRect view(QPoint(0, 0), target);
    painter.setBrushOrigin(geometry.picture().topLeft());
    for (int position = 0; position < scene.gridWidth * scene.gridHeight; ++position) {
        const QRect cell = pixelsOf(geometry, position);
        if (!cell.intersects(view))
            continue;
        paintCell(painter, scene, position, cell);
        if (scene.overlays.mask && scene.replayed[static_cast<std::size_t>(position)])
            painter.fillRect(cell, replayed);
    }
}

void paintGrid(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, double pixelRatio)
{
    const QColor color = withAlpha(QColor(128, 128, 128), static_cast<double>(scene.overlays.gridOpacity));
    const QRect picture = geometry.picture();
    const int line = std::max(1, static_cast<int>(std::lround(pixelRatio)));
    for (int column = 0; column < scene.gridWidth; ++column)
        painter.fillRect(QRect(pixelsOf(geometry, column).left(), picture.top(), line, picture.height()),
                         color);
    for (int row = 0; row < scene.gridHeight; ++row)
        painter.fillRect(
            QRect(picture.left(), pixelsOf(geometry, row * scene.gridWidth).top(), picture.width(), line),
            color);
}

} // namespace

void paintScene(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio)
{
    pixelRatio = std::max(1.0, std::round(pixelRatio)); // lines are whole pixels wide
    painter.fillRect(QRect(QPoint(0, 0), target), themeColors().canvas);
    const VideoGeometry geometry = geometryOf(scene, target);
    if (scene.empty() || geometry.empty())
        return;
    paintPicture(painter, scene, geometry, target);
    paintOverlays(painter, scene, target, pixelRatio);
}

void paintOverlays(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio)
{
    const VideoGeometry geometry = geometryOf(scene, target);
    if (scene.empty() || geometry.empty())
        return;
    paintCells(painter, scene, geometry, target, pixelRatio);
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

void RasterVideo::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // Device pixels: lines and texels fall on whole ones, as they do in the shader.
    const double ratio = devicePixelRatioF();
    painter.scale(1.0 / ratio, 1.0 / ratio);
    paintScene(painter, scene(), sizeInPixels(), ratio);
}

} // namespace fastcar::ui

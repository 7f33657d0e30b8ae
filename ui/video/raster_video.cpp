// SPDX-License-Identifier: Apache-2.0
#include "ui/video/raster_video.h"

#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

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

void paintPicture(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry)
{
    if (!scene.picture)
        return;
    const Frame &frame = *scene.picture;
    const QImage image(frame.rgb.data(), frame.width, frame.height, 3 * frame.width, QImage::Format_RGB888);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(geometry.picture(), image);
}

/// One image of a line pattern for all replayed cells: a light and a dark line side by side show on any
/// picture.
QImage hatch(double pixelRatio)
{
    const int period = static_cast<int>(std::lround(hatchPeriod * pixelRatio));
    const int line = std::max(1, static_cast<int>(std::lround(pixelRatio)));
    QImage image(period, period, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    for (int y = 0; y < period; ++y) {
        for (int x = 0; x < period; ++x) {
            const int phase = (x + y) % period;
            if (phase < line)
                image.setPixelColor(x, y, withAlpha(Qt::white, 0.75));
            else if (phase < 2 * line)
                image.setPixelColor(x, y, withAlpha(Qt::black, 0.55));
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

void paintCells(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, double pixelRatio)
{
    const QColor notYet = withAlpha(themeColors().canvas, notYetDrawn);
    const QBrush replayed(hatch(pixelRatio));
    painter.setBrushOrigin(geometry.picture().topLeft());
    for (int position = 0; position < scene.gridWidth * scene.gridHeight; ++position) {
        const auto i = static_cast<std::size_t>(position);
        const QRect cell = pixelsOf(geometry, position);
        if (position >= scene.drawn)
            painter.fillRect(cell, notYet);
        if (scene.overlays.heatmap && !std::isnan(scene.tas[i]))
            painter.fillRect(
                cell, withAlpha(QColor::fromRgb(tasColor(scene.tas[i], scene.range.low, scene.range.high)),
                                static_cast<double>(scene.overlays.opacity)));
        if (scene.overlays.mask && scene.replayed[i])
            painter.fillRect(cell, replayed);
    }
}

void paintGrid(QPainter &painter, const VideoScene &scene, const VideoGeometry &geometry, double pixelRatio)
{
    const QColor color = withAlpha(QColor(128, 128, 128), 0.45);
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
    painter.fillRect(QRect(QPoint(0, 0), target), themeColors().canvas);
    const VideoGeometry geometry = geometryOf(scene, target);
    if (scene.empty() || geometry.empty())
        return;
    paintPicture(painter, scene, geometry);
    paintCells(painter, scene, geometry, pixelRatio);
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

void RasterVideo::setScene(const VideoScene &scene)
{
    scene_ = scene;
    update();
}

void RasterVideo::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // Device pixels: lines and texels fall on whole ones, as they do in the shader.
    const double ratio = devicePixelRatioF();
    painter.scale(1.0 / ratio, 1.0 / ratio);
    paintScene(painter, scene_, (QSizeF(size()) * ratio).toSize(), ratio);
}

int RasterVideo::positionAt(QPointF point) const
{
    const double ratio = devicePixelRatioF();
    return geometryOf(scene_, (QSizeF(size()) * ratio).toSize()).positionAt(point * ratio);
}

void RasterVideo::mouseMoveEvent(QMouseEvent *event)
{
    if (onHover)
        onHover(positionAt(event->position()));
}

void RasterVideo::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && onClick)
        onClick(positionAt(event->position()));
    else
        QWidget::mousePressEvent(event);
}

void RasterVideo::leaveEvent(QEvent *)
{
    if (onHover)
        onHover(-1);
}

void RasterVideo::wheelEvent(QWheelEvent *event)
{
    if (onWheel && event->angleDelta().y() != 0)
        onWheel(event->angleDelta().y() > 0 ? 1 : -1);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_surface.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <utility>

namespace fastcar::ui {

namespace {
constexpr int wheelStep = 120; // of an ordinary wheel
} // namespace

void VideoSurface::setScene(const VideoScene &scene)
{
    scene_ = scene;
    redraw();
}

bool VideoSurface::takeInput(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(*static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseMove:
        move(*static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonRelease:
        release(*static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonDblClick:
        pressedAt_.reset();
        clickCounts_ = false;
        if (onDoubleClick && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton)
            onDoubleClick();
        return true;
    case QEvent::Wheel:
        turn(*static_cast<QWheelEvent *>(event));
        return true;
    case QEvent::Leave:
        if (onHover)
            onHover(-1);
        return true;
    default:
        return false;
    }
}

void VideoSurface::press(const QMouseEvent &event)
{
    if (event.button() != Qt::LeftButton && event.button() != Qt::MiddleButton)
        return;
    pressedAt_ = event.position();
    pressedGeometry_ = geometry();
    moving_ = false;
    clickCounts_ = event.button() == Qt::LeftButton;
}

void VideoSurface::move(const QMouseEvent &event)
{
    const VideoGeometry now = geometry();
    if (onHover)
        onHover(now.positionAt(event.position() * pixelRatio()));
    if (!pressedAt_ || !now.reachesBeyond())
        return;
    const bool far = (event.position() - *pressedAt_).manhattanLength() >=
                     QGuiApplication::styleHints()->startDragDistance();
    if (!moving_ && far) {
        moving_ = true;
        clickCounts_ = false;
        showCursor(Qt::ClosedHandCursor);
    }
    if (moving_)
        zoomTo(pressedGeometry_.movedBy((event.position() - *pressedAt_) * pixelRatio()));
}

void VideoSurface::release(const QMouseEvent &event)
{
    if (std::exchange(moving_, false))
        showCursor(Qt::ArrowCursor);
    pressedAt_.reset();
    if (std::exchange(clickCounts_, false) && event.button() == Qt::LeftButton && onClick)
        onClick(geometry().positionAt(event.position() * pixelRatio()));
}

void VideoSurface::turn(const QWheelEvent &event)
{
    turned_ += event.angleDelta().y();
    const int steps = turned_ / wheelStep;
    turned_ -= steps * wheelStep;
    if (steps == 0)
        return;
    if (event.modifiers() & Qt::ControlModifier)
        zoomTo(geometry().zoomedAround(event.position() * pixelRatio(), steps));
    else if (onWheel)
        onWheel(steps);
}

void VideoSurface::zoomTo(const PictureZoom &zoom)
{
    scene_.zoom = zoom; // the next event goes by it, though the next scene is still to come
    redraw();
    if (onZoom)
        onZoom(zoom);
}

} // namespace fastcar::ui

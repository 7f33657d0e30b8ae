// SPDX-License-Identifier: Apache-2.0
//
// What the two painters of the video view have in common: they take a scene, and what mouse and wheel do to
// it is the same, for both go by the same geometry.
#pragma once

#include "ui/video/video_geometry.h"
#include "ui/video/video_scene.h"

#include <functional>
#include <optional>

class QCursor;
class QEvent;
class QMouseEvent;
class QWheelEvent;
class QWidget;

namespace fastcar::ui {

/// Geometry of a scene in a view of `view` device pixels.
inline VideoGeometry geometryOf(const VideoScene &scene, QSize view)
{
    return {view, {scene.pictureWidth, scene.pictureHeight}, {scene.gridWidth, scene.gridHeight}, scene.zoom};
}

class VideoSurface {
public:
    virtual ~VideoSurface() = default;

    /// Draws `scene` soon; a newer one replaces one that waits.
    void setScene(const VideoScene &scene);
    /// What stands in the layout. Owned by its parent.
    virtual QWidget *widget() = 0;
    VideoGeometry geometry() const { return geometryOf(scene_, sizeInPixels()); }

    std::function<void(int position)> onHover; // -1: left the picture
    std::function<void(int position)> onClick;
    std::function<void()> onDoubleClick;
    std::function<void(int steps)> onWheel; // up is positive
    std::function<void(const PictureZoom &)> onZoom;

protected:
    const VideoScene &scene() const { return scene_; }
    virtual void redraw() = 0;
    virtual QSize sizeInPixels() const = 0;
    virtual double pixelRatio() const = 0;
    virtual void showCursor(Qt::CursorShape shape) = 0;
    /// Mouse and wheel; false: none of ours.
    bool takeInput(QEvent *event);

private:
    void press(const QMouseEvent &event);
    void move(const QMouseEvent &event);
    void release(const QMouseEvent &event);
    void turn(const QWheelEvent &event);
    void zoomTo(const PictureZoom &zoom);

    VideoScene scene_;
    std::optional<QPointF> pressedAt_; // by the button that would move the picture
    VideoGeometry pressedGeometry_;    // as it was then
    bool moving_ = false;
    bool clickCounts_ = false; // the button is the one that chooses
    int turned_ = 0;           // of the wheel, in eighths of a degree, that is no whole step yet
};

} // namespace fastcar::ui

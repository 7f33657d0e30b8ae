// SPDX-License-Identifier: Apache-2.0
//
// What the two painters of the video view have in common: they take a scene and report where the pointer is.
#pragma once

#include "ui/video/video_geometry.h"
#include "ui/video/video_scene.h"

#include <functional>

class QWidget;

namespace fastcar::ui {

class VideoSurface {
public:
    virtual ~VideoSurface() = default;

    /// Draws `scene` soon; a newer one replaces one that waits.
    virtual void setScene(const VideoScene &scene) = 0;
    /// What stands in the layout. Owned by its parent.
    virtual QWidget *widget() = 0;

    std::function<void(int position)> onHover; // -1: left the picture
    std::function<void(int position)> onClick;
    std::function<void(int steps)> onWheel; // up is positive
};

/// Geometry of a scene in a view of `view` device pixels.
inline VideoGeometry geometryOf(const VideoScene &scene, QSize view)
{
    return {view, {scene.pictureWidth, scene.pictureHeight}, {scene.gridWidth, scene.gridHeight}};
}

} // namespace fastcar::ui

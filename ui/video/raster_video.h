// SPDX-License-Identifier: Apache-2.0
//
// The video view drawn with QPainter, where there is no Vulkan. Looks like shaders/view/video.frag; change
// both or neither.
#pragma once

#include "ui/video/picture_scaling.h"
#include "ui/video/video_surface.h"

#include <QWidget>

namespace fastcar::ui {

/// Draws `scene` into `target`'s whole area, in device pixels; `pixelRatio` is how many of them a line is
/// wide.
void paintScene(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio);
/// The same without ground and picture, which are there: an export has enlarged it in its own way.
void paintOverlays(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio);

class RasterVideo final : public QWidget, public VideoSurface {
    Q_OBJECT
public:
    explicit RasterVideo(QWidget *parent = nullptr);

    QWidget *widget() override { return this; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

    void redraw() override;
    QSize sizeInPixels() const override;
    double pixelRatio() const override { return devicePixelRatioF(); }
    void showCursor(Qt::CursorShape shape) override { setCursor(shape); }

private:
    VideoScene asked_; // to be painted, the last time
    ScaledPicture scaled_;
};

} // namespace fastcar::ui

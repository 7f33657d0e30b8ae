// SPDX-License-Identifier: Apache-2.0
//
// The video view drawn with QPainter, where there is no Vulkan. Looks like shaders/view/video.frag; change
// both or neither.
#pragma once

#include "ui/video/video_surface.h"

#include <QImage>
#include <QWidget>

namespace fastcar::ui {

/// Draws `scene` into `target`'s whole area, in device pixels; `pixelRatio` is how many of them a line is
/// wide.
void paintScene(QPainter &painter, const VideoScene &scene, QSize target, double pixelRatio);

class RasterVideo final : public QWidget, public VideoSurface {
    Q_OBJECT
public:
    explicit RasterVideo(QWidget *parent = nullptr);

    void setScene(const VideoScene &scene) override;
    QWidget *widget() override { return this; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    int positionAt(QPointF point) const;

    VideoScene scene_;
};

} // namespace fastcar::ui

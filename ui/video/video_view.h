// SPDX-License-Identifier: Apache-2.0
//
// The video in the middle of the window, drawn by Vulkan where there is a device and by QPainter where there
// is none or where it gives up.
#pragma once

#include "ui/video/video_scene.h"
#include "ui/vulkan/view_device.h"

#include <QWidget>

#include <memory>

namespace fastcar::ui {

class VideoSurface;

class VideoView : public QWidget {
    Q_OBJECT
public:
    /// `device` may be null.
    explicit VideoView(std::shared_ptr<ViewDevice> device, QWidget *parent = nullptr);

    /// Draws with another one from now on; null: with QPainter.
    void setDevice(std::shared_ptr<ViewDevice> device);
    void setScene(const VideoScene &scene);
    const VideoScene &scene() const { return scene_; }
    /// What the next scene should have for the picture to be so many steps larger, around the view's middle.
    PictureZoom zoomedBy(int steps) const;
    /// The same for a picture that is moved by parts of the view.
    PictureZoom movedBy(QPointF parts) const;
    /// Device pixels for each texel.
    double factor() const;
    /// "Vulkan: llvmpipe (...)" or "QPainter"
    QString backend() const;

signals:
    void hovered(int position);
    void clicked(int position);
    void doubleClicked();
    void wheeled(int steps);
    /// The person zoomed or moved the picture: what the next scene should have.
    void zoomed(const fastcar::ui::PictureZoom &zoom);
    void backendChanged(const QString &reason);

protected:
    void changeEvent(QEvent *event) override;

private:
    void useVulkan();
    void useRaster();
    void adopt(VideoSurface *surface);

    std::shared_ptr<ViewDevice> device_;
    VideoScene scene_;
    VideoSurface *surface_ = nullptr; // its widget is a child
};

} // namespace fastcar::ui

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

    void setScene(const VideoScene &scene);
    const VideoScene &scene() const { return scene_; }
    /// "Vulkan: llvmpipe (...)" or "QPainter"
    QString backend() const;

signals:
    void hovered(int position);
    void clicked(int position);
    void wheeled(int steps);
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

// SPDX-License-Identifier: Apache-2.0
//
// The video view drawn by Vulkan, in a window of its own inside of the layout.
#pragma once

#include "ui/video/video_surface.h"
#include "ui/video/vulkan_video_renderer.h"

#include <QPointer>
#include <QWindow>

#include <functional>
#include <memory>

namespace fastcar::ui {

/// Owned by the container that widget() gives.
class VulkanVideo final : public QWindow, public VideoSurface {
    Q_OBJECT
public:
    VulkanVideo(std::shared_ptr<ViewDevice> device, QWidget *parent);
    ~VulkanVideo() override;

    QWidget *widget() override { return container_; }

    /// Vulkan gave up; the view takes the other painter.
    std::function<void(const Error &)> onFailure;

protected:
    bool event(QEvent *event) override;
    void exposeEvent(QExposeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

    void redraw() override;
    QSize sizeInPixels() const override;
    double pixelRatio() const override { return devicePixelRatio(); }
    void showCursor(Qt::CursorShape shape) override { setCursor(shape); }

private:
    void draw();

    std::shared_ptr<ViewDevice> device_;
    QPointer<QWidget> container_;
    bool failed_ = false;
    std::unique_ptr<VulkanVideoRenderer> renderer_; // while the window has a surface
};

} // namespace fastcar::ui

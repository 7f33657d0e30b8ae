// SPDX-License-Identifier: Apache-2.0
//
// Draws a VideoScene with shaders/view/video.frag: uploads the picture and the grid of positions when they
// have changed, and paints one triangle.
#pragma once

#include "ui/video/video_scene.h"
#include "ui/vulkan/view_device.h"

#include <QSize>

#include <memory>

namespace fastcar::ui {

/// Of one window's surface; window's thread.
class VulkanVideoRenderer {
public:
    /// `surface`: a VkSurfaceKHR, as a number that needs no Vulkan header.
    static Result<std::unique_ptr<VulkanVideoRenderer>> create(std::shared_ptr<ViewDevice> device,
                                                               std::uint64_t surface);
    ~VulkanVideoRenderer();

    /// False: not ready, come back soon. Errors: the device was lost.
    Result<bool> draw(const VideoScene &scene, QSize size, double pixelRatio);

private:
    struct Impl;
    explicit VulkanVideoRenderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace fastcar::ui

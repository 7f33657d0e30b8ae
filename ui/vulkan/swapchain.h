// SPDX-License-Identifier: Apache-2.0
//
// The pictures of a window's surface, and the way of one frame through them. Never waits: where the device or
// the window system is not ready yet, draw() says so and the caller comes back later. For .cpp files only.
#pragma once

#include "ui/vulkan/view_device_handles.h"

#include <functional>

namespace fastcar::ui {

class Swapchain {
public:
    /// `surface` belongs to the window. Throws what vulkan_raii throws.
    Swapchain(const ViewDevice::Handles &handles, vk::SurfaceKHR surface);
    ~Swapchain();
    Swapchain(const Swapchain &) = delete;
    Swapchain &operator=(const Swapchain &) = delete;

    vk::RenderPass renderPass() const { return *renderPass_; }

    enum class Drawn { Done, Later, NoArea };
    /// `prepare` records what has to come before the render pass (uploads), `paint` what is inside of it.
    /// `size` is the window's, in device pixels; pictures are made anew when it changes.
    Drawn draw(vk::Extent2D size, const std::function<void(const vk::raii::CommandBuffer &)> &prepare,
               const std::function<void(const vk::raii::CommandBuffer &, vk::Extent2D)> &paint);

private:
    void pickFormat();
    void makeRenderPass();
    bool makePictures(vk::Extent2D size);
    void record(std::uint32_t picture, const std::function<void(const vk::raii::CommandBuffer &)> &prepare,
                const std::function<void(const vk::raii::CommandBuffer &, vk::Extent2D)> &paint);
    void submit(std::uint32_t picture);

    const ViewDevice::Handles &handles_;
    vk::SurfaceKHR surface_;
    vk::SurfaceFormatKHR format_;
    vk::PresentModeKHR presentMode_ = vk::PresentModeKHR::eFifo;
    vk::raii::RenderPass renderPass_ = nullptr;
    vk::raii::CommandPool pool_ = nullptr;
    vk::raii::CommandBuffers commands_ = nullptr;
    vk::raii::Semaphore acquired_ = nullptr;
    vk::raii::Fence drawn_ = nullptr;
    vk::Extent2D asked_;  // what the window said its size was when the pictures were made
    vk::Extent2D extent_; // what they have
    bool outdated_ = true;
    vk::raii::SwapchainKHR swapchain_ = nullptr;
    std::vector<vk::raii::ImageView> views_;
    std::vector<vk::raii::Framebuffer> framebuffers_;
    std::vector<vk::raii::Semaphore> finished_; // one for each picture: presenting may still wait for it
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/vulkan/swapchain.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace fastcar::ui {

Swapchain::Swapchain(const ViewDevice::Handles &handles, vk::SurfaceKHR surface)
    : handles_(handles)
    , surface_(surface)
{
    if (!handles_.physicalDevice.getSurfaceSupportKHR(handles_.queueFamily, surface_))
        throw std::runtime_error("the device cannot draw into this window");
    pickFormat();
    makeRenderPass();
    pool_ = vk::raii::CommandPool(handles_.device,
                                  vk::CommandPoolCreateInfo{
                                      .flags = vk::CommandPoolCreateFlagBits::eResetCommandBuffer,
                                      .queueFamilyIndex = handles_.queueFamily,
                                  });
    commands_ = vk::raii::CommandBuffers(
        handles_.device, vk::CommandBufferAllocateInfo{.commandPool = *pool_, .commandBufferCount = 1});
    acquired_ = vk::raii::Semaphore(handles_.device, vk::SemaphoreCreateInfo{});
    drawn_ =
        vk::raii::Fence(handles_.device, vk::FenceCreateInfo{.flags = vk::FenceCreateFlagBits::eSignaled});
}

Swapchain::~Swapchain()
{
    try {
        handles_.device.waitIdle();
    } catch (const vk::Error &) {
        // A lost device has nothing left to wait for.
    }
}

void Swapchain::pickFormat()
{
    // Our colours are sRGB already: a format that converts would wash them out.
    const auto offered = handles_.physicalDevice.getSurfaceFormatsKHR(surface_);
    if (offered.empty())
        throw std::runtime_error("the window has no colour format");
    format_ = offered.front();
    for (const auto wanted : {vk::Format::eR8G8B8A8Unorm, vk::Format::eB8G8R8A8Unorm})
        for (const auto &format : offered)
            if (format.format == wanted)
                format_ = format;
    // Mailbox presents without waiting for the screen.
    const auto modes = handles_.physicalDevice.getSurfacePresentModesKHR(surface_);
    if (std::find(modes.begin(), modes.end(), vk::PresentModeKHR::eMailbox) != modes.end())
        presentMode_ = vk::PresentModeKHR::eMailbox;
}

void Swapchain::makeRenderPass()
{
    const vk::AttachmentDescription color{
        .format = format_.format,
        .samples = vk::SampleCountFlagBits::e1,
        .loadOp = vk::AttachmentLoadOp::eDontCare, // every pixel is drawn
        .storeOp = vk::AttachmentStoreOp::eStore,
        .stencilLoadOp = vk::AttachmentLoadOp::eDontCare,
        .stencilStoreOp = vk::AttachmentStoreOp::eDontCare,
        .initialLayout = vk::ImageLayout::eUndefined,
        .finalLayout = vk::ImageLayout::ePresentSrcKHR,
    };
    const vk::AttachmentReference reference{.attachment = 0,
                                            .layout = vk::ImageLayout::eColorAttachmentOptimal};
    const vk::SubpassDescription subpass{
        .pipelineBindPoint = vk::PipelineBindPoint::eGraphics,
        .colorAttachmentCount = 1,
        .pColorAttachments = &reference,
    };
    // The picture is ours only when it has been acquired, which the submission waits for at this stage.
    const vk::SubpassDependency acquired{
        .srcSubpass = VK_SUBPASS_EXTERNAL,
        .dstSubpass = 0,
        .srcStageMask = vk::PipelineStageFlagBits::eColorAttachmentOutput,
        .dstStageMask = vk::PipelineStageFlagBits::eColorAttachmentOutput,
        .dstAccessMask = vk::AccessFlagBits::eColorAttachmentWrite,
    };
    renderPass_ = vk::raii::RenderPass(handles_.device, vk::RenderPassCreateInfo{
                                                            .attachmentCount = 1,
                                                            .pAttachments = &color,
                                                            .subpassCount = 1,
                                                            .pSubpasses = &subpass,
                                                            .dependencyCount = 1,
                                                            .pDependencies = &acquired,
                                                        });
}

bool Swapchain::makePictures(vk::Extent2D size)
{
    asked_ = size;
    const auto capabilities = handles_.physicalDevice.getSurfaceCapabilitiesKHR(surface_);
    constexpr auto windowDecides = std::numeric_limits<std::uint32_t>::max();
    if (capabilities.currentExtent.width != windowDecides)
        size = capabilities.currentExtent;
    size.width = std::clamp(size.width, capabilities.minImageExtent.width, capabilities.maxImageExtent.width);
    size.height =
        std::clamp(size.height, capabilities.minImageExtent.height, capabilities.maxImageExtent.height);
    if (size.width == 0 || size.height == 0)
        return false;

    handles_.device.waitIdle();
    framebuffers_.clear();
    views_.clear();
    finished_.clear();
    std::uint32_t count = capabilities.minImageCount + 1;
    if (capabilities.maxImageCount > 0)
        count = std::min(count, capabilities.maxImageCount);
    const vk::raii::SwapchainKHR old = std::move(swapchain_);
    swapchain_ =
        vk::raii::SwapchainKHR(handles_.device, vk::SwapchainCreateInfoKHR{
                                                    .surface = surface_,
                                                    .minImageCount = count,
                                                    .imageFormat = format_.format,
                                                    .imageColorSpace = format_.colorSpace,
                                                    .imageExtent = size,
                                                    .imageArrayLayers = 1,
                                                    .imageUsage = vk::ImageUsageFlagBits::eColorAttachment,
                                                    .preTransform = capabilities.currentTransform,
                                                    .compositeAlpha = vk::CompositeAlphaFlagBitsKHR::eOpaque,
                                                    .presentMode = presentMode_,
                                                    .clipped = VK_TRUE,
                                                    .oldSwapchain = *old,
                                                });
    for (const auto &image : swapchain_.getImages()) {
        views_.emplace_back(handles_.device,
                            vk::ImageViewCreateInfo{
                                .image = image,
                                .viewType = vk::ImageViewType::e2D,
                                .format = format_.format,
                                .subresourceRange = {.aspectMask = vk::ImageAspectFlagBits::eColor,
                                                     .levelCount = 1,
                                                     .layerCount = 1},
                            });
        const vk::ImageView view = *views_.back();
        framebuffers_.emplace_back(handles_.device, vk::FramebufferCreateInfo{
                                                        .renderPass = *renderPass_,
                                                        .attachmentCount = 1,
                                                        .pAttachments = &view,
                                                        .width = size.width,
                                                        .height = size.height,
                                                        .layers = 1,
                                                    });
        finished_.emplace_back(handles_.device, vk::SemaphoreCreateInfo{});
    }
    extent_ = size;
    outdated_ = false;
    return true;
}

Swapchain::Drawn
Swapchain::draw(vk::Extent2D size, const std::function<void(const vk::raii::CommandBuffer &)> &prepare,
                const std::function<void(const vk::raii::CommandBuffer &, vk::Extent2D)> &paint)
{
    if (drawn_.getStatus() == vk::Result::eNotReady)
        return Drawn::Later;
    if ((outdated_ || asked_ != size) && !makePictures(size))
        return Drawn::NoArea;
    std::uint32_t picture = 0;
    try {
        const auto [result, index] = swapchain_.acquireNextImage(0, *acquired_);
        if (result == vk::Result::eNotReady || result == vk::Result::eTimeout)
            return Drawn::Later;
        picture = index;
    } catch (const vk::OutOfDateKHRError &) {
        outdated_ = true;
        return Drawn::Later;
    }
    record(picture, prepare, paint);
    submit(picture);
    return Drawn::Done;
}

void Swapchain::record(std::uint32_t picture,
                       const std::function<void(const vk::raii::CommandBuffer &)> &prepare,
                       const std::function<void(const vk::raii::CommandBuffer &, vk::Extent2D)> &paint)
{
    const vk::raii::CommandBuffer &commands = commands_.front();
    commands.begin(vk::CommandBufferBeginInfo{.flags = vk::CommandBufferUsageFlagBits::eOneTimeSubmit});
    prepare(commands);
    commands.beginRenderPass(
        vk::RenderPassBeginInfo{
            .renderPass = *renderPass_,
            .framebuffer = *framebuffers_[picture],
            .renderArea = {.extent = extent_},
        },
        vk::SubpassContents::eInline);
    paint(commands, extent_);
    commands.endRenderPass();
    commands.end();
}

void Swapchain::submit(std::uint32_t picture)
{
    const vk::PipelineStageFlags stage = vk::PipelineStageFlagBits::eColorAttachmentOutput;
    const vk::Semaphore acquired = *acquired_;
    const vk::Semaphore finished = *finished_[picture];
    const vk::CommandBuffer commands = *commands_.front();
    handles_.device.resetFences(*drawn_);
    handles_.queue.submit(
        vk::SubmitInfo{
            .waitSemaphoreCount = 1,
            .pWaitSemaphores = &acquired,
            .pWaitDstStageMask = &stage,
            .commandBufferCount = 1,
            .pCommandBuffers = &commands,
            .signalSemaphoreCount = 1,
            .pSignalSemaphores = &finished,
        },
        *drawn_);
    const vk::SwapchainKHR swapchain = *swapchain_;
    try {
        const auto result = handles_.queue.presentKHR(vk::PresentInfoKHR{
            .waitSemaphoreCount = 1,
            .pWaitSemaphores = &finished,
            .swapchainCount = 1,
            .pSwapchains = &swapchain,
            .pImageIndices = &picture,
        });
        outdated_ = result == vk::Result::eSuboptimalKHR;
    } catch (const vk::OutOfDateKHRError &) {
        outdated_ = true;
    }
}

} // namespace fastcar::ui

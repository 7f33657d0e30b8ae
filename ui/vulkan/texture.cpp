// SPDX-License-Identifier: Apache-2.0
#include "ui/vulkan/texture.h"

#include <stdexcept>

namespace fastcar::ui {

namespace {

constexpr vk::ImageSubresourceRange wholePicture{
    .aspectMask = vk::ImageAspectFlagBits::eColor, .levelCount = 1, .layerCount = 1};

vk::raii::DeviceMemory allocate(const ViewDevice::Handles &handles, const vk::MemoryRequirements &needs,
                                vk::MemoryPropertyFlags wanted)
{
    const auto type = handles.memoryType(needs.memoryTypeBits, wanted);
    if (!type)
        throw std::runtime_error("the device has no memory of the kind that is needed");
    return {handles.device, vk::MemoryAllocateInfo{.allocationSize = needs.size, .memoryTypeIndex = *type}};
}

} // namespace

Texture::Texture(const ViewDevice::Handles &handles, vk::Format format, vk::Extent2D size,
                 std::size_t bytesPerTexel)
    : size_(size)
{
    image_ = vk::raii::Image(
        handles.device, vk::ImageCreateInfo{
                            .imageType = vk::ImageType::e2D,
                            .format = format,
                            .extent = {size.width, size.height, 1},
                            .mipLevels = 1,
                            .arrayLayers = 1,
                            .samples = vk::SampleCountFlagBits::e1,
                            .tiling = vk::ImageTiling::eOptimal,
                            .usage = vk::ImageUsageFlagBits::eSampled | vk::ImageUsageFlagBits::eTransferDst,
                        });
    imageMemory_ =
        allocate(handles, image_.getMemoryRequirements(), vk::MemoryPropertyFlagBits::eDeviceLocal);
    image_.bindMemory(*imageMemory_, 0);
    view_ = vk::raii::ImageView(handles.device, vk::ImageViewCreateInfo{
                                                    .image = *image_,
                                                    .viewType = vk::ImageViewType::e2D,
                                                    .format = format,
                                                    .subresourceRange = wholePicture,
                                                });
    const std::size_t bytes = bytesPerTexel * size.width * size.height;
    staging_ = vk::raii::Buffer(handles.device, vk::BufferCreateInfo{
                                                    .size = bytes,
                                                    .usage = vk::BufferUsageFlagBits::eTransferSrc,
                                                });
    stagingMemory_ =
        allocate(handles, staging_.getMemoryRequirements(),
                 vk::MemoryPropertyFlagBits::eHostVisible | vk::MemoryPropertyFlagBits::eHostCoherent);
    staging_.bindMemory(*stagingMemory_, 0);
    texels_ = {static_cast<std::byte *>(stagingMemory_.mapMemory(0, VK_WHOLE_SIZE)), bytes};
}

void Texture::upload(const vk::raii::CommandBuffer &commands)
{
    using Access = vk::AccessFlagBits;
    using Stage = vk::PipelineStageFlagBits;
    vk::ImageMemoryBarrier barrier{
        .srcAccessMask = Access::eShaderRead,
        .dstAccessMask = Access::eTransferWrite,
        .oldLayout = layout_,
        .newLayout = vk::ImageLayout::eTransferDstOptimal,
        .srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
        .dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED,
        .image = *image_,
        .subresourceRange = wholePicture,
    };
    commands.pipelineBarrier(Stage::eFragmentShader, Stage::eTransfer, {}, {}, {}, barrier);
    commands.copyBufferToImage(
        *staging_, *image_, vk::ImageLayout::eTransferDstOptimal,
        vk::BufferImageCopy{
            .imageSubresource = {.aspectMask = vk::ImageAspectFlagBits::eColor, .layerCount = 1},
            .imageExtent = {size_.width, size_.height, 1},
        });
    layout_ = vk::ImageLayout::eShaderReadOnlyOptimal;
    barrier.srcAccessMask = Access::eTransferWrite;
    barrier.dstAccessMask = Access::eShaderRead;
    barrier.oldLayout = vk::ImageLayout::eTransferDstOptimal;
    barrier.newLayout = layout_;
    commands.pipelineBarrier(Stage::eTransfer, Stage::eFragmentShader, {}, {}, {}, barrier);
}

} // namespace fastcar::ui

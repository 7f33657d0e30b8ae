// SPDX-License-Identifier: Apache-2.0
//
// A small picture on the device that is written from time to time and read by a shader without filtering,
// with the mapped buffer through which it goes there. For .cpp files only.
#pragma once

#include "ui/vulkan/view_device_handles.h"

#include <span>

namespace fastcar::ui {

class Texture {
public:
    Texture() = default;
    /// Throws what vulkan_raii throws.
    Texture(const ViewDevice::Handles &handles, vk::Format format, vk::Extent2D size,
            std::size_t bytesPerTexel);

    vk::Extent2D size() const { return size_; }
    vk::ImageView view() const { return *view_; }
    /// Where the next texels go, row by row. Not while the device still works on the last upload.
    std::span<std::byte> texels() const { return texels_; }
    bool written() const { return layout_ != vk::ImageLayout::eUndefined; }
    /// Copies texels() into the picture and makes it readable for fragment shaders.
    void upload(const vk::raii::CommandBuffer &commands);

private:
    vk::Extent2D size_;
    vk::raii::Image image_ = nullptr;
    vk::raii::DeviceMemory imageMemory_ = nullptr;
    vk::raii::ImageView view_ = nullptr;
    vk::raii::Buffer staging_ = nullptr;
    vk::raii::DeviceMemory stagingMemory_ = nullptr;
    std::span<std::byte> texels_;
    vk::ImageLayout layout_ = vk::ImageLayout::eUndefined;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// What is inside of a ViewDevice. For .cpp files only.
#pragma once

#include "ui/vulkan/view_device.h"
#include "ui/vulkan/vulkan_raii.h"

#include <QVulkanInstance>

#include <cstdint>
#include <optional>

namespace fastcar::ui {

/// In order of creation; goes in the reverse one.
struct ViewDevice::Handles {
    std::vector<std::string> messages; // of the validation layer
    vk::raii::Context context;
    vk::raii::Instance instance = nullptr;
    vk::raii::DebugUtilsMessengerEXT messenger = nullptr;
    QVulkanInstance qtInstance;
    vk::raii::PhysicalDevice physicalDevice = nullptr;
    std::uint32_t queueFamily = 0;
    std::string name;
    vk::raii::Device device = nullptr;
    vk::raii::Queue queue = nullptr;

    /// A memory type among `allowed` (a bit mask) with all of `wanted`.
    std::optional<std::uint32_t> memoryType(std::uint32_t allowed, vk::MemoryPropertyFlags wanted) const;
};

} // namespace fastcar::ui

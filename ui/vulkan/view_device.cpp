// SPDX-License-Identifier: Apache-2.0
#include "ui/vulkan/view_device.h"

#include "ui/vulkan/view_device_handles.h"

#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <cstring>

namespace fastcar::ui {

namespace {

constexpr const char *validationLayer = "VK_LAYER_KHRONOS_validation";
constexpr std::array surfaceExtensions{"VK_KHR_surface", "VK_KHR_xcb_surface", "VK_KHR_xlib_surface",
                                       "VK_KHR_wayland_surface"};

VKAPI_ATTR VkBool32 VKAPI_CALL collectMessage(VkDebugUtilsMessageSeverityFlagBitsEXT,
                                              VkDebugUtilsMessageTypeFlagsEXT,
                                              const VkDebugUtilsMessengerCallbackDataEXT *data,
                                              void *messages)
{
    static_cast<std::vector<std::string> *>(messages)->emplace_back(data->pMessage);
    return VK_FALSE;
}

vk::raii::Instance createInstance(const vk::raii::Context &context, bool validation)
{
    std::vector<const char *> extensions;
    for (const auto &offered : context.enumerateInstanceExtensionProperties()) {
        const char *name = offered.extensionName.data();
        for (const char *wanted : surfaceExtensions)
            if (std::strcmp(name, wanted) == 0)
                extensions.push_back(wanted);
    }
    std::vector<const char *> layers;
    if (validation) {
        layers.push_back(validationLayer);
        extensions.push_back(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);
    }
    const vk::ApplicationInfo application{.pApplicationName = "fastcar-studio",
                                          .apiVersion = VK_API_VERSION_1_1};
    return vk::raii::Instance(context,
                              vk::InstanceCreateInfo{
                                  .pApplicationInfo = &application,
                                  .enabledLayerCount = static_cast<std::uint32_t>(layers.size()),
                                  .ppEnabledLayerNames = layers.data(),
                                  .enabledExtensionCount = static_cast<std::uint32_t>(extensions.size()),
                                  .ppEnabledExtensionNames = extensions.data(),
                              });
}

vk::raii::DebugUtilsMessengerEXT createMessenger(const vk::raii::Instance &instance,
                                                 std::vector<std::string> &messages)
{
    using Severity = vk::DebugUtilsMessageSeverityFlagBitsEXT;
    using Type = vk::DebugUtilsMessageTypeFlagBitsEXT;
    return {instance, vk::DebugUtilsMessengerCreateInfoEXT{
                          .messageSeverity = Severity::eWarning | Severity::eError,
                          .messageType = Type::eGeneral | Type::eValidation | Type::ePerformance,
                          .pfnUserCallback = collectMessage,
                          .pUserData = &messages,
                      }};
}

bool canPresent(const vk::raii::PhysicalDevice &device)
{
    const auto extensions = device.enumerateDeviceExtensionProperties();
    return std::any_of(extensions.begin(), extensions.end(), [](const auto &extension) {
        return std::strcmp(extension.extensionName.data(), VK_KHR_SWAPCHAIN_EXTENSION_NAME) == 0;
    });
}

std::optional<std::uint32_t> graphicsFamily(const vk::raii::PhysicalDevice &device)
{
    const auto families = device.getQueueFamilyProperties();
    for (std::uint32_t family = 0; family < families.size(); ++family)
        if (families[family].queueFlags & vk::QueueFlagBits::eGraphics)
            return family;
    return std::nullopt;
}

/// Drawing a few rectangles is no work: a card before the processor, the rest as it comes.
int rank(const vk::raii::PhysicalDevice &device)
{
    switch (device.getProperties().deviceType) {
    case vk::PhysicalDeviceType::eDiscreteGpu:
        return 3;
    case vk::PhysicalDeviceType::eIntegratedGpu:
        return 2;
    case vk::PhysicalDeviceType::eVirtualGpu:
        return 1;
    default:
        return 0;
    }
}

bool pickDevice(ViewDevice::Handles &handles)
{
    int best = -1;
    for (auto &candidate : vk::raii::PhysicalDevices(handles.instance)) {
        const auto family = graphicsFamily(candidate);
        if (!family || !canPresent(candidate) || rank(candidate) <= best)
            continue;
        best = rank(candidate);
        handles.queueFamily = *family;
        handles.physicalDevice = std::move(candidate);
    }
    if (best < 0)
        return false;
    handles.name = handles.physicalDevice.getProperties().deviceName.data();
    return true;
}

void openDevice(ViewDevice::Handles &handles)
{
    const float priority = 1.0f;
    const vk::DeviceQueueCreateInfo queue{
        .queueFamilyIndex = handles.queueFamily, .queueCount = 1, .pQueuePriorities = &priority};
    const char *extension = VK_KHR_SWAPCHAIN_EXTENSION_NAME;
    handles.device = vk::raii::Device(handles.physicalDevice, vk::DeviceCreateInfo{
                                                                  .queueCreateInfoCount = 1,
                                                                  .pQueueCreateInfos = &queue,
                                                                  .enabledExtensionCount = 1,
                                                                  .ppEnabledExtensionNames = &extension,
                                                              });
    handles.queue = handles.device.getQueue(handles.queueFamily, 0);
}

Error noVulkan(const std::string &reason)
{
    return {ErrorKind::Device,
            "Vulkan cannot be used for drawing: " + reason + ". The video is drawn by QPainter."};
}

} // namespace

std::optional<std::uint32_t> ViewDevice::Handles::memoryType(std::uint32_t allowed,
                                                             vk::MemoryPropertyFlags wanted) const
{
    const auto memory = physicalDevice.getMemoryProperties();
    for (std::uint32_t type = 0; type < memory.memoryTypeCount; ++type)
        if ((allowed >> type & 1u) && (memory.memoryTypes[type].propertyFlags & wanted) == wanted)
            return type;
    return std::nullopt;
}

ViewDevice::ViewDevice() = default;
ViewDevice::~ViewDevice() = default;

Result<std::shared_ptr<ViewDevice>> ViewDevice::create(const Options &options)
{
    const QString platform = QGuiApplication::platformName();
    if (platform == QLatin1String("offscreen") || platform == QLatin1String("minimal"))
        return noVulkan("the platform \"" + platform.toStdString() + "\" has no windows for it");
    try {
        std::shared_ptr<ViewDevice> device(new ViewDevice);
        device->handles_ = std::make_unique<Handles>();
        Handles &handles = *device->handles_;
        handles.instance = createInstance(handles.context, options.validation);
        if (options.validation)
            handles.messenger = createMessenger(handles.instance, handles.messages);
        if (!pickDevice(handles))
            return noVulkan("no device that can draw into a window was found");
        handles.qtInstance.setVkInstance(*handles.instance);
        if (!handles.qtInstance.create())
            return noVulkan("the window system does not take it");
        openDevice(handles);
        return device;
    } catch (const std::exception &exception) {
        return noVulkan(exception.what());
    }
}

bool ViewDevice::isSoftware() const
{
    return handles_->physicalDevice.getProperties().deviceType == vk::PhysicalDeviceType::eCpu;
}

const std::string &ViewDevice::name() const
{
    return handles_->name;
}

QVulkanInstance *ViewDevice::instance() const
{
    return &handles_->qtInstance;
}

const std::vector<std::string> &ViewDevice::validationMessages() const
{
    return handles_->messages;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/video/vulkan_video_renderer.h"

#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"
#include "ui/video/video_surface.h"
#include "ui/vulkan/swapchain.h"
#include "ui/vulkan/texture.h"

#include <array>
#include <cmath>
#include <cstring>

namespace fastcar::ui {

namespace {

constexpr std::uint32_t vertexWords[] =
#include <shaders/view/video.vert.h>
    ;
constexpr std::uint32_t fragmentWords[] =
#include <shaders/view/video.frag.h>
    ;

/// The shader's push constants.
struct Constants {
    std::array<float, 4> rect;
    std::array<float, 4> opacities;
    std::array<float, 2> range;
    std::array<std::int32_t, 2> grid;
    std::uint32_t background;
    std::uint32_t accent;
    std::uint32_t replayColor;
    std::uint32_t driftColor;
    float gridOpacity;
    float pixelRatio;
    std::int32_t flags;
    std::int32_t drawn;
    std::int32_t current;
    std::int32_t selected;
    std::int32_t hovered;
};
static_assert(sizeof(Constants) == 92 && sizeof(Constants) <= 128); // all that every device has room for

enum Flag { ShowHeatmap = 1, ShowMask = 2, ShowGrid = 4, HasPicture = 8, ShowShare = 16, ShowDrift = 32 };

constexpr float noScore = 1e38f; // NaN does not survive every driver
constexpr std::uint32_t textureCount = 3;

/// As unpackUnorm4x8() reads it.
std::uint32_t packed(const QColor &color)
{
    return static_cast<std::uint32_t>(color.red()) | static_cast<std::uint32_t>(color.green()) << 8 |
           static_cast<std::uint32_t>(color.blue()) << 16 | 0xff000000u;
}

std::int32_t flagsOf(const VideoScene &scene)
{
    const VideoOverlays &overlays = scene.overlays;
    return (overlays.heatmap ? ShowHeatmap : 0) | (overlays.mask ? ShowMask : 0) |
           (overlays.grid ? ShowGrid : 0) | (scene.picture ? HasPicture : 0) |
           (overlays.share ? ShowShare : 0) | (overlays.drift ? ShowDrift : 0);
}

Constants constantsOf(const VideoScene &scene, const VideoGeometry &geometry, double pixelRatio)
{
    const QRect rect = geometry.picture();
    const VideoOverlays &overlays = scene.overlays;
    return {
        .rect = {static_cast<float>(rect.left()), static_cast<float>(rect.top()),
                 static_cast<float>(rect.width()), static_cast<float>(rect.height())},
        .opacities = {overlays.heatmapOpacity, overlays.shareOpacity, overlays.driftOpacity,
                      overlays.maskOpacity},
        .range = {scene.range.low, scene.range.high},
        .grid = {std::max(1, scene.gridWidth), std::max(1, scene.gridHeight)},
        .background = packed(themeColors().canvas),
        .accent = packed(themeColors().accent),
        .replayColor = packed(themeColors().replay),
        .driftColor = packed(themeColors().danger),
        .gridOpacity = overlays.gridOpacity,
        .pixelRatio = static_cast<float>(std::max(1.0, std::round(pixelRatio))),
        .flags = flagsOf(scene),
        .drawn = scene.drawn,
        .current = scene.current,
        .selected = scene.selected,
        .hovered = scene.hovered,
    };
}

vk::Extent2D extentOf(QSize size)
{
    return {static_cast<std::uint32_t>(size.width()), static_cast<std::uint32_t>(size.height())};
}

} // namespace

struct VulkanVideoRenderer::Impl {
    Impl(std::shared_ptr<ViewDevice> shared, vk::SurfaceKHR surface)
        : device(std::move(shared))
        , handles(device->handles())
        , swapchain(handles, surface)
    {
        makePipeline();
        makeDescriptors();
        colormap = Texture(handles, vk::Format::eR8G8B8A8Unorm, {256, 1}, 4);
        fillColormap();
        picture = Texture(handles, vk::Format::eR8G8B8A8Unorm, {1, 1}, 4);
        cells = Texture(handles, vk::Format::eR32G32B32A32Sfloat, {1, 1}, sizeof(Cell));
        pointDescriptors();
    }

    struct Cell {
        float tas;
        float replayed;
        float share; // 0 where there is none
        float drift;
    };

    void makePipeline();
    void makeDescriptors();
    void pointDescriptors();
    void fillColormap();
    void upload(const VideoScene &scene, const vk::raii::CommandBuffer &commands);
    bool uploadPicture(const VideoScene &scene, const vk::raii::CommandBuffer &commands);
    bool uploadCells(const VideoScene &scene, const vk::raii::CommandBuffer &commands);
    void paint(const VideoScene &scene, double pixelRatio, const vk::raii::CommandBuffer &commands,
               vk::Extent2D extent);
    vk::raii::ShaderModule shader(std::span<const std::uint32_t> words) const;

    std::shared_ptr<ViewDevice> device;
    ViewDevice::Handles &handles;
    vk::raii::Sampler sampler = nullptr;
    vk::raii::DescriptorSetLayout setLayout = nullptr;
    vk::raii::DescriptorPool descriptorPool = nullptr;
    vk::raii::DescriptorSets descriptors = nullptr;
    vk::raii::PipelineLayout layout = nullptr;
    vk::raii::Pipeline pipeline = nullptr;
    Texture colormap;
    Texture picture;
    Texture cells;
    SharedFrame uploadedPicture;
    std::vector<Cell> uploadedCells;
    Swapchain swapchain; // last: its end waits for the device before the rest goes
};

vk::raii::ShaderModule VulkanVideoRenderer::Impl::shader(std::span<const std::uint32_t> words) const
{
    return {handles.device,
            vk::ShaderModuleCreateInfo{.codeSize = words.size_bytes(), .pCode = words.data()}};
}

void VulkanVideoRenderer::Impl::makeDescriptors()
{
    const vk::DescriptorPoolSize size{.type = vk::DescriptorType::eCombinedImageSampler,
                                      .descriptorCount = textureCount};
    descriptorPool = vk::raii::DescriptorPool(
        handles.device, vk::DescriptorPoolCreateInfo{
                            .flags = vk::DescriptorPoolCreateFlagBits::eFreeDescriptorSet,
                            .maxSets = 1,
                            .poolSizeCount = 1,
                            .pPoolSizes = &size,
                        });
    const vk::DescriptorSetLayout set = *setLayout;
    descriptors = vk::raii::DescriptorSets(handles.device, vk::DescriptorSetAllocateInfo{
                                                               .descriptorPool = *descriptorPool,
                                                               .descriptorSetCount = 1,
                                                               .pSetLayouts = &set,
                                                           });
}

void VulkanVideoRenderer::Impl::pointDescriptors()
{
    std::array<vk::DescriptorImageInfo, textureCount> images;
    std::array<vk::WriteDescriptorSet, textureCount> writes;
    const std::array views{picture.view(), cells.view(), colormap.view()};
    for (std::uint32_t binding = 0; binding < textureCount; ++binding) {
        images[binding] = {.sampler = *sampler,
                           .imageView = views[binding],
                           .imageLayout = vk::ImageLayout::eShaderReadOnlyOptimal};
        writes[binding] = {.dstSet = *descriptors.front(),
                           .dstBinding = binding,
                           .descriptorCount = 1,
                           .descriptorType = vk::DescriptorType::eCombinedImageSampler,
                           .pImageInfo = &images[binding]};
    }
    handles.device.updateDescriptorSets(writes, nullptr);
}

void VulkanVideoRenderer::Impl::makePipeline()
{
    sampler = vk::raii::Sampler(handles.device, vk::SamplerCreateInfo{
                                                    .magFilter = vk::Filter::eNearest,
                                                    .minFilter = vk::Filter::eNearest,
                                                    .addressModeU = vk::SamplerAddressMode::eClampToEdge,
                                                    .addressModeV = vk::SamplerAddressMode::eClampToEdge,
                                                });
    std::array<vk::DescriptorSetLayoutBinding, textureCount> bindings;
    for (std::uint32_t binding = 0; binding < textureCount; ++binding)
        bindings[binding] = {.binding = binding,
                             .descriptorType = vk::DescriptorType::eCombinedImageSampler,
                             .descriptorCount = 1,
                             .stageFlags = vk::ShaderStageFlagBits::eFragment};
    setLayout = vk::raii::DescriptorSetLayout(
        handles.device,
        vk::DescriptorSetLayoutCreateInfo{.bindingCount = textureCount, .pBindings = bindings.data()});
    const vk::DescriptorSetLayout set = *setLayout;
    const vk::PushConstantRange constants{.stageFlags = vk::ShaderStageFlagBits::eFragment,
                                          .size = sizeof(Constants)};
    layout = vk::raii::PipelineLayout(handles.device, vk::PipelineLayoutCreateInfo{
                                                          .setLayoutCount = 1,
                                                          .pSetLayouts = &set,
                                                          .pushConstantRangeCount = 1,
                                                          .pPushConstantRanges = &constants,
                                                      });

    const auto vertex = shader(vertexWords);
    const auto fragment = shader(fragmentWords);
    const std::array stages{
        vk::PipelineShaderStageCreateInfo{
            .stage = vk::ShaderStageFlagBits::eVertex, .module = *vertex, .pName = "main"},
        vk::PipelineShaderStageCreateInfo{
            .stage = vk::ShaderStageFlagBits::eFragment, .module = *fragment, .pName = "main"},
    };
    const vk::PipelineVertexInputStateCreateInfo noVertices;
    const vk::PipelineInputAssemblyStateCreateInfo assembly{.topology = vk::PrimitiveTopology::eTriangleList};
    const vk::PipelineViewportStateCreateInfo viewport{.viewportCount = 1, .scissorCount = 1};
    const vk::PipelineRasterizationStateCreateInfo rasterization{.lineWidth = 1.0f};
    const vk::PipelineMultisampleStateCreateInfo multisample{.rasterizationSamples =
                                                                 vk::SampleCountFlagBits::e1};
    using Component = vk::ColorComponentFlagBits;
    const vk::PipelineColorBlendAttachmentState opaque{.colorWriteMask = Component::eR | Component::eG |
                                                                         Component::eB | Component::eA};
    const vk::PipelineColorBlendStateCreateInfo blend{.attachmentCount = 1, .pAttachments = &opaque};
    const std::array dynamicStates{vk::DynamicState::eViewport, vk::DynamicState::eScissor};
    const vk::PipelineDynamicStateCreateInfo dynamic{.dynamicStateCount =
                                                         static_cast<std::uint32_t>(dynamicStates.size()),
                                                     .pDynamicStates = dynamicStates.data()};
    pipeline = vk::raii::Pipeline(handles.device, nullptr,
                                  vk::GraphicsPipelineCreateInfo{
                                      .stageCount = static_cast<std::uint32_t>(stages.size()),
                                      .pStages = stages.data(),
                                      .pVertexInputState = &noVertices,
                                      .pInputAssemblyState = &assembly,
                                      .pViewportState = &viewport,
                                      .pRasterizationState = &rasterization,
                                      .pMultisampleState = &multisample,
                                      .pColorBlendState = &blend,
                                      .pDynamicState = &dynamic,
                                      .layout = *layout,
                                      .renderPass = swapchain.renderPass(),
                                  });
}

void VulkanVideoRenderer::Impl::fillColormap()
{
    std::byte *texel = colormap.texels().data();
    for (const QRgb color : tasColormap()) {
        for (const int value : {qRed(color), qGreen(color), qBlue(color), 255})
            *texel++ = static_cast<std::byte>(value);
    }
}

/// True: the texture is another one, which the descriptors do not know yet.
bool VulkanVideoRenderer::Impl::uploadPicture(const VideoScene &scene,
                                              const vk::raii::CommandBuffer &commands)
{
    if (!scene.picture || scene.picture == uploadedPicture)
        return false;
    const Frame &frame = *scene.picture;
    const vk::Extent2D size{static_cast<std::uint32_t>(frame.width),
                            static_cast<std::uint32_t>(frame.height)};
    const bool fresh = picture.size() != size;
    if (fresh)
        picture = Texture(handles, vk::Format::eR8G8B8A8Unorm, size, 4);
    std::byte *texel = picture.texels().data();
    for (std::size_t i = 0; i < frame.rgb.size(); i += 3) {
        *texel++ = static_cast<std::byte>(frame.rgb[i]);
        *texel++ = static_cast<std::byte>(frame.rgb[i + 1]);
        *texel++ = static_cast<std::byte>(frame.rgb[i + 2]);
        *texel++ = std::byte{255};
    }
    picture.upload(commands);
    uploadedPicture = scene.picture;
    return fresh;
}

bool VulkanVideoRenderer::Impl::uploadCells(const VideoScene &scene, const vk::raii::CommandBuffer &commands)
{
    if (scene.tas.empty())
        return false;
    std::vector<Cell> wanted(scene.tas.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        wanted[i] = {.tas = std::isnan(scene.tas[i]) ? noScore : scene.tas[i],
                     .replayed = scene.replayed[i] ? 1.0f : 0.0f,
                     .share = i < scene.share.size() && !std::isnan(scene.share[i]) ? scene.share[i] : 0.0f,
                     .drift = i < scene.drift.size() ? scene.drift[i] : 0.0f};
    const vk::Extent2D size = extentOf({scene.gridWidth, scene.gridHeight});
    const bool fresh = cells.size() != size;
    const bool same = !fresh && wanted.size() == uploadedCells.size() &&
                      std::memcmp(wanted.data(), uploadedCells.data(), wanted.size() * sizeof(Cell)) == 0;
    if (same)
        return false;
    if (fresh)
        cells = Texture(handles, vk::Format::eR32G32B32A32Sfloat, size, sizeof(Cell));
    std::memcpy(cells.texels().data(), wanted.data(), wanted.size() * sizeof(Cell));
    cells.upload(commands);
    uploadedCells = std::move(wanted);
    return fresh;
}

void VulkanVideoRenderer::Impl::upload(const VideoScene &scene, const vk::raii::CommandBuffer &commands)
{
    const bool newPicture = uploadPicture(scene, commands);
    const bool newCells = uploadCells(scene, commands);
    if (newPicture || newCells)
        pointDescriptors();
    // What was never written must not be read. After the above, which may have put new textures in the place
    // of old ones: a texture that these commands name has to live until they are done.
    for (Texture *texture : {&picture, &cells, &colormap})
        if (!texture->written())
            texture->upload(commands);
}

void VulkanVideoRenderer::Impl::paint(const VideoScene &scene, double pixelRatio,
                                      const vk::raii::CommandBuffer &commands, vk::Extent2D extent)
{
    const QSize view(static_cast<int>(extent.width), static_cast<int>(extent.height));
    const Constants constants = constantsOf(scene, geometryOf(scene, view), pixelRatio);
    commands.bindPipeline(vk::PipelineBindPoint::eGraphics, *pipeline);
    commands.bindDescriptorSets(vk::PipelineBindPoint::eGraphics, *layout, 0, *descriptors.front(), nullptr);
    commands.setViewport(0, vk::Viewport{.width = static_cast<float>(extent.width),
                                         .height = static_cast<float>(extent.height),
                                         .maxDepth = 1.0f});
    commands.setScissor(0, vk::Rect2D{.extent = extent});
    commands.pushConstants<Constants>(*layout, vk::ShaderStageFlagBits::eFragment, 0, constants);
    commands.draw(3, 1, 0, 0);
}

VulkanVideoRenderer::VulkanVideoRenderer(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{
}
VulkanVideoRenderer::~VulkanVideoRenderer() = default;

Result<std::unique_ptr<VulkanVideoRenderer>> VulkanVideoRenderer::create(std::shared_ptr<ViewDevice> device,
                                                                         std::uint64_t surface)
{
    try {
        auto impl = std::make_unique<Impl>(std::move(device),
                                           vk::SurfaceKHR(reinterpret_cast<VkSurfaceKHR>(surface)));
        return std::unique_ptr<VulkanVideoRenderer>(new VulkanVideoRenderer(std::move(impl)));
    } catch (const std::exception &exception) {
        return Error{ErrorKind::Device,
                     std::string("Vulkan cannot draw into the window: ") + exception.what()};
    }
}

Result<bool> VulkanVideoRenderer::draw(const VideoScene &scene, QSize size, double pixelRatio)
{
    try {
        const auto drawn = impl_->swapchain.draw(
            extentOf(size), [&](const vk::raii::CommandBuffer &commands) { impl_->upload(scene, commands); },
            [&](const vk::raii::CommandBuffer &commands, vk::Extent2D extent) {
                impl_->paint(scene, pixelRatio, commands, extent);
            });
        return drawn != Swapchain::Drawn::Later;
    } catch (const std::exception &exception) {
        return Error{ErrorKind::Device, std::string("Vulkan stopped drawing: ") + exception.what()};
    }
}

} // namespace fastcar::ui

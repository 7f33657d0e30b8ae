// SPDX-License-Identifier: Apache-2.0
#include "ui/video/vulkan_video.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPlatformSurfaceEvent>
#include <QVulkanInstance>
#include <QWidget>

namespace fastcar::ui {

VulkanVideo::VulkanVideo(std::shared_ptr<ViewDevice> device, QWidget *parent)
    : device_(std::move(device))
{
    setSurfaceType(QSurface::VulkanSurface);
    setVulkanInstance(device_->instance());
    container_ = QWidget::createWindowContainer(this, parent);
    container_->setFocusPolicy(Qt::NoFocus); // shortcuts belong to the main window
}

VulkanVideo::~VulkanVideo() = default;

void VulkanVideo::redraw()
{
    if (isExposed())
        requestUpdate();
}

QSize VulkanVideo::sizeInPixels() const
{
    return (QSizeF(size()) * devicePixelRatio()).toSize();
}

bool VulkanVideo::event(QEvent *event)
{
    if (takeInput(event))
        return true;
    switch (event->type()) {
    case QEvent::UpdateRequest:
        draw();
        return true;
    case QEvent::PlatformSurface:
        if (static_cast<QPlatformSurfaceEvent *>(event)->surfaceEventType() ==
            QPlatformSurfaceEvent::SurfaceAboutToBeDestroyed)
            renderer_.reset();
        break;
    default:
        break;
    }
    return QWindow::event(event);
}

void VulkanVideo::exposeEvent(QExposeEvent *)
{
    if (isExposed())
        draw();
}

void VulkanVideo::draw()
{
    if (!isExposed() || failed_)
        return;
    if (!renderer_) {
        const VkSurfaceKHR surface = QVulkanInstance::surfaceForWindow(this);
        auto made = VulkanVideoRenderer::create(device_, reinterpret_cast<std::uint64_t>(surface));
        if (!made) {
            failed_ = true;
            if (onFailure)
                onFailure(made.error());
            return;
        }
        renderer_ = std::move(made).value();
    }
    const auto drawn = renderer_->draw(scene(), sizeInPixels(), devicePixelRatio());
    if (!drawn) {
        failed_ = true;
        if (onFailure)
            onFailure(drawn.error());
    } else if (!*drawn) {
        requestUpdate(); // the device is still busy with the frame before
    }
}

void VulkanVideo::keyPressEvent(QKeyEvent *event)
{
    if (container_ && container_->window())
        QCoreApplication::sendEvent(container_->window(), event);
}

} // namespace fastcar::ui

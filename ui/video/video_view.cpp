// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_view.h"

#include "ui/video/raster_video.h"
#include "ui/video/vulkan_video.h"

#include <QEvent>
#include <QVBoxLayout>

namespace fastcar::ui {

VideoView::VideoView(std::shared_ptr<ViewDevice> device, QWidget *parent)
    : QWidget(parent)
    , device_(std::move(device))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    setMinimumSize(1, 1); // of many in a small window, too: the grid sees to the room of all
    setAccessibleName(tr("Video"));
    setAccessibleDescription(
        tr("The frame at hand, with the TAS heatmap and the replay mask of the chosen layer"));
    device_ ? useVulkan() : useRaster();
}

void VideoView::setDevice(std::shared_ptr<ViewDevice> device)
{
    if (device == device_)
        return;
    delete surface_->widget();
    device_ = std::move(device);
    device_ ? useVulkan() : useRaster();
}

void VideoView::useVulkan()
{
    auto *window = new VulkanVideo(device_, this); // the container owns it
    window->onFailure = [this](const Error &error) {
        // Not from within the window's own event.
        const QString reason = QString::fromStdString(error.message);
        QMetaObject::invokeMethod(
            this,
            [this, reason] {
                delete surface_->widget();
                device_.reset();
                useRaster();
                emit backendChanged(reason);
            },
            Qt::QueuedConnection);
    };
    adopt(window);
}

void VideoView::useRaster()
{
    adopt(new RasterVideo(this));
}

void VideoView::adopt(VideoSurface *surface)
{
    surface_ = surface;
    surface_->widget()->setObjectName(QStringLiteral("videoSurface"));
    surface_->widget()->setAccessibleName(accessibleName());
    surface_->widget()->setAccessibleDescription(accessibleDescription());
    surface_->onHover = [this](int position) { emit hovered(position); };
    surface_->onClick = [this](int position) { emit clicked(position); };
    surface_->onDoubleClick = [this] { emit doubleClicked(); };
    surface_->onWheel = [this](int steps) { emit wheeled(steps); };
    surface_->onZoom = [this](const PictureZoom &zoom) { emit zoomed(zoom); };
    layout()->addWidget(surface_->widget());
    surface_->setScene(scene_);
}

void VideoView::setScene(const VideoScene &scene)
{
    scene_ = scene;
    surface_->setScene(scene_);
}

PictureZoom VideoView::zoomedBy(int steps) const
{
    const QSizeF room = QSizeF(size()) * devicePixelRatioF();
    return surface_->geometry().zoomedAround({room.width() / 2.0, room.height() / 2.0}, steps);
}

PictureZoom VideoView::movedBy(QPointF parts) const
{
    const QSizeF room = QSizeF(size()) * devicePixelRatioF();
    return surface_->geometry().movedBy({parts.x() * room.width(), parts.y() * room.height()});
}

double VideoView::factor() const
{
    return surface_->geometry().factor();
}

QString VideoView::backend() const
{
    return device_ ? tr("Vulkan: %1").arg(QString::fromStdString(device_->name())) : tr("QPainter");
}

void VideoView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && surface_)
        surface_->setScene(scene_); // in the new theme's colours
    QWidget::changeEvent(event);
}

} // namespace fastcar::ui

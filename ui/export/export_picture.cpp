// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_picture.h"

#include "ui/video/raster_video.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

QImage enlargedImage(const Frame &frame, const PictureLook &look)
{
    return imageOf(frame)
        .scaled(frame.width * look.scale, frame.height * look.scale, Qt::IgnoreAspectRatio,
                look.smooth ? Qt::SmoothTransformation : Qt::FastTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

/// Lines of the mask and the grid grow with the picture, or they would be hairs in a large one.
double lineRatio(QSize picture)
{
    constexpr double usualHeight = 512.0;
    return std::max(1.0, std::round(picture.height() / usualHeight));
}

} // namespace

QSize exportedSize(QSize picture, const PictureLook &look)
{
    const QSize size = picture * look.scale;
    return look.overlay == PictureLook::Overlay::Beside ? QSize(2 * size.width(), size.height()) : size;
}

QImage exportedImage(const ExportMaterial &material, int frame, const PictureLook &look)
{
    const auto index = static_cast<std::size_t>(frame);
    const QImage plain = enlargedImage(*material.frames[index], look);
    if (look.overlay == PictureLook::Overlay::None)
        return plain;
    QImage covered = plain;
    QPainter over(&covered);
    paintOverlays(over, material.scenes[index], covered.size(), lineRatio(covered.size()));
    over.end();
    if (look.overlay == PictureLook::Overlay::Burned)
        return covered;
    QImage both(2 * plain.width(), plain.height(), QImage::Format_RGB32);
    QPainter painter(&both);
    painter.drawImage(0, 0, plain);
    painter.drawImage(plain.width(), 0, covered);
    return both;
}

SharedFrame exportedFrame(const ExportMaterial &material, int frame, const PictureLook &look)
{
    return frameOf(exportedImage(material, frame, look));
}

QImage imageOf(const Frame &frame)
{
    return {frame.rgb.data(), frame.width, frame.height, 3 * frame.width, QImage::Format_RGB888};
}

SharedFrame frameOf(const QImage &image)
{
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    auto frame = std::make_shared<Frame>();
    frame->width = rgb.width();
    frame->height = rgb.height();
    frame->rgb.reserve(static_cast<std::size_t>(rgb.width()) * static_cast<std::size_t>(rgb.height()) * 3);
    for (int y = 0; y < rgb.height(); ++y)
        frame->rgb.insert(frame->rgb.end(), rgb.constScanLine(y), rgb.constScanLine(y) + 3 * rgb.width());
    return frame;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_geometry.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double wholeFactorsFrom = 3.0;

/// Where a picture of `length` begins in a view of `room`: in its middle if it is shorter, else without a gap
/// at either end.
int begin(double wanted, int length, int room)
{
    if (length <= room)
        return (room - length) / 2;
    return std::clamp(static_cast<int>(std::lround(wanted)), room - length, 0);
}

/// The `wanted` beginning, moved by as little as it takes for the middle of pixel `pixel` to lie in texel
/// `texel`.
double beginUnder(double wanted, double pixel, int texel, double factor)
{
    const double middle = std::floor(pixel) + 0.5;
    const double last = std::floor(middle - factor * texel);
    const double first = std::floor(middle - factor * (texel + 1)) + 1.0;
    return std::clamp(std::round(wanted), std::min(first, last), last);
}

} // namespace

VideoGeometry::VideoGeometry(QSize view, QSize picture, QSize grid, const PictureZoom &zoom)
    : view_(view)
    , texels_(picture)
    , grid_(grid)
{
    if (view.isEmpty() || picture.isEmpty() || grid.isEmpty())
        return;
    const double factor = zoom.fits() ? fittingFactor() : zoom.factor;
    place(factor, {view.width() / 2.0 - zoom.center.x() * std::floor(picture.width() * factor),
                   view.height() / 2.0 - zoom.center.y() * std::floor(picture.height() * factor)});
}

double VideoGeometry::fittingFactor() const
{
    const double factor = std::min(static_cast<double>(view_.width()) / texels_.width(),
                                   static_cast<double>(view_.height()) / texels_.height());
    return factor >= wholeFactorsFrom ? std::floor(factor) : factor;
}

void VideoGeometry::place(double factor, QPointF topLeft)
{
    factor_ = factor;
    const QSize size(std::max(1, static_cast<int>(texels_.width() * factor)),
                     std::max(1, static_cast<int>(texels_.height() * factor)));
    picture_ = QRect(QPoint(begin(topLeft.x(), size.width(), view_.width()),
                            begin(topLeft.y(), size.height(), view_.height())),
                     size);
}

PictureZoom VideoGeometry::zoom() const
{
    return {.factor = factor_,
            .center = {(view_.width() / 2.0 - picture_.left()) / picture_.width(),
                       (view_.height() / 2.0 - picture_.top()) / picture_.height()}};
}

QRectF VideoGeometry::cell(int position) const
{
    const double width = static_cast<double>(picture_.width()) / grid_.width();
    const double height = static_cast<double>(picture_.height()) / grid_.height();
    return {picture_.left() + (position % grid_.width()) * width,
            picture_.top() + (position / grid_.width()) * height, width, height};
}

int VideoGeometry::positionAt(QPointF point) const
{
    if (empty() || !QRectF(picture_).contains(point))
        return -1;
    const double x = (point.x() - picture_.left()) / picture_.width();
    const double y = (point.y() - picture_.top()) / picture_.height();
    const int column = std::min(static_cast<int>(x * grid_.width()), grid_.width() - 1);
    const int row = std::min(static_cast<int>(y * grid_.height()), grid_.height() - 1);
    return row * grid_.width() + column;
}

QPoint VideoGeometry::texelAt(QPointF point) const
{
    if (empty())
        return {};
    const auto texel = [this](double pixel, int start, int count) {
        return std::clamp(static_cast<int>(std::floor((std::floor(pixel) + 0.5 - start) / factor_)), 0,
                          count - 1);
    };
    return {texel(point.x(), picture_.left(), texels_.width()),
            texel(point.y(), picture_.top(), texels_.height())};
}

PictureZoom VideoGeometry::zoomedAround(QPointF point, int steps) const
{
    if (empty())
        return {};
    const double factor = steppedFactor(factor_, steps);
    const double fitting = fittingFactor();
    if (steps < 0 && factor_ >= fitting && factor <= fitting)
        return {};
    const QPoint texel = texelAt(point);
    const double ratio = factor / factor_;
    VideoGeometry next = *this;
    next.place(factor,
               {beginUnder(point.x() - (point.x() - picture_.left()) * ratio, point.x(), texel.x(), factor),
                beginUnder(point.y() - (point.y() - picture_.top()) * ratio, point.y(), texel.y(), factor)});
    return next.zoom();
}

PictureZoom VideoGeometry::movedBy(QPointF pixels) const
{
    if (empty())
        return {};
    VideoGeometry next = *this;
    next.place(factor_, QPointF(picture_.topLeft()) + pixels);
    return next.zoom();
}

} // namespace fastcar::ui

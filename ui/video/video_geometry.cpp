// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_geometry.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double wholeFactorsFrom = 3.0;
} // namespace

VideoGeometry::VideoGeometry(QSize view, QSize picture, QSize grid)
    : grid_(grid)
{
    if (view.isEmpty() || picture.isEmpty() || grid.isEmpty())
        return;
    double factor = std::min(static_cast<double>(view.width()) / picture.width(),
                             static_cast<double>(view.height()) / picture.height());
    if (factor >= wholeFactorsFrom)
        factor = std::floor(factor);
    const QSize size(std::max(1, static_cast<int>(picture.width() * factor)),
                     std::max(1, static_cast<int>(picture.height() * factor)));
    picture_ = QRect(QPoint((view.width() - size.width()) / 2, (view.height() - size.height()) / 2), size);
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

} // namespace fastcar::ui

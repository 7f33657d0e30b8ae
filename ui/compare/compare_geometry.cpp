// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/compare_geometry.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double wholeFactorsFrom = 3.0; // as in the viewer: every texel of the same size
constexpr double closest = 96.0;         // view pixels of a texel

double fitOf(QSize pane, QSize picture)
{
    const double factor = std::min(static_cast<double>(pane.width()) / picture.width(),
                                   static_cast<double>(pane.height()) / picture.height());
    return factor >= wholeFactorsFrom ? std::floor(factor) : factor;
}

/// A centre by which a picture that is larger than the pane covers it, and a smaller one lies in its middle.
double centreWithin(double centre, double picture, double pane)
{
    const double half = 0.5 * pane / picture;
    return half >= 0.5 ? 0.5 : std::clamp(centre, half, 1.0 - half);
}

} // namespace

CompareGeometry::CompareGeometry(QSize view, QSize picture, int panes, const CompareZoom &zoom, int gap)
    : size_(view)
    , view_(view)
    , picture_(picture)
    , panes_(panes)
    , gap_(gap)
{
    if (view.isEmpty() || picture.isEmpty())
        return;
    if (panes_ == 2) {
        const QSize beside((view.width() - gap) / 2, view.height()),
            above(view.width(), (view.height() - gap) / 2);
        stacked_ = fitOf(above, picture) > fitOf(beside, picture);
        size_ = stacked_ ? above : beside;
        if (size_.isEmpty())
            return;
    }
    zoom_.factor = std::clamp(zoom.factor, 1.0, std::max(1.0, closest / fit()));
    texel_ = fit() * zoom_.factor;
    zoom_.centre = within({zoom_.factor, zoom.centre}).centre;
}

double CompareGeometry::fit() const
{
    return fitOf(size_, picture_);
}

QRect CompareGeometry::pane(int index) const
{
    if (index == 0)
        return {QPoint(0, 0), size_};
    // The last one ends where the view does.
    return {stacked_ ? QPoint(0, view_.height() - size_.height()) : QPoint(view_.width() - size_.width(), 0),
            size_};
}

QRectF CompareGeometry::picture(int index) const
{
    const QRectF in = paneArea(index);
    const QSizeF size(picture_.width() * texel_, picture_.height() * texel_);
    // On whole pixels: texels of one size where the factor is whole.
    const double left = std::round(in.left() + in.width() / 2.0 - zoom_.centre.x() * size.width());
    const double top = std::round(in.top() + in.height() / 2.0 - zoom_.centre.y() * size.height());
    return {QPointF(left, top), size};
}

QRectF CompareGeometry::cell(int pane, int position, QSize grid) const
{
    const QRectF all = picture(pane);
    const double width = all.width() / grid.width(), height = all.height() / grid.height();
    return {all.left() + (position % grid.width()) * width, all.top() + (position / grid.width()) * height,
            width, height};
}

int CompareGeometry::paneAt(QPointF point) const
{
    for (int index = 0; index < panes_; ++index)
        if (paneArea(index).contains(point))
            return index;
    return -1;
}

int CompareGeometry::positionAt(QPointF point, QSize grid) const
{
    const int index = paneAt(point);
    if (empty() || grid.isEmpty() || index < 0 || !picture(index).contains(point))
        return -1;
    const QRectF all = picture(index);
    const auto along = [](double share, int cells) {
        return std::clamp(static_cast<int>(share * cells), 0, cells - 1);
    };
    const int column = along((point.x() - all.left()) / all.width(), grid.width());
    const int row = along((point.y() - all.top()) / all.height(), grid.height());
    return row * grid.width() + column;
}

CompareZoom CompareGeometry::within(CompareZoom zoom) const
{
    zoom.factor = std::clamp(zoom.factor, 1.0, std::max(1.0, closest / fit()));
    const double texel = fit() * zoom.factor;
    zoom.centre = {centreWithin(zoom.centre.x(), picture_.width() * texel, size_.width()),
                   centreWithin(zoom.centre.y(), picture_.height() * texel, size_.height())};
    return zoom;
}

CompareZoom CompareGeometry::zoomedAround(QPointF point, double by) const
{
    if (empty())
        return zoom_;
    const int index = std::max(0, paneAt(point));
    const QPointF middle = paneArea(index).center();
    const QSizeF before(picture_.width() * texel_, picture_.height() * texel_);
    CompareZoom zoom = within({zoom_.factor * by, zoom_.centre});
    const double grown = zoom.factor / zoom_.factor;
    const QPointF away = point - middle;
    zoom.centre = {zoom_.centre.x() + away.x() / before.width() * (1.0 - 1.0 / grown),
                   zoom_.centre.y() + away.y() / before.height() * (1.0 - 1.0 / grown)};
    return within(zoom);
}

CompareZoom CompareGeometry::moved(QPointF delta) const
{
    if (empty())
        return zoom_;
    return within({zoom_.factor,
                   {zoom_.centre.x() - delta.x() / (picture_.width() * texel_),
                    zoom_.centre.y() - delta.y() / (picture_.height() * texel_)}});
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Where the picture and its positions lie in a view, in the view's own (device) pixels; both painters and the
// hit test go by it. The picture keeps its proportions. Where it is to fit, it is enlarged by a whole factor
// if there is room for three times or more, so that every texel has the same size; where it is zoomed, it may
// reach beyond the view.
#pragma once

#include "ui/video/picture_zoom.h"

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>

namespace fastcar::ui {

class VideoGeometry {
public:
    VideoGeometry() = default;
    VideoGeometry(QSize view, QSize picture, QSize grid, const PictureZoom &zoom = {});

    bool empty() const { return picture_.isEmpty() || grid_.isEmpty(); }
    QRect picture() const { return picture_; }
    /// Device pixels for each texel.
    double factor() const { return factor_; }
    /// A part of the picture lies outside of the view.
    bool reachesBeyond() const
    {
        return picture_.width() > view_.width() || picture_.height() > view_.height();
    }
    QRectF cell(int position) const;
    /// -1 outside of the picture.
    int positionAt(QPointF point) const;
    /// Which texel a point lies in; outside of the picture the nearest one.
    QPoint texelAt(QPointF point) const;

    /// So many steps larger (or smaller), with the texel under `point` staying there. Smaller than what fits
    /// is what fits.
    PictureZoom zoomedAround(QPointF point, int steps) const;
    /// The picture pushed by so many pixels, as far as its edges allow.
    PictureZoom movedBy(QPointF pixels) const;

private:
    double fittingFactor() const;
    void place(double factor, QPointF topLeft);
    PictureZoom zoom() const;

    QSize view_;
    QSize texels_;
    QSize grid_;
    double factor_ = 0.0;
    QRect picture_;
};

} // namespace fastcar::ui

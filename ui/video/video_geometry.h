// SPDX-License-Identifier: Apache-2.0
//
// Where the picture and its positions lie in a view, in the view's own (device) pixels; both painters and the
// hit test go by it. The picture keeps its proportions and is enlarged by a whole factor where there is room
// for three times or more, so that every texel has the same size.
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>

namespace fastcar::ui {

class VideoGeometry {
public:
    VideoGeometry() = default;
    VideoGeometry(QSize view, QSize picture, QSize grid);

    bool empty() const { return picture_.isEmpty() || grid_.isEmpty(); }
    QRect picture() const { return picture_; }
    QRectF cell(int position) const;
    /// -1 outside of the picture.
    int positionAt(QPointF point) const;

private:
    QRect picture_;
    QSize grid_;
};

} // namespace fastcar::ui

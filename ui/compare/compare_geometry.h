// SPDX-License-Identifier: Apache-2.0
//
// Where two pictures lie in a view, in the view's own (device) pixels: one pane, or two of one size beside or
// above each other, whichever leaves more room. All panes show the same part of their picture. Painter and
// hit test go by it.
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>

namespace fastcar::ui {

/// How close, and where: `factor` 1 is the whole picture, `centre` is the point of it (0 to 1 in both
/// directions) in the middle of the pane.
struct CompareZoom {
    double factor = 1.0;
    QPointF centre{0.5, 0.5};

    bool operator==(const CompareZoom &) const = default;
};

class CompareGeometry {
public:
    CompareGeometry() = default;
    CompareGeometry(QSize view, QSize picture, int panes, const CompareZoom &zoom, int gap);

    bool empty() const { return picture_.isEmpty() || size_.isEmpty(); }
    int panes() const { return panes_; }
    QRect pane(int index) const;
    /// Of the whole picture; it may reach beyond the pane.
    QRectF picture(int pane) const;
    /// The part of the picture that the pane shows.
    QRectF shown(int pane) const { return picture(pane).intersected(paneArea(pane)); }
    /// View pixels of a picture's pixel.
    double texel() const { return texel_; }

    QRectF cell(int pane, int position, QSize grid) const;
    /// -1 outside of the pictures.
    int positionAt(QPointF point, QSize grid) const;
    /// -1 outside of the panes.
    int paneAt(QPointF point) const;

    /// Closer by this factor, with the point of the picture that is at `point` staying there.
    CompareZoom zoomedAround(QPointF point, double by) const;
    /// What was at one point is now `delta` away from it.
    CompareZoom moved(QPointF delta) const;

private:
    QRectF paneArea(int index) const { return QRectF(pane(index)); }
    CompareZoom within(CompareZoom zoom) const;
    double fit() const;

    QSize size_; // of a pane
    QSize view_;
    QSize picture_;
    int panes_ = 1;
    bool stacked_ = false;
    int gap_ = 0;
    CompareZoom zoom_;
    double texel_ = 1.0;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Where things stand in the decision timeline: tokens along x, a lane for each layer and row along y. No
// painting; the view, the painter and the tests share it.
#pragma once

#include "ui/models/axis_range.h"

#include <QRectF>
#include <QSizeF>

#include <vector>

namespace fastcar::ui {

/// The part of the picture in which one layer of one row is drawn, below the header, before scrolling.
struct DecisionLane {
    int layer = 0;
    int row = 0;
    double top = 0.0;
    double height = 0.0;

    double bottom() const { return top + height; }
};

struct DecisionLayout {
    /// Of the names at the left, which larger text makes wider.
    static double labelWidth();
    static constexpr double headerHeight = 34.0; // frames, and below them positions
    static constexpr double rightEdge = 10.0;

    QSizeF size;
    int rows = 0;                    // lanes of a layer
    std::vector<DecisionLane> lanes; // layer by layer
    double contentHeight = 0.0;      // header included

    /// Where tokens are drawn: the header above it, labels left of it.
    QRectF plot() const;
    double tokensPerPixel(const AxisRange &tokens) const;
    /// Of the place where a token begins, and back.
    double xOf(const AxisRange &tokens, double token) const;
    double tokenAt(const AxisRange &tokens, double x) const;
    /// `y` below the header, scrolling taken off. In the air between two layers: the one above.
    const DecisionLane *laneAt(double y) const;
    const DecisionLane *lane(int layer, int row) const;
    /// From one layer to the next.
    double layerPitch() const;
};

/// Lanes are as high as the size allows, in whole pixels between a least and a most; what does not fit is
/// scrolled to. `rows`: the ones shown.
DecisionLayout layOut(int layers, const std::vector<int> &rows, QSizeF size);

} // namespace fastcar::ui

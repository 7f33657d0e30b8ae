// SPDX-License-Identifier: Apache-2.0
//
// What the comparison's view is to show, as one value, and how it is drawn.
#pragma once

#include "engine/media/frame.h"
#include "ui/compare/compare_geometry.h"
#include "ui/compare/difference_picture.h"

#include <QImage>
#include <QString>

#include <cstdint>
#include <vector>

class QPainter;

namespace fastcar::ui {

enum class CompareWay { SideBySide, Wipe, Difference, Flicker };

struct CompareScene {
    SharedFrame a, b; // null: that side has no picture here
    QString nameA, nameB;
    QString whyNoA, whyNoB; // what stands in a picture's place
    CompareWay way = CompareWay::SideBySide;
    double wipe = 0.5;                // share of the picture's width that is A's
    bool showsB = true;               // of the flicker
    QImage difference;                // null: there is none
    QSize grid;                       // positions; empty: nobody knows
    std::vector<std::uint8_t> marked; // [position]: to be framed; may be empty
    int selected = -1;
    int hovered = -1;

    /// Of the picture; where both sides have one they are of one size.
    QSize pictureSize() const;
    int panes() const { return way == CompareWay::SideBySide ? 2 : 1; }
};

/// Geometry of a scene in a view of `view` device pixels.
CompareGeometry geometryOf(const CompareScene &scene, QSize view, const CompareZoom &zoom, double pixelRatio);

/// Where the divider of the wipe stands, in view pixels; within the pane.
double dividerOf(const CompareScene &scene, const CompareGeometry &geometry);

/// Draws `scene` into `target`'s whole area, in device pixels.
void paintComparison(QPainter &painter, const CompareScene &scene, QSize target, const CompareZoom &zoom,
                     double pixelRatio);

} // namespace fastcar::ui

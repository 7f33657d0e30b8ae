// SPDX-License-Identifier: Apache-2.0
//
// Five stars in a row, painted and hit: in the tiles of the gallery and in the details of a run.
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace fastcar::ui {

/// Width of the row by its height.
double starRowWidth(double height);
/// `filled` of them; the others as outlines, or not at all where there is nothing to give.
void paintStarRow(QPainter &painter, QPointF topLeft, double height, int filled, QColor color, bool outlines);
/// The star at `x` from the left end of the row, 1 to 5; 0: none.
int starAt(double x, double height);

} // namespace fastcar::ui

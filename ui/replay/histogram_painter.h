// SPDX-License-Identifier: Apache-2.0
//
// The bars of a TAS histogram: what would be replayed in the colour of replay, the rest in that of compute.
// Large above the slider for all layers, small under the slider of each.
#pragma once

#include "ui/models/tas_histogram.h"

#include <QRectF>

class QPainter;

namespace fastcar::ui {

void paintHistogram(QPainter &painter, const QRectF &area, const TasHistogram &histogram);

/// Where a score stands between the left and the right end of `area`, and back. Outside of the range: at the
/// end.
double xOfTas(const QRectF &area, TasRange range, float tas);
float tasOfX(const QRectF &area, TasRange range, double x);

} // namespace fastcar::ui

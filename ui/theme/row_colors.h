// SPDX-License-Identifier: Apache-2.0
//
// The colours of rows (sequences in flight) wherever work is drawn by row. Neighbours stay apart for
// colour-blind eyes (after Okabe and Ito) and from the colours that mean replayed and chosen.
#pragma once

#include <QColor>

namespace fastcar::ui {

/// Of row 0, 1, ...; they come again after eight. Negative: work for several rows at once.
QColor rowColor(int row);
/// Black or white, whichever can be read on `ground`.
QColor readableOn(const QColor &ground);

} // namespace fastcar::ui

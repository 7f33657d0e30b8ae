// SPDX-License-Identifier: Apache-2.0
//
// Where a popup opens: below the button that opens it, and wholly on its screen; and how large a dialog may
// be.
#pragma once

class QSize;
class QWidget;

namespace fastcar::ui {

/// Gives `popup` its size, and the place below `anchor` that has an edge in common with it; above it where
/// there is no room below.
void placeBelow(QWidget &popup, const QWidget &anchor, const QSize &size);

/// `size`, or what the screen of `widget` leaves of it with a title above.
QSize withinScreen(const QWidget &widget, const QSize &size);

} // namespace fastcar::ui

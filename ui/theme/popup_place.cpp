// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/popup_place.h"

#include <QRect>
#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int gap = 2;
constexpr int titleHeight = 48; // that a desktop puts above a dialog, and what is left of the screen
} // namespace

void placeBelow(QWidget &popup, const QWidget &anchor, const QSize &size)
{
    const QRect screen = anchor.screen()->availableGeometry();
    const QRect from(anchor.mapToGlobal(QPoint(0, 0)), anchor.size());
    QRect place(QPoint(from.left(), from.bottom() + 1 + gap), size.boundedTo(screen.size()));
    if (place.right() > screen.right())
        place.moveRight(std::min(from.right(), screen.right()));
    if (place.left() < screen.left())
        place.moveLeft(screen.left());
    if (place.bottom() > screen.bottom())
        place.moveBottom(from.top() - 1 - gap);
    if (place.top() < screen.top())
        place.moveTop(screen.top());
    popup.setGeometry(place);
}

QSize withinScreen(const QWidget &widget, const QSize &size)
{
    return size.boundedTo(widget.screen()->availableSize() - QSize(0, titleHeight));
}

} // namespace fastcar::ui

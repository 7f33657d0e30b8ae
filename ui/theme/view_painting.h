// SPDX-License-Identifier: Apache-2.0
//
// What all views that draw themselves have in common: the words of one that has nothing to show yet, and the
// frame of the one that has the keyboard.
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace fastcar::ui {

/// In the middle of `view`: what is missing and, in `font`, what would fill it.
void paintEmptyWords(QPainter &painter, const QRectF &view, const QString &heading, const QString &text,
                     const QFont &font);

/// Words alone, in lines of about one length; likewise.
void paintWordsInTheMiddle(QPainter &painter, const QRectF &box, const QString &words, const QFont &font,
                           const QColor &color);

/// From the upper left corner on, in the painter's font and colour: two lines at the most; what does not fit
/// ends in an ellipsis.
void paintTwoLines(QPainter &painter, const QRectF &place, const QString &text);

/// Just inside of `view`.
void paintFocusFrame(QPainter &painter, const QRectF &view);

} // namespace fastcar::ui

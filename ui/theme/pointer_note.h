// SPDX-License-Identifier: Apache-2.0
//
// The note beside the pointer that says what it points at: part of the picture, so that it moves with the
// pointer and without a delay, as tool tips do not.
#pragma once

#include <QPointF>
#include <QSizeF>
#include <QStringList>

class QPainter;

namespace fastcar::ui {

/// Lines of text, the first of which is the heading, within a view of `size`.
void paintPointerNote(QPainter &painter, QPointF pointer, const QStringList &words, QSizeF size);

} // namespace fastcar::ui

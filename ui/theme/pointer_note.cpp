// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/pointer_note.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace fastcar::ui {

void paintPointerNote(QPainter &painter, QPointF pointer, const QStringList &words, QSizeF size)
{
    const ThemeColors &colors = themeColors();
    QFont plain;
    painter.setFont(plain);
    double width = 0.0;
    for (int i = 0; i < words.size(); ++i) {
        painter.setFont(i == 0 ? headingFont() : plain);
        width = std::max(width, static_cast<double>(painter.fontMetrics().horizontalAdvance(words[i])));
    }
    const double lineHeight = painter.fontMetrics().height() + 2.0;
    const QSizeF note(width + 20.0, lineHeight * static_cast<double>(words.size()) + 12.0);
    QPointF at = pointer + QPointF(14.0, 16.0);
    if (at.x() + note.width() > size.width() - 4.0)
        at.setX(pointer.x() - note.width() - 10.0);
    if (at.y() + note.height() > size.height() - 4.0)
        at.setY(pointer.y() - note.height() - 8.0);
    at.setX(std::max(4.0, at.x()));
    at.setY(std::max(2.0, at.y()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.border, 1.0));
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(QRectF(at, note).adjusted(0.5, 0.5, -0.5, -0.5), 5.0, 5.0);
    painter.restore();
    for (int i = 0; i < words.size(); ++i) {
        painter.setFont(i == 0 ? headingFont() : plain);
        painter.setPen(i == 0 ? colors.text : colors.muted);
        painter.drawText(QRectF(at.x() + 10.0, at.y() + 6.0 + i * lineHeight, note.width(), lineHeight),
                          Qt::AlignLeft | Qt::AlignVCenter, words[i]);
    }
}

} // namespace fastcar::ui

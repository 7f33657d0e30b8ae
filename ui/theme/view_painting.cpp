// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/view_painting.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace fastcar::ui {

void paintEmptyWords(QPainter &painter, const QRectF &view, const QString &heading, const QString &text,
                     const QFont &font)
{
    constexpr double air = 24.0, halfGap = 2.0;
    const QRectF box = view.adjusted(air, 0, -air, 0);
    const ThemeColors &colors = themeColors();
    painter.setFont(headingFont());
    painter.setPen(colors.text);
    painter.drawText(QRectF(box.left(), box.top(), box.width(), box.height() / 2.0 - halfGap),
                     Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap, heading);
    painter.setFont(font);
    painter.setPen(colors.muted);
    painter.drawText(box.adjusted(0, box.height() / 2.0 + 2.0 * halfGap, 0, 0),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text);
}

void paintFocusFrame(QPainter &painter, const QRectF &view)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(themeColors().accent, 1.0));
    painter.drawRect(view.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace fastcar::ui

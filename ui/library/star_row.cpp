// SPDX-License-Identifier: Apache-2.0
#include "ui/library/star_row.h"

#include "engine/library/run_entry.h"

#include <QPainter>
#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace fastcar::ui {

namespace {

constexpr double pitch = 1.15; // from star to star, by the height

QPolygonF starIn(QRectF square)
{
    constexpr double inner = 0.42; // of the outer radius
    const double radius = square.height() / 2.0;
    QPolygonF star;
    for (int corner = 0; corner < 10; ++corner) {
        const double angle = corner * std::numbers::pi / 5.0 - std::numbers::pi / 2.0;
        const double length = corner % 2 ? inner * radius : radius;
        star << square.center() + QPointF(std::cos(angle), std::sin(angle)) * length;
    }
    return star;
}

} // namespace

double starRowWidth(double height)
{
    return height * (1.0 + pitch * (mostStars - 1));
}

void paintStarRow(QPainter &painter, QPointF topLeft, double height, int filled, QColor color, bool outlines)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.0));
    for (int star = 0; star < (outlines ? mostStars : filled); ++star) {
        painter.setBrush(star < filled ? QBrush(color) : QBrush(Qt::NoBrush));
        const QRectF square(topLeft + QPointF(star * height * pitch, 0.0), QSizeF(height, height));
        painter.drawPolygon(starIn(square.adjusted(0.5, 0.5, -0.5, -0.5)));
    }
    painter.restore();
}

int starAt(double x, double height)
{
    const int star = static_cast<int>(std::floor(x / (height * pitch))) + 1;
    return x >= 0.0 && star <= mostStars ? star : 0;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/legend_line.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double margin = 10.0;
constexpr double barHeight = 10.0;
constexpr double swatchWidth = 14.0;
constexpr double air = 5.0; // between lines
} // namespace

LegendLine::LegendLine(QPainter *painter, int width)
    : painter_(painter)
    , metrics_(numberFont(0.82))
    , box_(margin, 0.0, width - 2.0 * margin, std::ceil(metrics_.height() + air))
    , x_(box_.left())
{
    if (painter_)
        painter_->setFont(numberFont(0.82));
}

int LegendLine::height() const
{
    return static_cast<int>((line_ + 1) * box_.height());
}

double LegendLine::swatchWith(const QString &text) const
{
    return swatchWidth + besideSwatch + width(text);
}

void LegendLine::keep(double width)
{
    if (hasRoom(width) || x_ <= box_.left())
        return;
    x_ = box_.left();
    ++line_;
}

void LegendLine::word(const QString &text, double behind)
{
    keep(width(text));
    const QString shown =
        hasRoom(width(text)) ? text : metrics_.elidedText(text, Qt::ElideRight, box_.right() - x_);
    if (painter_) {
        painter_->setPen(themeColors().muted);
        painter_->drawText(QRectF(x_, line().top(), width(shown) + 2.0, box_.height()),
                           Qt::AlignLeft | Qt::AlignVCenter, shown);
    }
    x_ += width(shown) + behind;
}

QRectF LegendLine::bar(double width)
{
    const QRectF at(x_, std::round(line().center().y() - barHeight / 2.0), width, barHeight);
    x_ += width + besideSwatch;
    return at;
}

void LegendLine::swatch(const std::function<void(const QRectF &at)> &paint, const QString &text)
{
    keep(swatchWith(text));
    const QRectF at = bar(swatchWidth);
    if (painter_) {
        paint(at);
        painter_->setPen(themeColors().border);
        painter_->setBrush(Qt::NoBrush);
        painter_->drawRect(at.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    word(text, betweenSwatches);
}

void LegendLine::swatch(const QColor &color, const QString &text)
{
    swatch([&](const QRectF &at) { painter_->fillRect(at, color); }, text);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/range_strip.h"

#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {
constexpr double narrowestWithNumber = 15.0;
constexpr double barHeight = 3.0;
} // namespace

RangeStrip::RangeStrip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::SplitHCursor);
}

void RangeStrip::setLimits(int lowest, int count)
{
    lowest_ = lowest;
    count_ = std::max(1, count);
    update();
}

void RangeStrip::setRange(ReplayRange range)
{
    range_ = range;
    update();
}

QRectF RangeStrip::cell(int number) const
{
    const double each = static_cast<double>(width()) / count_;
    const double gap = each > 6.0 ? 1.0 : 0.0;
    return {each * (number - 1), 0.0, each - gap, static_cast<double>(height())};
}

int RangeStrip::numberAt(double x) const
{
    const double each = static_cast<double>(width()) / count_;
    return std::clamp(static_cast<int>(std::floor(x / each)) + 1, 1, count_);
}

void RangeStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setFont(numberFont(0.82));
    const ThemeColors &colors = themeColors();
    for (int number = 1; number <= count_; ++number) {
        const QRectF all = cell(number);
        const QRectF body = all.adjusted(0, 0, 0, -barHeight - 1.0);
        const bool allowed = number >= lowest_ && range_.contains(number);
        painter.fillRect(body, colors.field);
        const QImage picture = pictureOf ? pictureOf(number) : QImage();
        if (!picture.isNull()) {
            // The middle of the picture, as much as there is room for.
            const double ratio = body.width() / body.height();
            const double part = std::min(1.0, ratio * picture.height() / picture.width());
            const QRectF source((1.0 - part) / 2.0 * picture.width(), 0, part * picture.width(),
                                part / ratio * picture.width());
            painter.setOpacity(isEnabled() && allowed ? 1.0 : 0.35);
            painter.drawImage(body, picture, source);
            painter.setOpacity(1.0);
        } else if (all.width() >= narrowestWithNumber) {
            painter.setPen(isEnabled() && allowed ? colors.text : colors.disabled);
            painter.drawText(body, Qt::AlignCenter, QString::number(number));
        }
        painter.fillRect(QRectF(all.left(), all.bottom() - barHeight, all.width(), barHeight),
                         isEnabled() && allowed ? colors.replay : colors.trough);
    }
}

void RangeStrip::pick(double x)
{
    const int number = std::max(lowest_, numberAt(x));
    int first = std::max(range_.first, lowest_);
    int lastOne = last();
    if (dragsFirst_)
        first = std::min(number, lastOne);
    else
        lastOne = std::max(number, first);
    emit rangePicked({.first = first <= lowest_ ? 1 : first, .last = lastOne >= count_ ? 0 : lastOne});
}

void RangeStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const int number = numberAt(event->position().x());
    const int first = std::max(range_.first, lowest_);
    dragsFirst_ = std::abs(number - first) < std::abs(number - last()) || number < first;
    pick(event->position().x());
}

void RangeStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        pick(event->position().x());
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/tas_legend.h"

#include "ui/theme/colormap.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

int nameWidth()
{
    return atTextSize(28);
}

int endWidth()
{
    return atTextSize(40);
}

constexpr double mapHeight = 10.0;

QString figure(float value)
{
    return QString::number(static_cast<double>(value), 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace

TasLegend::TasLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // it gives way where the window is narrow
    setAccessibleName(tr("Legend of the heatmap"));
    setToolTip(
        tr("<p><b>TAS of the layer</b>, a number without unit: the mean over heads of q·k / √d with the "
           "key of the same position one frame earlier. High: the token attends to where it "
           "was.</p><p>The colours span the scores that the layer has shown in this run, but for the "
           "outermost 2 % at either end. The triangle is the layer's threshold; what lies to its right "
           "is replayed.</p>"));
}

QSize TasLegend::sizeHint() const
{
    return {atTextSize(108) + 100, atTextSize(26)};
}

void TasLegend::setRange(std::optional<TasRange> range)
{
    if (range == range_)
        return;
    range_ = range;
    setAccessibleDescription(range ? tr("TAS from %1 to %2").arg(figure(range->low), figure(range->high))
                                   : QString());
    update();
}

void TasLegend::setThreshold(std::optional<float> threshold)
{
    if (threshold == threshold_)
        return;
    threshold_ = threshold;
    update();
}

void TasLegend::setPointed(std::optional<float> tas)
{
    if (tas == pointed_)
        return;
    pointed_ = tas;
    update();
}

void TasLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    const QRectF all(rect());
    const double middle = all.center().y();
    painter.setPen(colors.muted);
    if (!range_) {
        painter.drawText(all, Qt::AlignRight | Qt::AlignVCenter, tr("TAS: from frame 2 on"));
        return;
    }
    painter.drawText(QRectF(0, 0, nameWidth(), all.height()), Qt::AlignLeft | Qt::AlignVCenter, tr("TAS"));
    const QRectF map(nameWidth() + endWidth(), middle - mapHeight / 2.0,
                     all.width() - nameWidth() - 2 * endWidth(), mapHeight);
    painter.setFont(numberFont(0.9));
    painter.drawText(QRectF(nameWidth(), 0, endWidth() - 6, all.height()), Qt::AlignRight | Qt::AlignVCenter,
                     figure(range_->low));
    painter.drawText(QRectF(map.right() + 6, 0, endWidth() - 6, all.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, figure(range_->high));
    const auto &map256 = tasColormap();
    for (int x = 0; x < static_cast<int>(map.width()); ++x) {
        const auto i = static_cast<std::size_t>(255.0 * x / std::max(1.0, map.width() - 1.0));
        painter.fillRect(QRectF(map.left() + x, map.top(), 1.0, map.height()), QColor::fromRgb(map256[i]));
    }
    const auto xOf = [&](float tas) {
        const float t = (tas - range_->low) / std::max(range_->high - range_->low, 1e-6f);
        return map.left() + static_cast<double>(std::clamp(t, 0.0f, 1.0f)) * map.width();
    };
    painter.setRenderHint(QPainter::Antialiasing);
    if (threshold_ && std::isfinite(*threshold_)) {
        const double x = xOf(*threshold_);
        QPainterPath triangle(QPointF(x, map.bottom() + 1.0));
        triangle.lineTo(x - 4.5, map.bottom() + 8.0);
        triangle.lineTo(x + 4.5, map.bottom() + 8.0);
        triangle.closeSubpath();
        painter.fillPath(triangle, colors.replay);
    }
    if (pointed_) {
        const double x = xOf(*pointed_);
        painter.fillRect(QRectF(x - 1.5, map.top() - 4.0, 3.0, map.height() + 8.0), colors.text);
        painter.fillRect(QRectF(x - 0.5, map.top() - 4.0, 1.0, map.height() + 8.0), colors.panel);
    }
}

} // namespace fastcar::ui

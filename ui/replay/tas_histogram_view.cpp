// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/tas_histogram_view.h"

#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int scaleHeight = 18;

QString tick(float value)
{
    return QString::number(static_cast<double>(value), 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace

TasHistogramView::TasHistogramView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::SplitHCursor);
    histogram_ = {.range = {-1.0f, 1.0f}, .replayed = {}, .computed = {}};
}

void TasHistogramView::setHistogram(const TasHistogram &histogram)
{
    histogram_ = histogram;
    update();
}

void TasHistogramView::setThreshold(std::optional<float> threshold)
{
    threshold_ = threshold;
    update();
}

QRectF TasHistogramView::plot() const
{
    return QRectF(rect()).adjusted(inset, 4, -inset, -scaleHeight);
}

double TasHistogramView::xOf(float tas) const
{
    const QRectF area = plot();
    const TasRange range = histogram_.range;
    const double t = static_cast<double>((tas - range.low) / std::max(range.high - range.low, 1e-6f));
    return area.left() + std::clamp(t, 0.0, 1.0) * area.width();
}

void TasHistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    painter.fillRect(QRectF(rect()).adjusted(0, 0, 0, -scaleHeight), colors.field);
    if (histogram_.scores > 0) {
        paintBars(painter);
    } else {
        painter.setPen(colors.muted);
        painter.drawText(plot(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The scores of a run appear here\nfrom its second frame on"));
    }
    if (threshold_ && std::isfinite(*threshold_)) {
        const double x = xOf(*threshold_);
        painter.setPen(QPen(colors.text, 1.5));
        painter.drawLine(QPointF(x, 0), QPointF(x, plot().bottom()));
    }
    paintScale(painter);
}

void TasHistogramView::paintBars(QPainter &painter) const
{
    const ThemeColors &colors = themeColors();
    const QRectF area = plot();
    const auto count = histogram_.replayed.size();
    const double width = area.width() / static_cast<double>(count);
    // The root keeps the tails in sight beside a tall middle.
    const double scale = area.height() / std::sqrt(static_cast<double>(std::max(1, histogram_.highest())));
    for (std::size_t bin = 0; bin < count; ++bin) {
        const int all = histogram_.replayed[bin] + histogram_.computed[bin];
        if (all == 0)
            continue;
        const double height = std::max(1.0, std::sqrt(static_cast<double>(all)) * scale);
        const double replayed = height * histogram_.replayed[bin] / all;
        const double x = area.left() + width * static_cast<double>(bin);
        const double gap = width > 3.0 ? 1.0 : 0.0;
        painter.fillRect(QRectF(x, area.bottom() - height, width - gap, height - replayed), colors.compute);
        painter.fillRect(QRectF(x, area.bottom() - replayed, width - gap, replayed), colors.replay);
    }
}

void TasHistogramView::paintScale(QPainter &painter) const
{
    const QRectF area = plot();
    painter.setPen(themeColors().muted);
    painter.setFont(numberFont(0.85));
    const QRectF line(0, area.bottom() + 3, width(), scaleHeight - 3);
    const TasRange range = histogram_.range;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, tick(range.low));
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignVCenter, tick((range.low + range.high) / 2.0f));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, tick(range.high));
}

void TasHistogramView::pick(double x)
{
    const QRectF area = plot();
    const double t = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    const TasRange range = histogram_.range;
    emit thresholdPicked(range.low + static_cast<float>(t) * (range.high - range.low));
}

void TasHistogramView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        pick(event->position().x());
}

void TasHistogramView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        pick(event->position().x());
}

} // namespace fastcar::ui

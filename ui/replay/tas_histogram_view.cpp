// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/tas_histogram_view.h"

#include "ui/replay/histogram_painter.h"
#include "ui/theme/theme.h"
#include "ui/theme/view_painting.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace fastcar::ui {

namespace {

int scaleHeight()
{
    return atTextSize(18);
}

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
}

QSize TasHistogramView::sizeHint() const
{
    return {260, 64 + scaleHeight()};
}

QSize TasHistogramView::minimumSizeHint() const
{
    return {160, 54 + scaleHeight()};
}

void TasHistogramView::setHistogram(const TasHistogram &histogram)
{
    histogram_ = histogram;
    update();
}

void TasHistogramView::setThreshold(std::optional<float> threshold)
{
    if (threshold == threshold_)
        return;
    threshold_ = threshold;
    update();
}

QRectF TasHistogramView::plot() const
{
    return QRectF(rect()).adjusted(inset, 4, -inset, -scaleHeight());
}

void TasHistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    painter.fillRect(QRectF(rect()).adjusted(0, 0, 0, -scaleHeight()), colors.field);
    if (histogram_.scores > 0) {
        paintHistogram(painter, plot(), histogram_);
        paintThreshold(painter);
    } else {
        paintMessage(painter);
    }
    paintScale(painter);
}

void TasHistogramView::paintThreshold(QPainter &painter) const
{
    if (!threshold_ || !std::isfinite(*threshold_))
        return;
    const double x = xOfTas(plot(), histogram_.range, *threshold_);
    painter.setPen(QPen(themeColors().text, 1.5));
    painter.drawLine(QPointF(x, 0), QPointF(x, plot().bottom()));
}

void TasHistogramView::paintMessage(QPainter &painter) const
{
    paintWordsInTheMiddle(painter, plot(), tr("The scores of a run appear here from its second frame on"),
                          font(), themeColors().muted);
}

void TasHistogramView::paintScale(QPainter &painter) const
{
    const QRectF area = plot();
    painter.setPen(themeColors().muted);
    painter.setFont(numberFont(0.85));
    const QRectF line(0, area.bottom() + 3, width(), scaleHeight() - 3);
    const TasRange range = histogram_.range;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, tick(range.low));
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignVCenter, tick((range.low + range.high) / 2.0f));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, tick(range.high));
}

void TasHistogramView::pick(double x)
{
    emit thresholdPicked(tasOfX(plot(), histogram_.range, x));
}

void TasHistogramView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    emit dragged(true);
    pick(event->position().x());
}

void TasHistogramView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        pick(event->position().x());
}

void TasHistogramView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        emit dragged(false);
}

} // namespace fastcar::ui

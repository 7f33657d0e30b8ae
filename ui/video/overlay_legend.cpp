// SPDX-License-Identifier: Apache-2.0
#include "ui/video/overlay_legend.h"

#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>

#include <utility>

namespace fastcar::ui {

namespace {

constexpr int lineHeight = 20;
constexpr int levels = 5; // from none to all
constexpr double cellSize = 13.0;
constexpr double rampWidth = 96.0;
constexpr double rampHeight = 10.0;
constexpr double space = 7.0;
constexpr double between = 26.0; // the two parts

QColor over(QColor color, double opacity)
{
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

/// Text from `left` on; where it ends.
double write(QPainter &painter, double left, const QFont &font, const QString &text)
{
    painter.setFont(font);
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    painter.setPen(themeColors().muted);
    painter.drawText(QRectF(left, 0.0, width + 1.0, lineHeight), Qt::AlignLeft | Qt::AlignVCenter, text);
    return left + width + space;
}

} // namespace

OverlayLegend::OverlayLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend of layers replayed and drift"));
    setToolTip(
        tr("<p><b>Layers replayed</b>: how many of the layers replayed their MLP at a position, as a "
           "level that rises in its cell.</p><p><b>Drift</b>: the mean distance of a position's pixels "
           "from those of the same run without replay, in levels of 255. Full colour from %1 on.</p>")
            .arg(static_cast<int>(DenseReference::fullLevels)));
    hide();
}

void OverlayLegend::setOverlays(const VideoOverlays &overlays, bool hasDrift, int layers)
{
    if (overlays == overlays_ && hasDrift == hasDrift_ && layers == layers_)
        return;
    overlays_ = overlays;
    hasDrift_ = hasDrift;
    layers_ = layers;
    setAccessibleDescription(told());
    setVisible(overlays_.share || (overlays_.drift && hasDrift_));
    arrange();
    updateGeometry();
    update();
}

QString OverlayLegend::told() const
{
    QStringList parts;
    if (overlays_.share)
        parts += tr("Layers replayed: from none to all %1").arg(layers_);
    if (overlays_.drift && hasDrift_)
        parts += tr("Drift: from 0 to %1 levels of 255").arg(static_cast<int>(DenseReference::fullLevels));
    return parts.join(QStringLiteral(". "));
}

QSize OverlayLegend::sizeHint() const
{
    return {520, lines_ * lineHeight};
}

QSize OverlayLegend::minimumSizeHint() const
{
    return {200, lines_ * lineHeight};
}

/// The drift stands below the layers where there is no room beside them.
void OverlayLegend::arrange()
{
    QImage nowhere(1, 1, QImage::Format_RGB32);
    QPainter painter(&nowhere);
    const bool both = overlays_.share && overlays_.drift && hasDrift_;
    const int lines = both && paintDrift(painter, paintShare(painter, 0.0)) > width() ? 2 : 1;
    if (lines == std::exchange(lines_, lines))
        return;
    updateGeometry();
    update();
}

void OverlayLegend::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

double OverlayLegend::paintShare(QPainter &painter, double left) const
{
    const ThemeColors &colors = themeColors();
    double x = write(painter, left, font(), tr("Layers replayed"));
    x = write(painter, x, numberFont(0.9), QStringLiteral("0"));
    for (int level = 0; level < levels; ++level) {
        const QRectF cell(std::round(x), std::round((lineHeight - cellSize) / 2.0), cellSize, cellSize);
        const double filled = std::round(cellSize * level / (levels - 1));
        painter.fillRect(cell, colors.canvas);
        painter.fillRect(QRectF(cell.left(), cell.bottom() - filled, cellSize, filled),
                         over(colors.replay, static_cast<double>(overlays_.shareOpacity)));
        painter.setPen(colors.border);
        painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5));
        x += cellSize + 3.0;
    }
    return write(painter, x + space - 3.0, numberFont(0.9), QString::number(layers_)) + between - space;
}

double OverlayLegend::paintDrift(QPainter &painter, double left) const
{
    const ThemeColors &colors = themeColors();
    double x = write(painter, left, font(), tr("Drift"));
    x = write(painter, x, numberFont(0.9), QStringLiteral("0"));
    const QRectF ramp(std::round(x), (lineHeight - rampHeight) / 2.0, rampWidth, rampHeight);
    QLinearGradient tint(ramp.topLeft(), ramp.topRight());
    tint.setColorAt(0.0, over(colors.danger, 0.0));
    tint.setColorAt(1.0, over(colors.danger, static_cast<double>(overlays_.driftOpacity)));
    painter.fillRect(ramp, colors.canvas);
    painter.fillRect(ramp, tint);
    painter.setPen(colors.border);
    painter.drawRect(ramp.adjusted(0.5, 0.5, -0.5, -0.5));
    return write(painter, ramp.right() + space, numberFont(0.9),
                 tr("%1+ levels of 255").arg(static_cast<int>(DenseReference::fullLevels)));
}

void OverlayLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    double left = 0.0;
    if (overlays_.share)
        left = paintShare(painter, left);
    if (lines_ > 1) {
        left = 0.0;
        painter.translate(0.0, lineHeight);
    }
    if (overlays_.drift && hasDrift_)
        paintDrift(painter, left);
}

} // namespace fastcar::ui

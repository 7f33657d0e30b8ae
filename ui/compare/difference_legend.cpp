// SPDX-License-Identifier: Apache-2.0
#include "ui/compare/difference_legend.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr double mapHeight = 10.0;
constexpr int mapWidth = 60;

int endWidth()
{
    return atTextSize(40);
}

int unitWidth()
{
    return atTextSize(48);
}

/// The level at the map's end. From there on all colours are the same.
QString endText(const DifferenceLook &look, bool negative)
{
    const QString level = QString::number(255.0 / look.gain, 'g', 3);
    if (!look.isSigned)
        return negative ? QStringLiteral("0") : level;
    return (negative ? QString(QChar(0x2212)) : QStringLiteral("+")) + level;
}

} // namespace

DifferenceLegend::DifferenceLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("differenceLegend"));
    setAccessibleName(tr("Legend of the difference"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(
        tr("<p>The difference of a pixel in levels of 0 to 255, the mean of its three channels. Absolute: of "
           "|B − A|. Signed: orange where B is lighter, blue where it is darker.</p>"));
    setLook({});
}

QSize DifferenceLegend::sizeHint() const
{
    return {mapWidth + 2 * endWidth() + unitWidth(), atTextSize(26)};
}

void DifferenceLegend::setLook(const DifferenceLook &look)
{
    look_ = look;
    setAccessibleDescription(
        tr("Difference from %1 to %2 of 255").arg(endText(look, true), endText(look, false)));
    update();
}

void DifferenceLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF all(rect());
    painter.setPen(themeColors().muted);
    painter.setFont(numberFont(0.88));
    painter.drawText(QRectF(0, 0, endWidth() - 6, all.height()), Qt::AlignRight | Qt::AlignVCenter,
                     endText(look_, true));
    const double right = endWidth() + unitWidth();
    painter.drawText(QRectF(all.width() - right + 6, 0, right - 6, all.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("%1 levels").arg(endText(look_, false)));
    const QRectF map(endWidth(), all.center().y() - mapHeight / 2.0,
                     std::max(1.0, all.width() - endWidth() - right), mapHeight);
    const double most = 255.0 / look_.gain;
    for (int x = 0; x < static_cast<int>(map.width()); ++x) {
        const double t = x / std::max(1.0, map.width() - 1.0);
        const double difference = look_.isSigned ? (2.0 * t - 1.0) * most : t * most;
        painter.fillRect(QRectF(map.left() + x, map.top(), 1.0, map.height()),
                         QColor::fromRgb(differenceColor(difference, look_)));
    }
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/ratio_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace fastcar::ui {

namespace {
constexpr int nameWidth = 78;
constexpr int figureWidth = 62;
constexpr double barHeight = 8.0;
} // namespace

RatioBar::RatioBar(const QString &name, QWidget *parent)
    : QWidget(parent)
    , name_(name)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
}

void RatioBar::setRatio(std::optional<double> ratio)
{
    if (ratio == ratio_)
        return;
    ratio_ = ratio;
    setAccessibleDescription(text());
    update();
}

void RatioBar::setCeiling(std::optional<double> ceiling)
{
    ceiling_ = ceiling;
    update();
}

QString RatioBar::text() const
{
    return ratio_ ? tr("%1 %").arg(100.0 * *ratio_, 0, 'f', 1) : QStringLiteral("–");
}

void RatioBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors &colors = themeColors();
    const QRectF all(rect());
    painter.setPen(colors.muted);
    painter.drawText(all, Qt::AlignLeft | Qt::AlignVCenter, name_);

    const QRectF bar(nameWidth, (all.height() - barHeight) / 2.0, all.width() - nameWidth - figureWidth,
                     barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.trough);
    painter.drawRoundedRect(bar, 3, 3);
    if (ratio_) {
        QRectF filled = bar;
        filled.setWidth(bar.width() * std::clamp(*ratio_, 0.0, 1.0));
        painter.setBrush(colors.replay);
        painter.drawRoundedRect(filled, 3, 3);
    }
    if (ceiling_) {
        const double x = bar.left() + bar.width() * *ceiling_;
        painter.fillRect(QRectF(x - 1.0, bar.top() - 3.0, 2.0, bar.height() + 6.0), colors.text);
    }

    painter.setPen(ratio_ ? colors.text : colors.disabled);
    painter.setFont(numberFont());
    painter.drawText(all, Qt::AlignRight | Qt::AlignVCenter, text());
}

} // namespace fastcar::ui

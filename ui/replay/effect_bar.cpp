// SPDX-License-Identifier: Apache-2.0
#include "ui/replay/effect_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace fastcar::ui {

namespace {

constexpr double barHeight = 8.0;
constexpr double narrowestBar = 12.0;

int nameWidth()
{
    return atTextSize(74);
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? QStringLiteral("–") : text;
}

} // namespace

EffectBar::EffectBar(const QString &name, QWidget *parent)
    : QWidget(parent)
    , name_(name)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
}

int EffectBar::figureWidth()
{
    return atTextSize(58);
}

QSize EffectBar::sizeHint() const
{
    return {240, atTextSize(20)};
}

void EffectBar::setFigures(const Figure &predicted, const Figure &happened)
{
    if (predicted == predicted_ && happened == happened_)
        return;
    predicted_ = predicted;
    happened_ = happened;
    setAccessibleDescription(
        tr("predicted %1, happened %2").arg(orDash(predicted.text), orDash(happened.text)));
    update();
}

void EffectBar::setCeiling(std::optional<double> ceiling)
{
    ceiling_ = ceiling;
    update();
}

void EffectBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors &colors = themeColors();
    const QRectF all(rect());
    painter.setPen(colors.muted);
    painter.drawText(all, Qt::AlignLeft | Qt::AlignVCenter, name_);

    const QRectF bar(nameWidth(), (all.height() - barHeight) / 2.0,
                     all.width() - nameWidth() - 2.0 * figureWidth() - 4.0, barHeight);
    if (bar.width() >= narrowestBar) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.trough);
        painter.drawRoundedRect(bar, 3, 3);
        const auto xOf = [&](double share) { return bar.left() + bar.width() * std::clamp(share, 0.0, 1.0); };
        if (happened_.share) {
            QRectF filled = bar;
            filled.setRight(xOf(*happened_.share));
            painter.setBrush(colors.replay);
            painter.drawRoundedRect(filled, 3, 3);
        }
        if (ceiling_)
            painter.fillRect(QRectF(xOf(*ceiling_) - 0.5, bar.top(), 1.0, bar.height()), colors.muted);
        if (predicted_.share)
            painter.fillRect(QRectF(xOf(*predicted_.share) - 1.0, bar.top() - 3.0, 2.0, bar.height() + 6.0),
                             colors.text);
    }
    painter.setFont(numberFont(0.92));
    painter.setPen(predicted_.text.isEmpty() ? colors.disabled : colors.text);
    painter.drawText(all.adjusted(0, 0, -figureWidth(), 0), Qt::AlignRight | Qt::AlignVCenter,
                     orDash(predicted_.text));
    painter.setPen(happened_.text.isEmpty() ? colors.disabled : colors.muted);
    painter.drawText(all, Qt::AlignRight | Qt::AlignVCenter, orDash(happened_.text));
}

} // namespace fastcar::ui

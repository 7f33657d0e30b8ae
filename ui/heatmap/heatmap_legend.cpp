// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_legend.h"

#include "ui/heatmap/heatmap_image.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr double legendMargin = 10.0;
constexpr double mapWidth = 150.0, shareMapWidth = 100.0; // beside which more is named
constexpr double barHeight = 10.0;
constexpr double swatchWidth = 14.0;
constexpr double besideSwatch = 5.0;
constexpr double betweenSwatches = 12.0;

QString figure(float value, bool share)
{
    const double shown = static_cast<double>(share ? 100.0f * value : value);
    QString text = QString::number(shown, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
    return share ? HeatmapLegend::tr("%1 %").arg(text) : text;
}

/// Writes and draws from left to right.
class Line {
public:
    Line(QPainter &painter, const QRectF &box)
        : painter_(painter)
        , box_(box)
        , x_(box.left())
    {
    }

    void word(const QString &text, double air = 6.0)
    {
        const double width = painter_.fontMetrics().horizontalAdvance(text);
        painter_.setPen(themeColors().muted);
        painter_.drawText(QRectF(x_, box_.top(), width + 2.0, box_.height()),
                          Qt::AlignLeft | Qt::AlignVCenter, text);
        x_ += width + air;
    }
    QRectF bar(double width)
    {
        const QRectF at(x_, std::round(box_.center().y() - barHeight / 2.0), width, barHeight);
        x_ += width + besideSwatch;
        return at;
    }
    void swatch(QRgb color, const QString &text)
    {
        const QRectF at = bar(swatchWidth);
        painter_.fillRect(at, QColor::fromRgb(color));
        outline(at);
        word(text, betweenSwatches);
    }
    void none(const QString &text)
    {
        const QRectF at = bar(swatchWidth);
        QImage image(static_cast<int>(swatchWidth), static_cast<int>(barHeight), QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                image.setPixel(x, y, hatched(x, y, 1.0));
        painter_.drawImage(at, image);
        outline(at);
        word(text, betweenSwatches);
    }
    bool hasRoom(double width) const { return x_ + width < box_.right(); }
    double width(const QString &text) const { return painter_.fontMetrics().horizontalAdvance(text); }
    double swatchWith(const QString &text) const { return swatchWidth + besideSwatch + width(text); }

private:
    /// Some colours are hardly others than the panel's.
    void outline(const QRectF &at)
    {
        painter_.setPen(themeColors().border);
        painter_.setBrush(Qt::NoBrush);
        painter_.drawRect(at.adjusted(0.5, 0.5, -0.5, -0.5));
    }

    QPainter &painter_;
    QRectF box_;
    double x_ = 0.0;
};

void paintTriangle(QPainter &painter, QPointF tip, const QColor &color)
{
    QPainterPath triangle(tip);
    triangle.lineTo(tip.x() - 4.0, tip.y() + 6.0);
    triangle.lineTo(tip.x() + 4.0, tip.y() + 6.0);
    triangle.closeSubpath();
    painter.fillPath(triangle, color);
}

void paintDecisions(Line &line, bool difference)
{
    const auto swatch = [&](DecisionCell cell, const QString &text) {
        line.swatch(decisionColor(cell, difference), text);
    };
    if (!difference) {
        swatch(DecisionCell::Computed, HeatmapLegend::tr("computed"));
        swatch(DecisionCell::Replayed, HeatmapLegend::tr("replayed"));
        return;
    }
    const QString computed = HeatmapLegend::tr("both computed"),
                  replayed = HeatmapLegend::tr("both replayed");
    // Replayed, that is; in as few words as a narrow panel has room for.
    QString first = HeatmapLegend::tr("conditional alone"), second = HeatmapLegend::tr("unconditional alone");
    double needed = 3.0 * betweenSwatches;
    for (const QString &text : {computed, replayed, first, second})
        needed += line.swatchWith(text);
    if (!line.hasRoom(needed)) {
        first = HeatmapLegend::tr("cond. alone");
        second = HeatmapLegend::tr("uncond. alone");
    }
    swatch(DecisionCell::Computed, computed);
    swatch(DecisionCell::Replayed, replayed);
    swatch(DecisionCell::OnlyFirst, first);
    swatch(DecisionCell::OnlySecond, second);
}

void paintChains(Line &line, int longest)
{
    line.swatch(decisionColors().computed, HeatmapLegend::tr("computed"));
    line.word(HeatmapLegend::tr("frames on end"));
    for (int chain = 1; chain <= longest; chain *= 2)
        line.swatch(decisionColors().replayed(chain, longest), QString::number(chain));
}

} // namespace

HeatmapLegend::HeatmapLegend(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Legend of the heatmap"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(
        tr("<p>The colours span what the run has shown so far, but for the outermost 2 % of its scores "
           "at either end. The triangle is the threshold of the chosen layer: what lies to its right is "
           "replayed.</p><p><b>No score</b>: the token has no earlier frame to be compared with, so it has "
           "none; frame 1 is always computed. <b>Not eligible</b>: it could not have been "
           "replayed. <b>No step</b>: the last token ends the clip, and no step reads it.</p>"));
}

void HeatmapLegend::show(const Shown &shown)
{
    if (shown == shown_)
        return;
    shown_ = shown;
    setAccessibleDescription(describe());
    update();
}

void HeatmapLegend::setTold(std::optional<float> value)
{
    if (value == told_)
        return;
    told_ = value;
    update();
}

QString HeatmapLegend::describe() const
{
    if (shown_.empty || !shown_.colors.range)
        return {};
    const bool share = shown_.colors.choice.value == HeatmapValue::LayersReplayed;
    if (shown_.colors.choice.value == HeatmapValue::Drift)
        return tr("Drift from 0 to %1 levels of 255").arg(static_cast<int>(shown_.colors.range->high));
    QString text = tr("%1 from %2 to %3")
                       .arg(valueName(shown_.colors.choice.value), figure(shown_.colors.range->low, share),
                            figure(shown_.colors.range->high, share));
    if (shown_.threshold)
        text += tr(", threshold of layer %1: %2").arg(shown_.layer + 1).arg(figure(*shown_.threshold, false));
    return text;
}

void HeatmapLegend::paintEvent(QPaintEvent *)
{
    if (shown_.empty)
        return;
    QPainter painter(this);
    painter.setFont(numberFont(0.82));
    const ThemeColors &colors = themeColors();
    const HeatmapChoice &choice = shown_.colors.choice;
    Line line(painter, QRectF(rect()).adjusted(legendMargin, 0, -legendMargin, 0));
    if (choice.value == HeatmapValue::Decision) {
        paintDecisions(line, choice.difference);
    } else if (choice.value == HeatmapValue::Chain && !choice.difference) {
        paintChains(line, shown_.colors.longestChain);
    } else if (!shown_.colors.range) {
        line.word(tr("TAS: from frame 2 on"), 14.0);
    } else {
        const bool share = choice.value == HeatmapValue::LayersReplayed;
        line.word(choice.difference ? tr("%1, conditional less unconditional").arg(valueName(choice.value))
                                    : valueName(choice.value));
        line.word(figure(shown_.colors.range->low, share));
        const QRectF map = line.bar(share ? shareMapWidth : mapWidth);
        for (int x = 0; x < static_cast<int>(map.width()); ++x)
            painter.fillRect(QRectF(map.left() + x, map.top(), 1.0, map.height()),
                             QColor::fromRgb(shown_.colors.onMap(x / (map.width() - 1.0))));
        line.word(choice.value == HeatmapValue::Drift
                      ? tr("%1+ levels of 255").arg(static_cast<int>(shown_.colors.range->high))
                      : figure(shown_.colors.range->high, share),
                  14.0);
        const auto xOf = [&](float value) {
            return map.left() + std::clamp(shown_.colors.shareOf(value), 0.0, 1.0) * map.width();
        };
        painter.setRenderHint(QPainter::Antialiasing);
        if (shown_.threshold && std::isfinite(*shown_.threshold)) {
            paintTriangle(painter, {xOf(*shown_.threshold), map.bottom()}, colors.replay);
            line.word(tr("τ %1 of layer %2").arg(figure(*shown_.threshold, false)).arg(shown_.layer + 1),
                      14.0);
        }
        if (told_) {
            const double x = xOf(*told_);
            painter.fillRect(QRectF(x - 1.5, map.top() - 3.0, 3.0, map.height() + 6.0), colors.text);
            painter.fillRect(QRectF(x - 0.5, map.top() - 3.0, 1.0, map.height() + 6.0), colors.panel);
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    if (choice.value == HeatmapValue::LayersReplayed && !choice.difference) // apart from the least share
        line.swatch(decisionColors().computed, tr("computed"));
    const QString none = choice.value == HeatmapValue::Tas ? tr("no score") : tr("not eligible");
    if (!line.hasRoom(line.swatchWith(none)))
        return;
    if (choice.value == HeatmapValue::Tas)
        line.none(none);
    else if (choice.value != HeatmapValue::Drift) // every position has one
        line.swatch(decisionColors().notEligible, none);
    const QString missing = shown_.missing == Missing::ToCome ? tr("to come") : tr("not made");
    if (shown_.missing != Missing::Nothing && line.hasRoom(line.swatchWith(missing)))
        line.swatch(decisionColors().ground, missing);
    const bool ofSteps = choice.value != HeatmapValue::Tas && choice.value != HeatmapValue::Drift;
    if (ofSteps && line.hasRoom(line.swatchWith(tr("no step"))))
        line.none(tr("no step"));
}

} // namespace fastcar::ui

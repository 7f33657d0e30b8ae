// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/heatmap_legend.h"

#include "ui/heatmap/heatmap_image.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/legend_line.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int legendUsual = 400, legendNarrowest = 160;
constexpr double mapWidth = 150.0, shareMapWidth = 100.0; // beside which more is named
constexpr double besideNumber = 6.0;

QString figure(float value, bool share)
{
    const double shown = static_cast<double>(share ? 100.0f * value : value);
    QString text = QString::number(shown, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
    return share ? HeatmapLegend::tr("%1 %").arg(text) : text;
}

void paintHatch(QPainter &painter, const QRectF &at)
{
    QImage image(static_cast<int>(at.width()), static_cast<int>(at.height()), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, hatched(x, y, 1.0));
    painter.drawImage(at, image);
}

void writeHatch(LegendLine &line, const QString &name)
{
    line.swatch([&](const QRectF &at) { paintHatch(*line.painter(), at); }, name);
}

void paintTriangle(QPainter &painter, QPointF tip, const QColor &color)
{
    QPainterPath triangle(tip);
    triangle.lineTo(tip.x() - 4.0, tip.y() + 6.0);
    triangle.lineTo(tip.x() + 4.0, tip.y() + 6.0);
    triangle.closeSubpath();
    painter.fillPath(triangle, color);
}

void writeDecisions(LegendLine &line, bool difference)
{
    const auto swatch = [&](DecisionCell cell, const QString &text) {
        line.swatch(QColor::fromRgb(decisionColor(cell, difference)), text);
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
    double needed = 3.0 * LegendLine::betweenSwatches;
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

void writeChains(LegendLine &line, int longest)
{
    line.swatch(QColor::fromRgb(decisionColors().computed), HeatmapLegend::tr("computed"));
    line.word(HeatmapLegend::tr("frames on end"));
    for (int chain = 1; chain <= longest; chain *= 2)
        line.swatch(QColor::fromRgb(decisionColors().replayed(chain, longest)), QString::number(chain));
}

} // namespace

HeatmapLegend::HeatmapLegend(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Legend of the heatmap"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred); // Fixed would be the hint's height
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
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
    if (heightForWidth(width()) != height())
        updateGeometry();
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

int HeatmapLegend::heightForWidth(int width) const
{
    LegendLine line(nullptr, width);
    if (!shown_.empty)
        write(line);
    return line.height();
}

QSize HeatmapLegend::sizeHint() const
{
    return {legendUsual, heightForWidth(std::max(width(), legendUsual))};
}

QSize HeatmapLegend::minimumSizeHint() const
{
    return {legendNarrowest, LegendLine(nullptr, legendNarrowest).height()};
}

void HeatmapLegend::paintEvent(QPaintEvent *)
{
    if (shown_.empty)
        return;
    QPainter painter(this);
    LegendLine line(&painter, width());
    write(line);
}

void HeatmapLegend::write(LegendLine &line) const
{
    const HeatmapChoice &choice = shown_.colors.choice;
    if (choice.value == HeatmapValue::Decision)
        writeDecisions(line, choice.difference);
    else if (choice.value == HeatmapValue::Chain && !choice.difference)
        writeChains(line, shown_.colors.longestChain);
    else if (!shown_.colors.range)
        line.word(tr("TAS: from frame 2 on"), 14.0);
    else
        writeMap(line);
    if (choice.value == HeatmapValue::LayersReplayed && !choice.difference) // apart from the least share
        line.swatch(QColor::fromRgb(decisionColors().computed), tr("computed"));
    if (choice.value == HeatmapValue::Tas)
        writeHatch(line, tr("no score"));
    else if (choice.value != HeatmapValue::Drift) // every position has one
        line.swatch(QColor::fromRgb(decisionColors().notEligible), tr("not eligible"));
    if (shown_.missing != Missing::Nothing)
        line.swatch(QColor::fromRgb(decisionColors().ground),
                    shown_.missing == Missing::ToCome ? tr("to come") : tr("not made"));
    if (choice.value != HeatmapValue::Tas && choice.value != HeatmapValue::Drift)
        writeHatch(line, tr("no step"));
}

/// The colours of a range of numbers, with its ends, the threshold and the number that is told of.
void HeatmapLegend::writeMap(LegendLine &line) const
{
    const HeatmapChoice &choice = shown_.colors.choice;
    const bool share = choice.value == HeatmapValue::LayersReplayed;
    const QString name = choice.difference
                             ? tr("%1, conditional less unconditional").arg(valueName(choice.value))
                             : valueName(choice.value);
    const QString low = figure(shown_.colors.range->low, share);
    const QString high = choice.value == HeatmapValue::Drift
                             ? tr("%1+ levels of 255").arg(static_cast<int>(shown_.colors.range->high))
                             : figure(shown_.colors.range->high, share);
    const double wide = share ? shareMapWidth : mapWidth;
    line.word(name);
    line.keep(line.width(low) + besideNumber + wide + LegendLine::besideSwatch + line.width(high));
    line.word(low, besideNumber);
    const QRectF map = line.bar(wide);
    line.word(high, 14.0);
    if (line.painter())
        paintMap(*line.painter(), map);
    if (shown_.threshold && std::isfinite(*shown_.threshold))
        line.word(tr("τ %1 of layer %2").arg(figure(*shown_.threshold, false)).arg(shown_.layer + 1), 14.0);
}

void HeatmapLegend::paintMap(QPainter &painter, const QRectF &map) const
{
    for (int x = 0; x < static_cast<int>(map.width()); ++x)
        painter.fillRect(QRectF(map.left() + x, map.top(), 1.0, map.height()),
                         QColor::fromRgb(shown_.colors.onMap(x / (map.width() - 1.0))));
    const auto xOf = [&](float value) {
        return map.left() + std::clamp(shown_.colors.shareOf(value), 0.0, 1.0) * map.width();
    };
    const ThemeColors &colors = themeColors();
    painter.setRenderHint(QPainter::Antialiasing);
    if (shown_.threshold && std::isfinite(*shown_.threshold))
        paintTriangle(painter, {xOf(*shown_.threshold), map.bottom()}, colors.replay);
    if (told_) {
        const double x = xOf(*told_);
        painter.fillRect(QRectF(x - 1.5, map.top() - 3.0, 3.0, map.height() + 6.0), colors.text);
        painter.fillRect(QRectF(x - 0.5, map.top() - 3.0, 1.0, map.height() + 6.0), colors.panel);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/video/position_strip.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

constexpr int margin = 12;

int numberWidth()
{
    return atTextSize(20);
}

int figureWidth()
{
    return atTextSize(46);
}

double tallestLane()
{
    return atTextSize(22);
}

/// A lane that is lower has no room for text.
double figuresFrom()
{
    return atTextSize(11);
}

QString figure(float value)
{
    return QString::number(static_cast<double>(value), 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
}

QColor colorOf(Decision decision)
{
    const ThemeColors &colors = themeColors();
    return decision == Decision::Replayed   ? colors.replay
           : decision == Decision::Computed ? colors.compute
                                            : colors.disabled;
}

double partOf(float value, const TasRange &range)
{
    const float width = std::max(range.high - range.low, 1e-6f);
    return static_cast<double>(std::clamp((value - range.low) / width, 0.0f, 1.0f));
}

} // namespace

PositionStrip::PositionStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("positionStrip"));
    setAccessibleName(tr("The position at every layer"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
}

QSize PositionStrip::sizeHint() const
{
    return {atTextSize(192), 300};
}

void PositionStrip::setContent(const Content &content)
{
    if (content == content_)
        return;
    content_ = content;
    QStringList lines{content_.place};
    for (int layer = 0; layer < static_cast<int>(content_.lanes.size()); ++layer)
        lines += laneText(layer);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

/// Of the codes and of a place in two lines.
bool PositionStrip::hasRoomForHead() const
{
    return content_.lanes.empty() || height() >= 3 * wholeHeadHeight();
}

int PositionStrip::wholeHeadHeight() const
{
    return margin + 3 * fontMetrics().height() + 10;
}

int PositionStrip::headHeight() const
{
    return hasRoomForHead() ? wholeHeadHeight() : margin + fontMetrics().height() + 4;
}

double PositionStrip::laneHeight() const
{
    const auto count = static_cast<double>(std::max<std::size_t>(1, content_.lanes.size()));
    return std::min(tallestLane(), (height() - headHeight() - margin) / count);
}

int PositionStrip::layerAt(QPointF point) const
{
    const int layer = static_cast<int>(std::floor((point.y() - headHeight()) / laneHeight()));
    return layer >= 0 && layer < static_cast<int>(content_.lanes.size()) ? layer : -1;
}

QString PositionStrip::laneText(int layer) const
{
    const LayerFacts &facts = content_.lanes[static_cast<std::size_t>(layer)].facts;
    QString text = tr("Layer %1: %2").arg(layer + 1).arg(decisionWord(facts.decision));
    if (facts.tas)
        text += tr(", TAS %1").arg(figure(*facts.tas));
    if (facts.threshold && std::isfinite(*facts.threshold))
        text += tr(", τ %1").arg(figure(*facts.threshold));
    return text;
}

void PositionStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = themeColors();
    painter.fillRect(rect(), colors.panel);
    painter.fillRect(QRect(0, 0, 1, height()), colors.border);
    const int lineHeight = fontMetrics().height();
    const QRect text(margin, margin, width() - 2 * margin, lineHeight);
    if (content_.place.isEmpty()) {
        painter.setPen(colors.muted);
        painter.drawText(text.adjusted(0, 0, 0, 3 * lineHeight), Qt::TextWordWrap,
                         tr("Point at a position to read it at every layer"));
        return;
    }
    painter.setPen(colors.text);
    if (hasRoomForHead()) {
        painter.drawText(text.adjusted(0, 0, 0, lineHeight), Qt::AlignLeft | Qt::TextWordWrap,
                         content_.place);
        painter.setFont(numberFont(0.92));
        painter.setPen(colors.muted);
        painter.drawText(text.translated(0, 2 * lineHeight + 2), Qt::AlignLeft,
                         painter.fontMetrics().elidedText(content_.codes, Qt::ElideRight, text.width()));
    } else {
        painter.drawText(text, Qt::AlignLeft,
                         fontMetrics().elidedText(content_.place, Qt::ElideRight, text.width()));
    }
    if (content_.lanes.empty()) {
        painter.setFont(font());
        painter.drawText(text.translated(0, 3 * lineHeight + 8).adjusted(0, 0, 0, 2 * lineHeight),
                         Qt::TextWordWrap, content_.state);
        return;
    }
    painter.setFont(numberFont(0.85));
    for (int layer = 0; layer < static_cast<int>(content_.lanes.size()); ++layer)
        paintLane(painter, layer,
                  {static_cast<double>(margin), headHeight() + layer * laneHeight(),
                   static_cast<double>(width() - 2 * margin), laneHeight()});
}

void PositionStrip::paintLane(QPainter &painter, int layer, const QRectF &area) const
{
    const ThemeColors &colors = themeColors();
    const Lane &lane = content_.lanes[static_cast<std::size_t>(layer)];
    const bool chosen = layer == content_.chosenLayer;
    const bool figures = area.height() >= figuresFrom();
    if (chosen) // in a lane that is too low for its number, too
        painter.fillRect(QRectF(0.0, area.top(), 3.0, area.height()), colors.accent);
    painter.setPen(chosen ? colors.text : colors.muted);
    // Of many layers some have their number, so that the others can be counted from them.
    const int every = static_cast<int>(std::ceil(figuresFrom() / std::max(1.0, area.height())));
    if (layer % every == 0)
        painter.drawText(
            QRectF(area.left(), area.center().y() - figuresFrom(), numberWidth() - 5.0, 2.0 * figuresFrom()),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(layer + 1));
    if (figures) {
        painter.drawText(QRectF(area.right() - figureWidth(), area.top(), figureWidth(), area.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         lane.facts.tas ? figure(*lane.facts.tas) : QStringLiteral("–"));
    }
    const double gap = std::min(4.0, area.height() / 5.0);
    const QRectF bar(area.left() + numberWidth(), area.top() + gap,
                     area.width() - numberWidth() - figureWidth(), area.height() - 2.0 * gap);
    painter.fillRect(bar, colors.trough);
    if (!lane.range || !lane.facts.tas)
        return;
    const double part = partOf(*lane.facts.tas, *lane.range);
    painter.fillRect(QRectF(bar.left(), bar.top(), std::max(2.0, part * bar.width()), bar.height()),
                     colorOf(lane.facts.decision));
    if (lane.facts.threshold && std::isfinite(*lane.facts.threshold)) {
        const double x = bar.left() + partOf(*lane.facts.threshold, *lane.range) * bar.width();
        painter.fillRect(QRectF(x - 1.0, bar.top() - gap / 2.0, 2.0, bar.height() + gap), colors.text);
    }
}

void PositionStrip::mousePressEvent(QMouseEvent *event)
{
    const int layer = layerAt(event->position());
    if (event->button() == Qt::LeftButton && layer >= 0)
        emit layerChosen(layer);
}

bool PositionStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int layer = layerAt(help->pos());
        if (layer >= 0)
            QToolTip::showText(help->globalPos(), laneText(layer), this);
        else
            QToolTip::showText(
                help->globalPos(),
                tr("<p>The TAS of the position at each layer, within the range that the layer has "
                   "shown in this run. Orange: the MLP was replayed. The line is the threshold. "
                   "Click a lane to choose its layer.</p>"),
                this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/decision_painter.h"

#include "ui/theme/decision_colors.h"
#include "ui/theme/pointer_note.h"
#include "ui/theme/row_colors.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace fastcar::ui {

namespace {

constexpr double framesHeight = 18.0;
constexpr double positionsHeight = DecisionLayout::headerHeight - framesHeight;
constexpr double stripWidth = 3.0; // the row's colour, left of its lane
constexpr double ticksApart = 40.0;
constexpr double lowestName = 11.0;
constexpr double overviewHeight = 2.0;

struct DecisionTimelineText {
    Q_DECLARE_TR_FUNCTIONS(DecisionTimeline)
};

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

/// One of so many things is named that names of `needed` pixels have room; things are `pitch` apart.
int everyNth(double pitch, double needed)
{
    int nth = 1;
    while (nth * pitch < needed)
        nth = nth == 1 ? 2 : nth == 2 ? 5 : nth * 2;
    return nth;
}

} // namespace

DecisionPainter::DecisionPainter(QPainter &painter, const DecisionScene &scene, const DecisionLayout &layout,
                                 double scroll)
    : painter_(painter)
    , scene_(scene)
    , layout_(layout)
    , plot_(layout.plot())
    , top_(DecisionLayout::headerHeight - scroll)
{
}

void DecisionPainter::paint(const QImage &lanes, const Overlay &overlay)
{
    painter_.fillRect(QRectF(QPointF(0, 0), layout_.size), themeColors().panel);
    painter_.drawImage(plot_.topLeft(), lanes);
    paintFrameEdges();
    paintPolicyChanges();
    paintChosen();
    if (overlay.pointed >= 0)
        paintPointed(overlay.pointed, overlay.pointer ? overlay.pointer->y() : -1.0);
    paintNames();
    painter_.fillRect(QRectF(0.0, 0.0, layout_.size.width(), plot_.top()), themeColors().panel);
    paintFrames();
    paintPositions();
    paintOverview();
    if (overlay.pointer && !overlay.words.isEmpty())
        paintPointerNote(painter_, *overlay.pointer, overlay.words, layout_.size);
}

QRectF DecisionPainter::between(double begin, double end, double top, double height) const
{
    const double left = std::max(plot_.left(), xOf(begin));
    const double right = std::min(plot_.right(), xOf(end));
    return {left, top, std::max(0.0, right - left), height};
}

int DecisionPainter::firstFrame() const
{
    return std::max(0, static_cast<int>(scene_.tokens.begin() / shape().stride));
}

int DecisionPainter::frameEnd() const
{
    return std::min(shape().frames, static_cast<int>(std::ceil(scene_.tokens.end() / shape().stride)));
}

void DecisionPainter::paintFrameEdges()
{
    const double pitch = shape().stride * tokenPixels();
    if (pitch < 6.0)
        return;
    painter_.setPen(QPen(themeColors().panel, 1.0)); // opaque: upright lines that are not cost Qt a multiple
    for (int frame = std::max(1, firstFrame()); frame < frameEnd(); ++frame) {
        const double x = std::round(xOf(frame * shape().stride)) - 0.5;
        if (x > plot_.left())
            painter_.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
    }
}

/// Where the thresholds were changed while the run went on. Numbers of policies rise with the steps.
void DecisionPainter::paintPolicyChanges()
{
    const Trace &trace = scene_.record->trace();
    const int end = std::min(trace.steps(), static_cast<int>(std::ceil(scene_.tokens.end())));
    int step = std::max(0, static_cast<int>(scene_.tokens.begin()) - 1);
    painter_.setFont(numberFont(0.82));
    while (step < end) {
        const std::uint32_t number = trace.policyOf(step);
        int low = step;
        int high = end;
        while (high - low > 1) {
            const int middle = low + (high - low) / 2;
            (trace.policyOf(middle) > number ? high : low) = middle;
        }
        step = high;
        const double x = xOf(step);
        if (step >= end || x < plot_.left())
            continue;
        painter_.setPen(QPen(themeColors().text, 1.0, Qt::DashLine));
        painter_.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
    }
}

void DecisionPainter::paintChosen()
{
    const ThemeColors &colors = themeColors();
    const auto lane = std::find_if(layout_.lanes.begin(), layout_.lanes.end(),
                                   [this](const DecisionLane &l) { return l.layer == scene_.layer; });
    if (lane != layout_.lanes.end()) {
        const double height = (lane + layout_.rows - 1)->bottom() - lane->top;
        // Not as lines: Qt takes a translucent one pixel by pixel and deals those out to a pool of threads,
        // whose waking costs a run more than the pixels do.
        for (const double y : {top_ + lane->top - 1.0, top_ + lane->top + height})
            painter_.fillRect(QRectF(plot_.left(), y, plot_.width(), 1.0), withAlpha(colors.accent, 0.9));
    }
    if (scene_.token < 0)
        return;
    const QRectF column = between(scene_.token, scene_.token + 1, plot_.top(), plot_.height());
    if (xOf(scene_.token + 1) < plot_.left() || xOf(scene_.token) > plot_.right())
        return;
    painter_.setBrush(Qt::NoBrush);
    painter_.setPen(QPen(colors.accent, 1.0));
    if (column.width() < 4.0) {
        const double x = std::round(column.center().x()) - 0.5;
        painter_.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
        return;
    }
    painter_.drawRect(column.adjusted(-0.5, -1.0, -0.5, 1.0));
    if (const DecisionLane *cell = layout_.lane(scene_.layer, scene_.row)) {
        painter_.setPen(QPen(colors.text, 2.0));
        painter_.drawRect(QRectF(column.left(), top_ + cell->top, column.width() - 1.0, cell->height)
                              .adjusted(0.0, 0.0, 0.0, 0.0));
    }
}

void DecisionPainter::paintPointed(int token, double y)
{
    const QColor line = withAlpha(themeColors().text, 0.5);
    const double x = std::round(std::max(plot_.left(), xOf(token + 0.5))) - 0.5;
    painter_.setPen(QPen(line, 1.0));
    if (x <= plot_.right())
        painter_.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
    const DecisionLane *lane = y >= plot_.top() ? layout_.laneAt(y - top_) : nullptr;
    if (lane)
        painter_.fillRect(QRectF(plot_.left() - 8.0, top_ + lane->top, 5.0, lane->height),
                          themeColors().text);
}

void DecisionPainter::paintNames()
{
    const ThemeColors &colors = themeColors();
    painter_.fillRect(QRectF(0.0, plot_.top(), plot_.left(), plot_.height()), colors.panel);
    const double pitch = layout_.layerPitch();
    const int nth = everyNth(pitch, lowestName);
    bool unnamed = true; // what the numbers count stands beside the first one
    painter_.setFont(numberFont(0.82));
    for (const DecisionLane &lane : layout_.lanes) {
        const double top = top_ + lane.top;
        painter_.fillRect(QRectF(plot_.left() - stripWidth, top, stripWidth, lane.height),
                          rowColor(lane.row));
        if (lane.row != layout_.lanes.front().row)
            continue;
        const bool chosen = lane.layer == scene_.layer;
        // The chosen one is named always, and its neighbours give way.
        const bool near = std::abs(lane.layer - scene_.layer) * pitch < lowestName;
        if (!chosen && ((lane.layer + 1) % nth != 0 || near))
            continue;
        const QString name = QString::number(lane.layer + 1);
        const double width = painter_.fontMetrics().horizontalAdvance(name) + 8.0;
        const double height = std::max(lowestName, pitch - 1.0);
        QRectF box(plot_.left() - stripWidth - 6.0 - width, top + pitch / 2.0 - height / 2.0, width, height);
        if (scroll() == 0.0)
            box.moveTop(std::max(box.top(), plot_.top())); // not under the header
        if (chosen)
            painter_.fillRect(box, colors.accent);
        painter_.setPen(chosen ? colors.onAccent : colors.muted);
        painter_.drawText(box, Qt::AlignCenter, name);
        if (std::exchange(unnamed, false)) {
            painter_.setPen(colors.muted);
            painter_.drawText(QRectF(0.0, box.top(), box.left() - 2.0, box.height()),
                              Qt::AlignRight | Qt::AlignVCenter, DecisionTimelineText::tr("layer"));
        }
    }
}

void DecisionPainter::paintFrames()
{
    const ThemeColors &colors = themeColors();
    painter_.setFont(numberFont(0.82));
    painter_.setPen(colors.muted);
    painter_.drawText(QRectF(6.0, 0.0, plot_.left() - 12.0, framesHeight), Qt::AlignRight | Qt::AlignVCenter,
                      DecisionTimelineText::tr("frame"));
    const double pitch = shape().stride * tokenPixels();
    const int nth = everyNth(pitch, 22.0);
    for (int frame = firstFrame(); frame < frameEnd(); ++frame) {
        QRectF box = between(frame * shape().stride, (frame + 1) * shape().stride, 3.0, framesHeight - 4.0);
        const bool chosen = frame == scene_.frame;
        if (pitch > 4.0)
            box.adjust(0.0, 0.0, -1.0, 0.0);
        painter_.fillRect(box, chosen ? colors.accent : frame % 2 ? colors.raised : colors.hover);
        if (!chosen && frame % nth != 0)
            continue;
        painter_.setPen(chosen ? colors.onAccent : colors.text);
        const QRectF words = pitch >= 22.0 ? box : box.adjusted(-20.0, 0.0, 20.0, 0.0);
        if (pitch >= 10.0 || !chosen)
            painter_.drawText(words, Qt::AlignCenter, QString::number(frame + 1));
    }
}

void DecisionPainter::paintPositions()
{
    const ThemeColors &colors = themeColors();
    int step = 1;
    while (step * tokenPixels() < ticksApart)
        step *= 2; // grids have such widths: rows of it begin at a tick
    if (step >= shape().stride)
        return;
    painter_.setFont(numberFont(0.82));
    painter_.setPen(colors.muted);
    painter_.drawText(QRectF(6.0, framesHeight, plot_.left() - 12.0, positionsHeight),
                      Qt::AlignRight | Qt::AlignVCenter, DecisionTimelineText::tr("position"));
    painter_.setFont(numberFont(0.78));
    for (int frame = firstFrame(); frame < frameEnd(); ++frame) {
        for (int position = 0; position < shape().stride; position += step) {
            const int token = frame * shape().stride + position;
            const double x = xOf(token);
            if (x < plot_.left() - 0.5 || x > plot_.right() - 14.0)
                continue;
            painter_.setPen(QPen(colors.border, 1.0));
            painter_.drawLine(QPointF(x, framesHeight + 1.0), QPointF(x, plot_.top()));
            painter_.setPen(token == scene_.token ? colors.accent : colors.muted);
            painter_.drawText(QRectF(x + 3.0, framesHeight, ticksApart, positionsHeight),
                              Qt::AlignLeft | Qt::AlignVCenter, QString::number(position + 1));
        }
    }
}

/// Which part of the video is in view.
void DecisionPainter::paintOverview()
{
    if (scene_.tokens.isWhole())
        return;
    const double scale = plot_.width() / scene_.tokens.total();
    painter_.fillRect(QRectF(plot_.left(), 0.0, plot_.width(), overviewHeight), themeColors().border);
    painter_.fillRect(QRectF(plot_.left() + scene_.tokens.begin() * scale, 0.0,
                             std::max(4.0, scene_.tokens.width() * scale), overviewHeight),
                      themeColors().accent);
}

} // namespace fastcar::ui

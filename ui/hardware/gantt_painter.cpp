// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/gantt_painter.h"

#include "ui/hardware/gantt_words.h"
#include "ui/hardware/step_figures.h"
#include "ui/models/row_name.h"
#include "ui/theme/pointer_note.h"
#include "ui/theme/row_colors.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPaintDevice>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace fastcar::ui {

namespace {

constexpr double hatchPitch = 5.0;
constexpr double narrowestLabel = 30.0;
constexpr double ticksApart = 92.0;

struct GanttPainterText {
    Q_DECLARE_TR_FUNCTIONS(GanttPainter)
};

bool isMlp(CardSpan::Work work)
{
    return work == CardSpan::Work::GateUp || work == CardSpan::Work::Silu || work == CardSpan::Work::Down;
}

/// Rows that take turns are told apart up to this many; more are drawn as "several".
constexpr int mostBands = 4;

/// The rows that a span is drawn in; -1: several that are not told apart.
std::vector<int> bandsOf(const CardSpan &span)
{
    if (span.row >= 0 || span.rows == 0 || std::popcount(span.rows) > mostBands)
        return {span.row};
    std::vector<int> rows;
    for (std::uint32_t left = span.rows; left != 0; left &= left - 1)
        rows.push_back(std::countr_zero(left));
    return rows;
}

bool isAbout(const CardSpan &span, int row)
{
    return span.row == row || (row >= 0 && (span.rows >> row & 1) != 0);
}

/// MLP work stands out, for that is what replay is about; all else is quieter.
QColor segmentColor(const LaneSegment &segment, int row)
{
    const QColor ground = themeColors().field;
    const bool replay = segment.span.work == CardSpan::Work::Replay;
    const QColor color = replay ? themeColors().replay : rowColor(row);
    const double strength = isMlp(segment.span.work) || replay ? 1.0 : 0.58;
    return mixed(color, ground, strength * (segment.merged ? 0.3 + 0.7 * segment.cover : 1.0));
}

QFont smallFont()
{
    QFont font;
    font.setPointSizeF(font.pointSizeF() * 0.82);
    return font;
}

/// Diagonals x + y = k * pitch within the box: no clipping, and neighbours' lines meet.
void hatchBox(QPainter &painter, const QRectF &box, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.0));
    QVector<QLineF> lines;
    double sum = std::ceil((box.left() + box.top()) / hatchPitch) * hatchPitch;
    for (; sum < box.right() + box.bottom(); sum += hatchPitch) {
        const double x0 = std::max(box.left(), sum - box.bottom());
        const double x1 = std::min(box.right(), sum - box.top());
        if (x1 > x0)
            lines.append({x0, sum - x0, x1, sum - x1});
    }
    painter.drawLines(lines);
    painter.restore();
}

} // namespace

GanttPainter::GanttPainter(QPainter &painter, const GanttScene &scene, const GanttLayout &layout,
                           double scroll)
    : painter_(painter)
    , scene_(scene)
    , layout_(layout)
    , plot_(layout.plot())
    , top_(GanttLayout::axisHeight() - scroll)
{
}

void GanttPainter::paint(const Overlay &overlay)
{
    const ThemeColors &colors = themeColors();
    painter_.fillRect(QRectF(QPointF(0, 0), layout_.size), colors.panel);
    for (std::size_t track = 0; track < scene_.tracks.size(); ++track)
        if (scene_.tracks[track].picture)
            paintTrackGround(track);
    for (const GanttLine &line : layout_.lines) {
        const QRectF box = boxOf(line);
        if (box.bottom() < GanttLayout::axisHeight() || box.top() > layout_.size.height())
            continue;
        switch (line.kind) {
        case GanttLine::Kind::Title:
            paintTitle(line);
            break;
        case GanttLine::Kind::Layers:
            paintLayers(line);
            break;
        case GanttLine::Kind::Lane:
            paintLane(line);
            break;
        case GanttLine::Kind::Together:
            paintTogether(line);
            break;
        }
    }
    for (std::size_t track = 0; track < scene_.tracks.size(); ++track)
        if (scene_.tracks[track].picture)
            paintEnd(track);
    paintAxis();
    if (overlay.measured)
        paintMeasured(*overlay.measured);
    if (overlay.pointer) {
        const double x = overlay.pointer->x();
        if (x >= plot_.left() && x <= plot_.right()) {
            QColor line = colors.text;
            line.setAlphaF(0.45f);
            painter_.setPen(QPen(line, 1.0));
            painter_.drawLine(QPointF(x, GanttLayout::axisHeight() - 4.0), QPointF(x, layout_.size.height()));
        }
        if (!overlay.words.isEmpty())
            paintPointerNote(painter_, *overlay.pointer, overlay.words, layout_.size);
    }
}

QRectF GanttPainter::boxOf(const GanttLine &line) const
{
    return {plot_.left(), top_ + line.top, plot_.width(), line.height};
}

QRectF GanttPainter::between(double begin, double end, const QRectF &line) const
{
    const double left = std::max(plot_.left(), layout_.xOf(scene_.range, begin));
    const double right = std::min(plot_.right(), layout_.xOf(scene_.range, end));
    return {left, line.top(), std::max(0.0, right - left), line.height()};
}

QRectF GanttPainter::trackBox(std::size_t track) const
{
    QRectF box;
    for (const GanttLine &line : layout_.lines)
        if (line.track == track && line.kind != GanttLine::Kind::Title)
            box = box.united(boxOf(line));
    return box;
}

int GanttPainter::columns() const
{
    return std::max(1, static_cast<int>(plot_.width() * painter_.device()->devicePixelRatioF()));
}

void GanttPainter::label(const QRectF &box, const QString &text, const QColor &color)
{
    painter_.setPen(color);
    painter_.drawText(QRectF(10.0, box.top(), GanttLayout::labelWidth() - 14.0, box.height()),
                      Qt::AlignLeft | Qt::AlignVCenter, text);
}

void GanttPainter::hatch(const QRectF &box, const QColor &color)
{
    hatchBox(painter_, box, color);
}

void GanttPainter::paintTrackGround(std::size_t track)
{
    const ThemeColors &colors = themeColors();
    const QRectF box = trackBox(track);
    painter_.fillRect(box, colors.field);
    const double tick = tickStep(layout_.cyclesPerPixel(scene_.range), ticksApart);
    QColor grid = colors.border;
    grid.setAlphaF(0.45f);
    painter_.setPen(QPen(grid, 1.0));
    for (double at = std::ceil(scene_.range.begin() / tick) * tick; at <= scene_.range.end(); at += tick) {
        const double x = layout_.xOf(scene_.range, at);
        painter_.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    }
    if (const LayerWindow *layer = scene_.tracks[track].picture->layer(scene_.layer)) {
        QColor tint = colors.accent;
        tint.setAlphaF(0.16f);
        const QRectF chosen =
            between(static_cast<double>(layer->begin), static_cast<double>(layer->end), box);
        if (chosen.width() > 0.0)
            painter_.fillRect(chosen, tint);
    }
}

void GanttPainter::paintTitle(const GanttLine &line)
{
    const ThemeColors &colors = themeColors();
    const GanttTrack &track = scene_.tracks[line.track];
    const QRectF box = boxOf(line);
    painter_.setFont(headingFont());
    label(box, track.title, colors.text);
    painter_.setFont(numberFont(0.9));
    painter_.setPen(colors.muted);
    painter_.drawText(
        box, Qt::AlignLeft | Qt::AlignVCenter,
        painter_.fontMetrics().elidedText(track.note, Qt::ElideRight, static_cast<int>(box.width())));
}

void GanttPainter::paintLayers(const GanttLine &line)
{
    const ThemeColors &colors = themeColors();
    const QRectF box = boxOf(line);
    painter_.setFont(smallFont());
    label(box, GanttPainterText::tr("Layers"), colors.muted);
    for (const LayerWindow &layer : scene_.tracks[line.track].picture->layers) {
        QRectF at = between(static_cast<double>(layer.begin), static_cast<double>(layer.end), box);
        if (at.width() < 1.0)
            continue;
        const bool chosen = layer.layer == scene_.layer;
        const QColor ground = chosen ? colors.accent : layer.layer % 2 ? colors.raised : colors.hover;
        if (at.width() > 4.0)
            at.adjust(0.0, 0.0, -1.0, 0.0);
        painter_.fillRect(at, ground);
        const double share = static_cast<double>(std::popcount(layer.replayed)) / std::max(1, scene_.rows);
        if (share > 0.0)
            painter_.fillRect(QRectF(at.left(), at.bottom() - 3.0, at.width() * share, 3.0), colors.replay);
        const QString number = QString::number(layer.layer + 1);
        const QString text = at.width() > 58.0 ? GanttPainterText::tr("layer %1").arg(number) : number;
        if (at.width() >= 8.0 + 6.0 * static_cast<double>(number.size())) {
            painter_.setPen(chosen ? colors.onAccent : colors.muted);
            painter_.drawText(at.adjusted(0, 0, 0, -2), Qt::AlignCenter, text);
        }
    }
}

void GanttPainter::paintLane(const GanttLine &line)
{
    const LaneSpans &lane = scene_.tracks[line.track].picture->lanes[line.lane];
    const QRectF row = boxOf(line);
    painter_.setFont(smallFont());
    const bool inner = lane.unit() == CardUnit::Attention || lane.unit() == CardUnit::Port;
    label(row, (inner ? QStringLiteral("  ") : QString()) + unitName(lane.unit(), lane.index()),
          themeColors().text);
    const QRectF box = row.adjusted(0.0, 1.0, 0.0, -1.0);
    if (lane.unit() == CardUnit::Core)
        paintFree(line, box);
    for (const LaneSegment &segment : lane.segments(scene_.range.begin(), scene_.range.end(), columns()))
        paintSegment(segment, box);
}

void GanttPainter::paintFree(const GanttLine &line, const QRectF &box)
{
    const StepPicture &picture = *scene_.tracks[line.track].picture;
    const double scale = plot_.width() / columns();
    QColor quiet = themeColors().replay;
    quiet.setAlphaF(0.10f);
    QColor lines = themeColors().replay;
    lines.setAlphaF(0.50f);
    for (const LaneSegment &free :
         picture.free[line.lane].segments(scene_.range.begin(), scene_.range.end(), columns())) {
        if (free.merged && free.cover < 0.5)
            continue;
        const double left = plot_.left() + std::max(0.0, free.left * scale);
        const double right = std::min(plot_.right(), plot_.left() + free.right * scale);
        const QRectF at(left, box.top(), right - left, box.height());
        painter_.fillRect(at, quiet);
        hatch(at, lines);
    }
}

void GanttPainter::paintSegment(const LaneSegment &segment, const QRectF &box)
{
    const double scale = plot_.width() / columns();
    const double left = plot_.left() + std::max(0.0, segment.left * scale);
    const double right = std::min(plot_.right(), plot_.left() + segment.right * scale);
    if (right <= left)
        return;
    QRectF at(left, box.top(), right - left, box.height());
    if (!segment.merged && at.width() > 4.0)
        at.adjust(0.0, 0.0, -1.0, 0.0); // so that neighbours of one colour can be told apart
    const CardSpan &span = segment.span;
    const std::vector<int> bands = bandsOf(span);
    const double height = at.height() / static_cast<double>(bands.size());
    for (std::size_t i = 0; i < bands.size(); ++i)
        painter_.fillRect(QRectF(at.left(), at.top() + static_cast<double>(i) * height, at.width(), height),
                          segmentColor(segment, bands[i]));
    const QColor color = segmentColor(segment, bands.front());
    if (!segment.merged && at.width() > 3.0 && span.layer == scene_.layer && isAbout(span, scene_.row)) {
        painter_.fillRect(QRectF(at.left(), at.bottom() - 2.0, at.width(), 2.0), themeColors().text);
    }
    if (!segment.merged && at.width() >= narrowestLabel && at.height() >= 10.0) {
        const QRectF inside = at.adjusted(4.0, 0.0, -2.0, 0.0);
        const QString text =
            labelIn(static_cast<int>(inside.width()), workName(span.work), painter_.fontMetrics());
        if (!text.isEmpty()) {
            painter_.setPen(readableOn(color));
            painter_.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, text);
        }
    }
}

void GanttPainter::paintTogether(const GanttLine &line)
{
    const ThemeColors &colors = themeColors();
    const StepPicture &picture = *scene_.tracks[line.track].picture;
    const QRectF row = boxOf(line);
    const bool open = line.unit == CardUnit::Attention ? scene_.attentionOpen : scene_.portsOpen;
    painter_.setFont(smallFont());
    label(row,
          QStringLiteral("%1 %2 \u00d7%3")
              .arg(QChar(open ? 0x25be : 0x25b8))
              .arg(unitsName(line.unit))
              .arg(line.count),
          colors.text);
    const QRectF box = row.adjusted(0.0, 1.0, 0.0, -1.0);
    const double column = plot_.width() / columns();
    const double cycles = scene_.range.width() / columns();
    const QColor bar = mixed(rowColor(-1), colors.text, 0.75);
    // Columns of equal height are one rectangle.
    double from = plot_.left();
    double height = 0.0;
    for (int i = 0; i <= columns(); ++i) {
        double next = 0.0;
        if (i < columns()) {
            const double begin = scene_.range.begin() + i * cycles;
            double busy = 0.0;
            for (std::size_t lane = line.lane; lane < line.lane + line.count; ++lane)
                busy += picture.lanes[lane].busy(begin, begin + cycles);
            const double share = busy / (cycles * static_cast<double>(line.count));
            next = share > 0.0 ? std::max(1.0, std::round(share * box.height() * 2.0) / 2.0) : 0.0;
        }
        if (next != height || i == columns()) {
            const double x = plot_.left() + i * column;
            if (height > 0.0)
                painter_.fillRect(QRectF(from, box.bottom() - height, x - from, height), bar);
            from = x;
            height = next;
        }
    }
}

void GanttPainter::paintEnd(std::size_t track)
{
    const ThemeColors &colors = themeColors();
    const GanttTrack &shown = scene_.tracks[track];
    const QRectF box = trackBox(track);
    const auto cycles = static_cast<double>(shown.picture->cycles());
    const double x = layout_.xOf(scene_.range, cycles);
    if (shown.dense > shown.picture->cycles()) {
        const QRectF saved = between(cycles, static_cast<double>(shown.dense), box);
        if (saved.width() > 1.0) {
            QColor quiet = colors.replay;
            quiet.setAlphaF(0.07f);
            painter_.fillRect(saved, quiet);
            QColor lines = colors.replay;
            lines.setAlphaF(0.14f);
            hatch(saved, lines);
            const QString text = GanttPainterText::tr("replay saves %1")
                                     .arg(shareText(1.0 - cycles / static_cast<double>(shown.dense)));
            painter_.setFont(smallFont());
            const double needed = painter_.fontMetrics().horizontalAdvance(text) + 12.0;
            if (saved.width() > needed) {
                const QRectF at(saved.center().x() - needed / 2.0, saved.center().y() - 9.0, needed, 18.0);
                painter_.fillRect(at, colors.field);
                painter_.setPen(colors.replay);
                painter_.drawText(at, Qt::AlignCenter, text);
            }
        }
    }
    if (x > plot_.left() && x <= plot_.right() + 0.5) {
        painter_.setPen(QPen(colors.text, 1.0));
        painter_.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    }
}

void GanttPainter::paintAxis()
{
    const ThemeColors &colors = themeColors();
    const QRectF axis(0.0, 0.0, layout_.size.width(), GanttLayout::axisHeight());
    painter_.fillRect(axis, colors.panel);
    painter_.setFont(numberFont(0.82));
    painter_.setPen(colors.muted);
    const double line = atTextSize(13);
    const QRectF names(10.0, 0.0, GanttLayout::labelWidth() - 14.0, line + 1.0);
    painter_.drawText(names, Qt::AlignLeft | Qt::AlignVCenter, GanttPainterText::tr("cycles"));
    painter_.drawText(names.translated(0.0, line), Qt::AlignLeft | Qt::AlignVCenter,
                      GanttPainterText::tr("time"));
    if (scene_.range.width() <= 0.0)
        return;
    const double tick = tickStep(layout_.cyclesPerPixel(scene_.range), ticksApart);
    for (double at = std::ceil(scene_.range.begin() / tick) * tick; at <= scene_.range.end(); at += tick) {
        const double x = layout_.xOf(scene_.range, at);
        painter_.setPen(QPen(colors.border, 1.0));
        painter_.drawLine(QPointF(x, 2.0), QPointF(x, GanttLayout::axisHeight()));
        const QRectF text(x + 4.0, 0.0, ticksApart - 6.0, line + 1.0);
        if (text.left() + 40.0 > plot_.right())
            continue;
        painter_.setPen(colors.text);
        painter_.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, groupedText(std::llround(at)));
        painter_.setPen(colors.muted);
        painter_.drawText(text.translated(0.0, line), Qt::AlignLeft | Qt::AlignVCenter,
                          timeText(at / scene_.clockHz));
    }
}

void GanttPainter::paintMeasured(std::pair<double, double> measured)
{
    const ThemeColors &colors = themeColors();
    const auto [begin, end] = std::minmax(measured.first, measured.second);
    const QRectF box = between(begin, end, QRectF(0.0, 0.0, 1.0, layout_.size.height()));
    QColor tint = colors.accent;
    tint.setAlphaF(0.22f);
    painter_.fillRect(box, tint);
    const QString text =
        GanttPainterText::tr("%1 cycles, %2")
            .arg(groupedText(std::llround(end - begin)), timeText((end - begin) / scene_.clockHz));
    painter_.setFont(numberFont(0.9));
    const double width = painter_.fontMetrics().horizontalAdvance(text) + 14.0;
    const double left = std::clamp(box.center().x() - width / 2.0, plot_.left(), plot_.right() - width);
    const QRectF at(left, 5.0, width, 20.0);
    painter_.fillRect(at, colors.accent);
    painter_.setPen(colors.onAccent);
    painter_.drawText(at, Qt::AlignCenter, text);
}

void paintGanttLegend(QPainter &painter, const QRectF &box, double plotLeft, int rows)
{
    constexpr double swatchWidth = 18.0, beside = 5.0, between = 14.0;
    const ThemeColors &colors = themeColors();
    painter.setFont(smallFont());
    struct Entry {
        QString text;
        int row = -1;
        bool isSwatched = true;
    };
    std::vector<Entry> entries;
    const int shown = std::min(rows, 4);
    for (int row = 0; row < shown; ++row)
        entries.push_back({row + 1 == shown && rows > shown ? GanttPainterText::tr("row %1…").arg(row + 1)
                                                            : rowName(row, rows),
                           row});
    entries.push_back({GanttPainterText::tr("left free by replay")});
    entries.push_back({.text = GanttPainterText::tr("bright: MLP, dim: the rest"), .isSwatched = false});
    const auto widthOf = [&](const Entry &entry) {
        return (entry.isSwatched ? swatchWidth + beside : 0.0) +
               painter.fontMetrics().horizontalAdvance(entry.text);
    };
    double all = -between;
    for (const Entry &entry : entries)
        all += widthOf(entry) + between;
    // Below the plot; where that is too narrow, below the names of its lines, too.
    double x = std::clamp(box.right() - all, box.left(), std::max(box.left(), plotLeft));
    for (const Entry &entry : entries) {
        const double width = widthOf(entry);
        if (x + width > box.right())
            return;
        const QRectF at(x, box.center().y() - 5.0, swatchWidth, 10.0);
        if (entry.row >= 0) {
            painter.fillRect(at, mixed(rowColor(entry.row), colors.field, 0.58));
            painter.fillRect(at.adjusted(swatchWidth / 2.0, 0.0, 0.0, 0.0), rowColor(entry.row));
        } else if (entry.isSwatched) {
            QColor quiet = colors.replay;
            quiet.setAlphaF(0.10f);
            painter.fillRect(at, quiet);
            hatchBox(painter, at, colors.replay);
        }
        painter.setPen(colors.muted);
        painter.drawText(QRectF(x, box.top(), width, box.height()),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, entry.text);
        x += width + between;
    }
}

} // namespace fastcar::ui

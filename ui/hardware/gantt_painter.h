// SPDX-License-Identifier: Apache-2.0
//
// Draws a Gantt, on a widget, into a picture or into an SVG: rectangles, lines and words only, nothing
// clipped, so that all three are alike.
#pragma once

#include "ui/hardware/gantt_layout.h"

#include <QPainter>
#include <QPointF>
#include <QStringList>

#include <optional>
#include <utility>

namespace fastcar::ui {

class GanttPainter {
public:
    /// What belongs to the moment, not to the step.
    struct Overlay {
        std::optional<QPointF> pointer;
        QStringList words;                                 // of what it points at
        std::optional<std::pair<double, double>> measured; // cycles
    };

    GanttPainter(QPainter &painter, const GanttScene &scene, const GanttLayout &layout, double scroll = 0.0);

    void paint(const Overlay &overlay = {});

private:
    void paintTrackGround(std::size_t track);
    void paintTitle(const GanttLine &line);
    void paintLayers(const GanttLine &line);
    void paintLane(const GanttLine &line);
    void paintTogether(const GanttLine &line);
    void paintFree(const GanttLine &line, const QRectF &box);
    void paintSegment(const LaneSegment &segment, const QRectF &box);
    void paintEnd(std::size_t track);
    void paintAxis();
    void paintMeasured(std::pair<double, double> measured);

    void label(const QRectF &box, const QString &text, const QColor &color);
    void hatch(const QRectF &box, const QColor &color);
    QRectF boxOf(const GanttLine &line) const;
    /// Between two cycles, as far as it is in view.
    QRectF between(double begin, double end, const QRectF &line) const;
    /// From a track's title to its last lane.
    QRectF trackBox(std::size_t track) const;
    int columns() const;

    QPainter &painter_;
    const GanttScene &scene_;
    const GanttLayout &layout_;
    QRectF plot_;
    double top_ = 0.0; // where line 0 is drawn
};

/// What the Gantt's colours and patterns mean, in one line of `box`, from below the plot's left on if there
/// is room.
void paintGanttLegend(QPainter &painter, const QRectF &box, double plotLeft, int rows);

} // namespace fastcar::ui

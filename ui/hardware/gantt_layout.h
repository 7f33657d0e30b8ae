// SPDX-License-Identifier: Apache-2.0
//
// What a Gantt shows and where: one track over the other, a track for each policy, all on one axis of cycles.
// No painting; the view, the exports and the tests share it.
#pragma once

#include "ui/hardware/cycle_range.h"
#include "ui/hardware/step_picture.h"

#include <QRectF>
#include <QSizeF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace fastcar::ui {

struct GanttTrack {
    QString title; // "Split"
    QString note;  // "64 613 cycles, 215 µs"
    std::shared_ptr<const StepPicture> picture;
    std::int64_t dense = 0; // cycles as if nothing were replayed; 0: not known

    bool operator==(const GanttTrack &) const = default;
};

struct GanttScene {
    std::vector<GanttTrack> tracks;
    double clockHz = 1.0;
    int rows = 1;
    int layer = -1; // chosen
    int row = -1;
    bool attentionOpen = false; // a lane for each unit, or all in one
    bool portsOpen = false;
    CycleRange range;
};

/// The end of what there is to see: of the longest track, and of its dense twin.
std::int64_t longestOf(const GanttScene &scene);

struct GanttLine {
    enum class Kind { Title, Layers, Lane, Together };
    Kind kind = Kind::Lane;
    std::size_t track = 0;
    CardUnit unit = CardUnit::Core;
    std::size_t lane = 0;  // in the picture, the first of them
    std::size_t count = 1; // lanes; more than one: Together
    bool opens = false;    // its label opens or closes the unit's lanes
    double top = 0.0;      // below the axis, before scrolling
    double height = 0.0;
};

struct GanttLayout {
    /// Of the names at the left, which larger text makes wider.
    static double labelWidth();
    static double axisHeight();
    static constexpr double rightEdge = 10.0;

    QSizeF size;
    std::vector<GanttLine> lines;
    double contentHeight = 0.0; // axis included

    /// Where cycles are drawn: the axis above it, labels left of it.
    QRectF plot() const;
    double xOf(const CycleRange &range, double cycle) const;
    double cycleAt(const CycleRange &range, double x) const;
    double cyclesPerPixel(const CycleRange &range) const;
    /// `y` below the axis, scrolling taken off.
    const GanttLine *lineAt(double y) const;
};

/// Lanes are as high as the size allows, between a least and a most; what does not fit is scrolled to.
GanttLayout layOut(const GanttScene &scene, QSizeF size);

/// Ticks for an axis: about one in `pixels` pixels, at a number that is short to write.
double tickStep(double cyclesPerPixel, double pixels);

} // namespace fastcar::ui

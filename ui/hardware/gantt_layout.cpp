// SPDX-License-Identifier: Apache-2.0
#include "ui/hardware/gantt_layout.h"

#include "ui/theme/theme.h"

#include "ui/models/axis_scale.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

// At the text's first size.
constexpr int titleHeight = 20;
constexpr int layersHeight = 17;
constexpr int lowestLane = 12;
constexpr int highestLane = 24;
constexpr double trackGap = 6.0;

std::size_t lanesOf(const StepPicture &picture, CardUnit unit)
{
    return static_cast<std::size_t>(
        std::count_if(picture.lanes.begin(), picture.lanes.end(),
                      [unit](const LaneSpans &lane) { return lane.unit() == unit; }));
}

void addLanes(std::vector<GanttLine> &lines, const GanttScene &scene, std::size_t track)
{
    const StepPicture &picture = *scene.tracks[track].picture;
    for (std::size_t lane = 0; lane < picture.lanes.size();) {
        const CardUnit unit = picture.lanes[lane].unit();
        const std::size_t count = lanesOf(picture, unit);
        const bool grouped = (unit == CardUnit::Attention || unit == CardUnit::Port) && count > 1;
        const bool open = unit == CardUnit::Attention ? scene.attentionOpen : scene.portsOpen;
        if (grouped)
            lines.push_back({.kind = GanttLine::Kind::Together,
                             .track = track,
                             .unit = unit,
                             .lane = lane,
                             .count = count,
                             .opens = true});
        if (!grouped || open)
            for (std::size_t i = 0; i < count; ++i)
                lines.push_back(
                    {.kind = GanttLine::Kind::Lane, .track = track, .unit = unit, .lane = lane + i});
        lane += count;
    }
}

} // namespace

std::int64_t longestOf(const GanttScene &scene)
{
    std::int64_t longest = 0;
    for (const GanttTrack &track : scene.tracks)
        if (track.picture)
            longest = std::max({longest, track.picture->cycles(), track.dense});
    return longest;
}

double GanttLayout::labelWidth()
{
    return atTextSize(110);
}

double GanttLayout::axisHeight()
{
    return atTextSize(29);
}

QRectF GanttLayout::plot() const
{
    return {labelWidth(), axisHeight(), std::max(1.0, size.width() - labelWidth() - rightEdge),
            std::max(1.0, size.height() - axisHeight())};
}

double GanttLayout::cyclesPerPixel(const CycleRange &range) const
{
    return range.width() / plot().width();
}

double GanttLayout::xOf(const CycleRange &range, double cycle) const
{
    const double scale = cyclesPerPixel(range);
    return plot().left() + (scale > 0.0 ? (cycle - range.begin()) / scale : 0.0);
}

double GanttLayout::cycleAt(const CycleRange &range, double x) const
{
    return range.begin() + (x - plot().left()) * cyclesPerPixel(range);
}

const GanttLine *GanttLayout::lineAt(double y) const
{
    for (const GanttLine &line : lines)
        if (y >= line.top && y < line.top + line.height)
            return &line;
    return nullptr;
}

GanttLayout layOut(const GanttScene &scene, QSizeF size)
{
    GanttLayout layout;
    layout.size = size;
    for (std::size_t track = 0; track < scene.tracks.size(); ++track) {
        if (!scene.tracks[track].picture)
            continue;
        layout.lines.push_back({.kind = GanttLine::Kind::Title, .track = track});
        layout.lines.push_back({.kind = GanttLine::Kind::Layers, .track = track});
        addLanes(layout.lines, scene, track);
    }
    double fixed = GanttLayout::axisHeight();
    double lanes = 0.0;
    for (const GanttLine &line : layout.lines) {
        if (line.kind == GanttLine::Kind::Title)
            fixed += atTextSize(titleHeight) + trackGap;
        else if (line.kind == GanttLine::Kind::Layers)
            fixed += atTextSize(layersHeight);
        else
            lanes += 1.0;
    }
    const double lowest = atTextSize(lowestLane), highest = atTextSize(highestLane);
    const double laneHeight =
        lanes > 0.0 ? std::clamp(std::floor((size.height() - fixed) / lanes), lowest, highest) : 0.0;
    double top = 0.0;
    for (GanttLine &line : layout.lines) {
        if (line.kind == GanttLine::Kind::Title && top > 0.0)
            top += trackGap;
        line.top = top;
        line.height = line.kind == GanttLine::Kind::Title    ? atTextSize(titleHeight)
                      : line.kind == GanttLine::Kind::Layers ? atTextSize(layersHeight)
                                                             : laneHeight;
        top += line.height;
    }
    layout.contentHeight = GanttLayout::axisHeight() + top + trackGap;
    return layout;
}

double tickStep(double cyclesPerPixel, double pixels)
{
    return tickStepUp(std::max(1.0, cyclesPerPixel * pixels));
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_scene.h"

#include <algorithm>
#include <limits>

namespace fastcar::ui {

namespace {

/// Any picture of the clip has the clip's size.
void takeSize(VideoScene &scene, const FrameStore &frames)
{
    if (frames.visibleFrames() > 0 && frames.at(0).picture) {
        scene.pictureWidth = frames.at(0).picture->width;
        scene.pictureHeight = frames.at(0).picture->height;
        return;
    }
    // Nothing yet: a field of the grid's proportions.
    scene.pictureWidth = scene.gridWidth * 8;
    scene.pictureHeight = scene.gridHeight * 8;
}

bool isRunning(const RunRecord &record)
{
    const auto phase = record.phase();
    return phase == Phase::Loading || phase == Phase::Prefill || phase == Phase::Repeating ||
           phase == Phase::Decoding || phase == Phase::Paused;
}

} // namespace

VideoScene makeScene(const RunRecord &record, const Selection &selection, const VideoOverlays &overlays,
                     std::optional<TasRange> range)
{
    VideoScene scene;
    if (!record.hasRun())
        return scene;
    const TraceShape &shape = record.trace().shape();
    const FrameStore &frames = record.frames();
    scene.gridWidth = shape.gridWidth;
    scene.gridHeight = shape.gridHeight;
    scene.frame = selection.frame();
    scene.overlays = overlays;
    scene.overlays.heatmap = overlays.heatmap && range;
    scene.range = range.value_or(TasRange{});
    scene.selected = selection.position();
    scene.hovered = selection.hovered();
    takeSize(scene, frames);
    if (scene.frame < frames.visibleFrames()) {
        const auto &entry = frames.at(scene.frame);
        scene.picture = entry.picture;
        scene.drawn = entry.tokens;
    }

    const int positions = shape.stride;
    const int firstStep = scene.frame * positions;
    scene.tas.assign(static_cast<std::size_t>(positions), std::numeric_limits<float>::quiet_NaN());
    scene.replayed.assign(static_cast<std::size_t>(positions), 0);
    const int steps = std::clamp(record.wholeSteps() - firstStep, 0, positions);
    for (int position = 0; position < steps; ++position) {
        const auto outcome = record.trace().outcome(firstStep + position, selection.layer(), selection.row());
        scene.tas[static_cast<std::size_t>(position)] = outcome.tas;
        scene.replayed[static_cast<std::size_t>(position)] = outcome.decision == Decision::Replayed;
    }

    const int next = record.trace().tokens() - firstStep;
    if (isRunning(record) && next >= 0 && next < positions)
        scene.current = next;
    return scene;
}

} // namespace fastcar::ui

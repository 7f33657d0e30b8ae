// SPDX-License-Identifier: Apache-2.0
#include "ui/video/video_scene.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace fastcar::ui {

namespace {

void takePicture(VideoScene &scene, const FrameStore &frames, int video)
{
    // Nothing yet: a field of the grid's proportions.
    const QSize size =
        frames.pictureSize().isEmpty() ? QSize(scene.gridWidth, scene.gridHeight) * 8 : frames.pictureSize();
    scene.pictureWidth = size.width();
    scene.pictureHeight = size.height();
    if (scene.frame >= frames.visibleFrames())
        return;
    const auto &entry = frames.at(video, scene.frame);
    scene.picture = entry.picture;
    scene.drawn = entry.tokens;
    // Another video is a preview ahead. What this one's first preview will show is the frame before.
    if (!scene.picture && scene.frame > 0)
        scene.picture = frames.at(video, scene.frame - 1).picture;
}

bool isRunning(const RunRecord &record)
{
    const auto phase = record.phase();
    return phase == Phase::Loading || phase == Phase::Prefill || phase == Phase::Repeating ||
           phase == Phase::Decoding || phase == Phase::Paused;
}

/// Of the layers of a row, those that were replayed.
float shareOf(MatrixView<const LayerOutcome> outcomes, int row)
{
    int replayed = 0;
    for (int layer = 0; layer < static_cast<int>(outcomes.rows); ++layer)
        replayed += outcomes.row(layer)[static_cast<std::size_t>(row)].decision == Decision::Replayed;
    return static_cast<float>(replayed) / static_cast<float>(outcomes.rows);
}

/// What the steps of the frame's positions tell, as far as they are there.
void takeSteps(VideoScene &scene, const RunRecord &record, int layer, int row)
{
    const int positions = record.trace().shape().stride;
    const int first = scene.frame * positions;
    scene.tas.assign(static_cast<std::size_t>(positions), std::numeric_limits<float>::quiet_NaN());
    scene.share = scene.tas;
    scene.replayed.assign(static_cast<std::size_t>(positions), 0);
    const int steps = std::clamp(record.wholeSteps() - first, 0, positions);
    for (int position = 0; position < steps; ++position) {
        const auto i = static_cast<std::size_t>(position);
        const LayerOutcome outcome = record.trace().outcome(first + position, layer, row);
        scene.tas[i] = outcome.tas;
        scene.replayed[i] = outcome.decision == Decision::Replayed;
        if (scene.frame > 0 && scene.overlays.share)
            scene.share[i] = shareOf(record.trace().outcomes(first + position), row);
    }
}

void takeDrift(VideoScene &scene, const DenseReference &reference, int video)
{
    const auto drift = reference.drift(video, scene.frame);
    if (!drift)
        return;
    for (const float levels : *drift)
        scene.drift.push_back(std::min(levels / DenseReference::fullLevels, 1.0f));
}

} // namespace

VideoScene makeScene(const RunRecord &record, const Selection &selection, const SceneChoice &choice)
{
    VideoScene scene;
    if (!record.hasRun())
        return scene;
    const TraceShape &shape = record.trace().shape();
    scene.gridWidth = shape.gridWidth;
    scene.gridHeight = shape.gridHeight;
    scene.frame = selection.frame();
    scene.overlays = choice.overlays;
    scene.overlays.heatmap = choice.overlays.heatmap && choice.range;
    scene.range = choice.range.value_or(TasRange{});
    scene.zoom = choice.zoom;
    scene.selected = selection.position();
    scene.hovered = selection.hovered();
    takePicture(scene, record.frames(), choice.video);
    takeSteps(scene, record, selection.layer(), selection.rowOf(choice.video));
    if (choice.reference && choice.overlays.drift)
        takeDrift(scene, *choice.reference, choice.video);
    const int next = record.trace().tokens() - scene.frame * shape.stride;
    if (isRunning(record) && next >= 0 && next < shape.stride)
        scene.current = next;
    return scene;
}

std::optional<std::vector<int>> changedPositions(const VideoScene &before, const VideoScene &after)
{
    const auto ground = [](const VideoScene &scene) {
        return std::tie(scene.picture, scene.pictureWidth, scene.pictureHeight, scene.gridWidth,
                        scene.gridHeight, scene.range, scene.overlays, scene.zoom);
    };
    const auto sizes = [](const VideoScene &scene) {
        return std::tuple(scene.tas.size(), scene.share.size(), scene.drift.size(), scene.replayed.size());
    };
    if (before.empty() || ground(before) != ground(after) || sizes(before) != sizes(after))
        return std::nullopt;
    const auto differs = [](const auto &a, const auto &b, std::size_t i) {
        return i < a.size() && a[i] != b[i] && !(a[i] != a[i] && b[i] != b[i]); // both NaN
    };
    std::vector<int> changed;
    for (int position = 0; position < after.gridWidth * after.gridHeight; ++position) {
        const auto i = static_cast<std::size_t>(position);
        const auto marks = [position](const VideoScene &scene) {
            return std::tuple(position < scene.drawn, position == scene.current, position == scene.selected,
                              position == scene.hovered);
        };
        if (marks(before) != marks(after) || differs(before.tas, after.tas, i) ||
            differs(before.share, after.share, i) || differs(before.drift, after.drift, i) ||
            differs(before.replayed, after.replayed, i))
            changed.push_back(position);
    }
    return changed;
}

} // namespace fastcar::ui

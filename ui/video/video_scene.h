// SPDX-License-Identifier: Apache-2.0
//
// What the video view is to show, as one value: both painters (Vulkan and QPainter) draw exactly this.
#pragma once

#include "ui/models/dense_reference.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/models/tas_scores.h"
#include "ui/video/picture_zoom.h"

#include <cstdint>
#include <vector>

namespace fastcar::ui {

/// What is laid over the picture, in this order. Each speaks by another means, so that they can be mixed: TAS
/// by the colour of its map, layers replayed by a level that rises in the cell, drift by a tint, the mask by
/// hatching, the grid by lines.
struct VideoOverlays {
    bool heatmap = true;
    bool share = false; // of the layers replayed
    bool drift = false; // from the same run without replay
    bool mask = true;
    bool grid = false;
    // 0 to 1
    float heatmapOpacity = 0.45f;
    float shareOpacity = 0.55f;
    float driftOpacity = 0.8f;
    float maskOpacity = 1.0f;
    float gridOpacity = 0.45f;

    bool operator==(const VideoOverlays &) const = default;
};

struct VideoScene {
    SharedFrame picture;                     // null: nothing to show
    int pictureWidth = 0, pictureHeight = 0; // also where there is no picture yet
    int gridWidth = 0, gridHeight = 0;
    int frame = 0;
    int drawn = 0;                      // positions of the frame that exist
    std::vector<float> tas;             // [position]; NaN: none
    std::vector<float> share;           // [position]: of the layers, those that were replayed; NaN: none
    std::vector<float> drift;           // [position], 0 to 1; empty: there is nothing to hold it against
    std::vector<std::uint8_t> replayed; // [position]
    TasRange range;                     // of the heatmap's colours
    VideoOverlays overlays;
    PictureZoom zoom;
    int current = -1; // the position that is drawn next, while a run goes on
    int selected = -1;
    int hovered = -1;

    bool empty() const { return gridWidth == 0 || pictureWidth == 0; }
};

/// How a video of the run is to be shown.
struct SceneChoice {
    int video = 0;
    VideoOverlays overlays;
    std::optional<TasRange> range; // nothing: no heatmap
    PictureZoom zoom;
    const DenseReference *reference = nullptr; // null, or one that does not fit: no drift
};

/// The selection's frame and layer, and the video's row that is of the chosen one's kind.
VideoScene makeScene(const RunRecord &record, const Selection &selection, const SceneChoice &choice);

/// The positions whose cells look different in `after`, each once; nothing where all of the picture may.
std::optional<std::vector<int>> changedPositions(const VideoScene &before, const VideoScene &after);

} // namespace fastcar::ui

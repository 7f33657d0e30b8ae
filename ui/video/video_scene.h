// SPDX-License-Identifier: Apache-2.0
//
// What the video view is to show, as one value: both painters (Vulkan and QPainter) draw exactly this.
#pragma once

#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/models/tas_scores.h"

#include <cstdint>
#include <vector>

namespace fastcar::ui {

/// What is laid over the picture.
struct VideoOverlays {
    bool heatmap = true;
    bool mask = true;
    bool grid = false;
    float opacity = 0.45f; // of the heatmap, 0 to 1

    bool operator==(const VideoOverlays &) const = default;
};

struct VideoScene {
    SharedFrame picture;                     // null: nothing to show
    int pictureWidth = 0, pictureHeight = 0; // also where there is no picture yet
    int gridWidth = 0, gridHeight = 0;
    int frame = 0;
    int drawn = 0;                      // positions of the frame that exist
    std::vector<float> tas;             // [position]; NaN: none
    std::vector<std::uint8_t> replayed; // [position]
    TasRange range;                     // of the heatmap's colours
    VideoOverlays overlays;
    int current = -1; // the position that is drawn next, while a run goes on
    int selected = -1;
    int hovered = -1;

    bool empty() const { return gridWidth == 0 || pictureWidth == 0; }
};

/// The selection's frame, layer and row of the run. `range` is empty for no heatmap.
VideoScene makeScene(const RunRecord &record, const Selection &selection, const VideoOverlays &overlays,
                     std::optional<TasRange> range);

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// All of a run that can be written to files, as it was when the person asked for it: a value that another
// thread can read while the window goes on.
#pragma once

#include "engine/quality/loaded_comparison.h"
#include "ui/models/run_record.h"
#include "ui/models/selection.h"
#include "ui/video/video_scene.h"

#include <memory>
#include <vector>

namespace fastcar::ui {

struct ExportMaterial {
    RunSettings settings;
    std::shared_ptr<const Trace> trace;
    std::vector<SharedFrame> frames; // whole ones, of the video that is shown
    std::vector<VideoScene> scenes;  // [frame]: what the viewer lays over it
    int video = 0;
    int layer = 0; // that is chosen
    int frame = 0; // that is looked at
    int framesPerSecond = 8;
    /// With another run, for what is between them; null: there is none.
    std::shared_ptr<const LoadedComparison> comparison;
};

struct ExportSource {
    const RunRecord &record;
    const RunSettings &settings; // with what the engine filled in
    const Selection &selection;
    const VideoOverlays &overlays;
    int framesPerSecond = 8;
    std::shared_ptr<const LoadedComparison> comparison;
};

/// The run must have a token.
ExportMaterial takeMaterial(const ExportSource &source);

} // namespace fastcar::ui

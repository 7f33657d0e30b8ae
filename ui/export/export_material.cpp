// SPDX-License-Identifier: Apache-2.0
#include "ui/export/export_material.h"

#include <algorithm>

namespace fastcar::ui {

ExportMaterial takeMaterial(const ExportSource &source)
{
    const RunRecord &record = source.record;
    const Selection &chosen = source.selection;
    ExportMaterial material;
    material.settings = source.settings;
    material.trace = std::make_shared<const Trace>(record.trace());
    material.video = chosen.video();
    material.layer = chosen.layer();
    material.framesPerSecond = source.framesPerSecond;
    material.comparison = source.comparison;
    material.frames = record.frames().wholePictures(chosen.video());
    material.frame = std::clamp(chosen.frame(), 0, std::max(0, static_cast<int>(material.frames.size()) - 1));

    // Every frame as the viewer would show it, but for what the pointer is doing.
    const TraceShape &shape = record.trace().shape();
    Selection selection;
    selection.setLimits(shape.layers, shape.rows, shape.stride, shape.videos);
    selection.setVisibleFrames(static_cast<int>(material.frames.size()));
    selection.chooseLayer(chosen.layer());
    selection.chooseRow(chosen.row());
    const auto range = heatmapRange(record.trace(), record.wholeSteps(), chosen.layer());
    for (std::size_t frame = 0; frame < material.frames.size(); ++frame) {
        selection.chooseFrame(static_cast<int>(frame));
        material.scenes.push_back(makeScene(
            record, selection, {.video = material.video, .overlays = source.overlays, .range = range}));
        material.scenes.back().current = -1;
    }
    return material;
}

} // namespace fastcar::ui

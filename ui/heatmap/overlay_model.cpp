// SPDX-License-Identifier: Apache-2.0
#include "ui/heatmap/overlay_model.h"

#include <algorithm>

namespace fastcar::ui {

void OverlayModel::set(const VideoOverlays &overlays)
{
    if (overlays == overlays_)
        return;
    overlays_ = overlays;
    emit changed();
}

void OverlayModel::setHeatmap(bool on)
{
    VideoOverlays next = overlays_;
    next.heatmap = on;
    set(next);
}

void OverlayModel::setMask(bool on)
{
    VideoOverlays next = overlays_;
    next.mask = on;
    set(next);
}

void OverlayModel::setGrid(bool on)
{
    VideoOverlays next = overlays_;
    next.grid = on;
    set(next);
}

void OverlayModel::setOpacityPercent(int percent)
{
    VideoOverlays next = overlays_;
    next.opacity = static_cast<float>(std::clamp(percent, 0, 100)) / 100.0f;
    set(next);
}

} // namespace fastcar::ui

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

void OverlayModel::set(bool VideoOverlays::*overlay, bool on)
{
    VideoOverlays next = overlays_;
    next.*overlay = on;
    set(next);
}

void OverlayModel::setHeatmap(bool on)
{
    set(&VideoOverlays::heatmap, on);
}

void OverlayModel::setShare(bool on)
{
    set(&VideoOverlays::share, on);
}

void OverlayModel::setDrift(bool on)
{
    set(&VideoOverlays::drift, on);
}

void OverlayModel::setMask(bool on)
{
    set(&VideoOverlays::mask, on);
}

void OverlayModel::setGrid(bool on)
{
    set(&VideoOverlays::grid, on);
}

void OverlayModel::setOpacityPercent(float VideoOverlays::*opacity, int percent)
{
    VideoOverlays next = overlays_;
    next.*opacity = static_cast<float>(std::clamp(percent, 0, 100)) / 100.0f;
    set(next);
}

} // namespace fastcar::ui

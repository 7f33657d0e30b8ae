// SPDX-License-Identifier: Apache-2.0
#include "ui/video/picture_zoom.h"

#include <algorithm>
#include <array>

namespace fastcar::ui {

namespace {

constexpr std::array ladder{0.25, 1.0 / 3.0, 0.5, 1.0,  2.0,  3.0,  4.0,  5.0,
                            6.0,  8.0,       10., 12.0, 16.0, 24.0, 32.0, 48.0};

} // namespace

double steppedFactor(double factor, int steps)
{
    for (; steps > 0; --steps) {
        const auto next = std::ranges::upper_bound(ladder, factor * 1.001);
        factor = next == ladder.end() ? ladder.back() : *next;
    }
    for (; steps < 0; ++steps) {
        const auto next = std::ranges::lower_bound(ladder, factor * 0.999);
        factor = next == ladder.begin() ? ladder.front() : *(next - 1);
    }
    return factor;
}

void ZoomModel::setZoom(const PictureZoom &zoom)
{
    if (zoom == zoom_)
        return;
    zoom_ = zoom;
    emit changed();
}

void ZoomModel::fit()
{
    setZoom({});
}

void ZoomModel::setFactor(double factor)
{
    setZoom({.factor = factor, .center = zoom_.center});
}

} // namespace fastcar::ui

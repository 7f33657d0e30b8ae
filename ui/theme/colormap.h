// SPDX-License-Identifier: Apache-2.0
//
// The colours of the TAS heatmap: viridis, which rises evenly in lightness and reads the same to colour-blind
// eyes and in grey print. Both painters of the video view and the legend take it from here.
#pragma once

#include <QColor>

#include <array>

namespace fastcar::ui {

/// 256 colours from the low end to the high one.
const std::array<QRgb, 256> &tasColormap();

/// `value` in [low, high]; what lies outside gets the colour of the nearer end.
QRgb tasColor(float value, float low, float high);

} // namespace fastcar::ui

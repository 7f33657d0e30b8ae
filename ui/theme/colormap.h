// SPDX-License-Identifier: Apache-2.0
//
// The colours of scores: viridis, which rises evenly in lightness and reads the same to colour-blind eyes and in
// grey print; and for differences a map with a middle, which is quiet on the theme's ground, blue to one side
// and yellow to the other: the pair that the common kinds of colour blindness keep apart. All painters of
// heatmaps and their legends take them from here.
#pragma once

#include <QColor>

#include <array>

namespace fastcar::ui {

/// 256 colours from the low end to the high one.
const std::array<QRgb, 256> &tasColormap();

/// `value` in [low, high]; what lies outside gets the colour of the nearer end.
QRgb tasColor(float value, float low, float high);

/// 256 colours of the theme at hand, from the most below zero (yellow) over none to the most above (blue).
const std::array<QRgb, 256> &differenceColormap();

} // namespace fastcar::ui

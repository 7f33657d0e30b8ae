// SPDX-License-Identifier: Apache-2.0
//
// What can be made of the thresholds of several layers at once. Plain functions over the values of a panel's
// sliders, which are finite.
#pragma once

#include <vector>

namespace fastcar::ui {

/// Layers, counted from 0, in ascending order.
using LayerSet = std::vector<int>;

/// The middle one by size; 0 of none.
float middleOf(std::vector<float> values);

/// All of `layers` at their middle.
std::vector<float> flat(std::vector<float> sliders, const LayerSet &layers);
/// From the first to the last of `layers`, which stay, along a straight line.
std::vector<float> ramp(std::vector<float> sliders, const LayerSet &layers);

} // namespace fastcar::ui

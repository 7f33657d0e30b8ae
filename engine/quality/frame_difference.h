// SPDX-License-Identifier: Apache-2.0
//
// How far two pictures of one size are from each other, pixel by pixel, over all three channels of 8 bit.
#pragma once

#include "engine/media/frame.h"

namespace fastcar {

struct FrameDifference {
    double meanSquared = 0.0;  // mean of (a - b)^2
    double meanAbsolute = 0.0; // mean of |a - b|, in levels of 0 to 255
};

FrameDifference frameDifference(const Frame &a, const Frame &b);

/// 10 log10(255^2 / meanSquared) in dB; infinity for 0, which equal pictures have.
double peakSignalToNoise(double meanSquared);

} // namespace fastcar

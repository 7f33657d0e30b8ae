// SPDX-License-Identifier: Apache-2.0
//
// Bilinear resizing of a feature map, pixel centres at halves (align_corners = false), edges repeated.
#pragma once

#include "engine/backend/cpu/convolution.h"

namespace fastcar::cpu {

/// x and y have the same channels and do not overlap.
void resizeBilinear(const FeatureMap &x, const FeatureMap &y);

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// The cycles of a step that are in view. All Gantts of a view share one, so that what stands over one another
// happens at the same time.
#pragma once

#include "ui/models/axis_range.h"

namespace fastcar::ui {

class CycleRange : public AxisRange {
public:
    /// The least that is worth looking at.
    static constexpr double narrowest = 24.0;

    CycleRange()
        : AxisRange(narrowest)
    {
    }
};

} // namespace fastcar::ui

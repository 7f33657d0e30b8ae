// SPDX-License-Identifier: Apache-2.0
//
// The tasks that the window has an arrangement for. Each remembers its own panels, their sizes and the page
// in the middle (panel_docks.h).
#pragma once

#include <QString>

#include <array>

namespace fastcar::ui {

enum class TaskLayout {
    Generate, // make a video and look at it
    Tune,     // thresholds: what they replay and what that costs the picture
    Hardware, // what a run takes on a card
    Compare,  // runs beside each other
};

inline constexpr std::array taskLayouts{TaskLayout::Generate, TaskLayout::Tune, TaskLayout::Hardware,
                                        TaskLayout::Compare};

/// "generate": in the settings and in names of controls.
QString keyOf(TaskLayout layout);
/// "Generate": for a person.
QString titleOf(TaskLayout layout);

} // namespace fastcar::ui

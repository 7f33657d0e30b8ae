// SPDX-License-Identifier: Apache-2.0
//
// Which token and which decode step the shared selection stands for: the one whose input is the token at the chosen frame and
// position. While the newest frame is followed and no position is chosen: the newest step.
#pragma once

#include "ui/models/run_record.h"
#include "ui/models/selection.h"

namespace fastcar::ui {

/// -1: there is no step yet.
int chosenStep(const RunRecord &record, const Selection &selection);
/// The token itself; -1: at most a frame is chosen.
int chosenToken(const RunRecord &record, const Selection &selection);
/// Makes it the chosen one, in all views.
void chooseStep(const RunRecord &record, Selection &selection, int step);

} // namespace fastcar::ui

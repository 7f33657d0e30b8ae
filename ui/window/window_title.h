// SPDX-License-Identifier: Apache-2.0
//
// What the window's title tells: the prompt and how far its run is, so that it can be read in a task bar.
#pragma once

#include "ui/bridge/run_controller.h"
#include "ui/models/run_record.h"

#include <QString>

namespace fastcar::ui {

/// "42 %, a cat – FastCar Studio"; without a run the name of the program.
QString windowTitle(RunController::State state, const RunRecord &record);

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Which of the models that are open the run at hand is one of. A run of the queue may be of another one than
// the form's, and a run of the library of one that is not open at all.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/models/run_settings_model.h"

namespace fastcar::ui {

/// Null: it is not open. One of the same shape as the run's will do: the run may have been made in another
/// place.
const Model *modelOfRun(const Trace &trace, const QueueRunner &runner, const RunSettingsModel &form);
/// Tokens that stand before the run's first visual one.
int promptTokens(const Model &model, const RunSettings &run);

} // namespace fastcar::ui

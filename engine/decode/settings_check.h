// SPDX-License-Identifier: Apache-2.0
//
// Can this model run with these settings? Asked before any work is done; errors say what to change.
#pragma once

#include "engine/base/result.h"
#include "engine/checkpoint/model_config.h"
#include "engine/decode/run_settings.h"
#include "engine/text/prompt.h"

namespace fastcar {

/// One threshold per layer or none at all, and none of them NaN; layers that the model has; a target that is a
/// share.
Result<void> checkReplayPolicy(const ReplayPolicy &policy, int layers);

Result<void> checkRunSettings(const RunSettings &settings, const ModelConfig &model, const PromptIds &prompt);

} // namespace fastcar

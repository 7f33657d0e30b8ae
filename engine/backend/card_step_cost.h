// SPDX-License-Identifier: Apache-2.0
//
// What steps take on a described card, as lines over what they have to do (engine/replay/step_cost.h), fitted
// to what its cycle model says of some of them: so that a forecast of a whole video costs nothing.
#pragma once

#include "engine/backend/card_timing.h"
#include "engine/replay/step_cost.h"

namespace fastcar {

struct CardStepCost {
    StepCost seconds;
    StepCost joules;
    /// The largest share by which the lines missed a step that they were fitted to.
    double largestError = 0.0;
};

struct CardClip {
    double secondsPerStep = 0.0;
    double seconds = 0.0; // of all decode steps, without prompt, drawing of codes and pixels
    double joules = 0.0;
};

/// For runs of `run` with a prompt of `promptTokens`. Of the policy the definition and DRS's policy matter.
/// Asks `timing` some twenty times, which takes milliseconds for the default model, and twenty seconds for
/// 7B.
Result<CardStepCost> fitCardStepCost(CardTiming &timing, const RunExtent &run, int promptTokens,
                                     const ReplayPolicy &policy, const AttentionSpan &attention);

CardClip forecastOnCard(const CardStepCost &cost, const ReplayForecast &forecast, const RunExtent &run);

} // namespace fastcar

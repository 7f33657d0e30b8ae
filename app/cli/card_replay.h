// SPDX-License-Identifier: Apache-2.0
//
// A recorded run on a described card: what its steps would take there, under each of DRS's policies. From the
// cycle model; energy is an estimate.
#pragma once

#include "engine/backend/card_timing.h"
#include "engine/trace/trace.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fastcar::cli {

struct RunOnCard {
    DrsPolicy drs = DrsPolicy::Split;
    CardTotals card;
    double seconds = 0.0;
    EnergyEstimate energy;
};

/// The decode steps of `trace`, as they were decided. `promptTokens`: before the first visual token. Errors:
/// the model does not fit the card; the trace is of another model.
Result<std::vector<RunOnCard>> timeOnCard(const Trace &trace, CardTiming &timing, int promptTokens);

nlohmann::ordered_json toJsonValue(const CardInfo &card);
nlohmann::ordered_json toJsonValue(const RunOnCard &run);
void printOnCard(const CardInfo &card, const std::vector<RunOnCard> &runs);

} // namespace fastcar::cli

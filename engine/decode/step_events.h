// SPDX-License-Identifier: Apache-2.0
//
// What a backbone step reports, as the events that a trace is made of (event.h).
#pragma once

#include "engine/backend/backbone.h"
#include "engine/decode/run_sink.h"

#include <cstdint>

namespace fastcar {

struct ToldStep {
    int token = 0;                       // visual token that was its input
    std::uint32_t policy = 0;            // number of the one that ruled
    const ReplayPolicy *moved = nullptr; // to where a target had moved that one's thresholds; null: no target
};

/// Thresholds, outcomes, the heads' scores, the card's counters, the time of the MLPs: in this order, and of
/// what the device does not tell, nothing.
void tellStep(RunSink &sink, const ToldStep &step, const StepReport &report);

} // namespace fastcar

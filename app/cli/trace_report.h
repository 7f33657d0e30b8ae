// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar trace summary` prints.
#pragma once

#include "engine/trace/trace_pass.h"
#include "engine/trace/trace_summary.h"

#include <nlohmann/json.hpp>

namespace fastcar::cli {

struct TraceReport {
    std::filesystem::path file;
    bool beingWritten = false; // by a run, when it was read
    const TraceSummary &summary;
    const TraceExtent &extent;
};

/// "whole", "cut_off", "damaged"
const char *toWord(TraceEnding ending);

nlohmann::ordered_json toJsonValue(const TraceReport &report);
void printForPeople(const TraceReport &report);

} // namespace fastcar::cli

// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar compare` found, as a JSON document and as lines for a person.
#pragma once

#include "engine/quality/run_comparison.h"

#include <nlohmann/json.hpp>

namespace fastcar::cli {

struct ComparisonReport {
    const RecordedRun &a;
    const RecordedRun &b;
    const RunComparison &comparison;
};

nlohmann::ordered_json toJsonValue(const ComparisonReport &report);
void printForPeople(const ComparisonReport &report);

} // namespace fastcar::cli

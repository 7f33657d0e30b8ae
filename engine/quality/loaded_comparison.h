// SPDX-License-Identifier: Apache-2.0
//
// Two runs in memory beside each other: the figures of a RunComparison, and where they come from, token by
// token and position by position.
#pragma once

#include "engine/quality/drift_map.h"
#include "engine/quality/loaded_run.h"
#include "engine/quality/run_comparison.h"
#include "engine/quality/token_comparison.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace fastcar {

struct LoadedComparison {
    RunComparison runs;
    std::optional<TokenComparison> tokens; // where both have a trace of one shape
    std::optional<DriftMap> drift;         // where both have pictures and one has a trace
    /// Brought to one size: a picture that is enlarged by a whole factor is made as small as the other one.
    std::vector<SharedFrame> a, b;
};

struct LoadedComparisonOptions {
    /// Frame f of B is held against frame f + offset of A; pictures only.
    int offset = 0;
    /// Whose pictures; codes are those of all videos.
    int video = 0;
    std::stop_token stop;
};

/// What cannot be compared is told in a note. Errors: there is nothing in common, Cancelled.
Result<LoadedComparison> compareRuns(const LoadedRun &a, const LoadedRun &b,
                                     const LoadedComparisonOptions &options = {});

} // namespace fastcar

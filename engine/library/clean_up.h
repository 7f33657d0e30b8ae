// SPDX-License-Identifier: Apache-2.0
//
// Which runs a clean-up takes away, said before it does: those that were deleted, and by age or size those
// that nobody rated.
#pragma once

#include "engine/base/result.h"
#include "engine/library/library.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace fastcar {

struct CleanUp {
    /// Made before this time, since 1970.
    std::optional<std::int64_t> beforeMs;
    /// The oldest ones, until the library takes no more than this.
    std::optional<std::int64_t> toBytes;
    /// Runs with as many stars stay, whatever their age and size.
    int keepFromStars = 1;
    /// And those that were deleted and wait for this.
    bool deletedOnes = true;
};

struct CleanUpPlan {
    std::vector<RunEntry> runs;
    std::int64_t bytes = 0; // that they take

    std::vector<RunId> ids() const;
};

/// With neither age nor size only deleted runs go. Runs that somebody writes never do.
Result<CleanUpPlan> planCleanUp(const Library &library, const CleanUp &cleanUp);

} // namespace fastcar

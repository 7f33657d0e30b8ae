// SPDX-License-Identifier: Apache-2.0
//
// The range of each layer's TAS in the run so far, as views scale by it: without the outermost scores, with
// ends that are short to write. Found anew when steps have come.
#pragma once

#include "ui/models/run_record.h"
#include "ui/models/tas_scores.h"

#include <optional>
#include <vector>

namespace fastcar::ui {

class TasRanges {
public:
    explicit TasRanges(const RunRecord &record)
        : record_(record)
    {
    }

    /// Nothing before there are scores.
    std::optional<TasRange> of(int layer) const;
    /// Another run: what was found is of the one before.
    void forget() { found_.clear(); }

private:
    struct Found {
        int steps = 0;
        std::optional<TasRange> range;
    };

    const RunRecord &record_;
    mutable std::vector<Found> found_; // by layer
};

} // namespace fastcar::ui

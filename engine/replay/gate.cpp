// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/gate.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace fastcar
{

namespace
{

Decision decisionFor(bool replay)
{
    return replay ? Decision::Replayed : Decision::Computed;
}

/// The mean score of a video's rows.
float meanScore(RowLayout layout, int video, std::span<const LayerOutcome> rows)
{
    const float conditional = rows[static_cast<std::size_t>(video)].tas;
    if (!layout.guided)
        return conditional;
    return 0.5f * (conditional + rows[static_cast<std::size_t>(video + layout.videos)].tas);
}

} // namespace

bool exceeds(float tas, float threshold)
{
    return threshold == -std::numeric_limits<float>::infinity() || tas > threshold;
}

void decide(GateMode mode, std::optional<float> threshold, bool hasEarlierFrame, RowLayout layout,
            std::span<LayerOutcome> rows)
{
    assert(rows.size() == static_cast<std::size_t>(layout.rows()));
    if (!threshold || !hasEarlierFrame) {
        for (LayerOutcome &row : rows)
            row.decision = Decision::NotEligible;
        return;
    }
    const bool all = std::all_of(rows.begin(), rows.end(),
                                 [&](const LayerOutcome &row) { return exceeds(row.tas, *threshold); });
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const int video = layout.videoOf(static_cast<int>(r));
        switch (mode) {
        case GateMode::Row:
            rows[r].decision = decisionFor(exceeds(rows[r].tas, *threshold));
            break;
        case GateMode::All:
            rows[r].decision = decisionFor(all);
            break;
        case GateMode::Conditional:
            rows[r].decision = decisionFor(exceeds(rows[static_cast<std::size_t>(video)].tas, *threshold));
            break;
        case GateMode::Mean:
            rows[r].decision = decisionFor(exceeds(meanScore(layout, video, rows), *threshold));
            break;
        }
    }
}

} // namespace fastcar

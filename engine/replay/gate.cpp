// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/gate.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fastcar {

namespace {

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

/// As a number that can be sorted; one that never replays is the smallest.
float finite(float score)
{
    constexpr float largest = std::numeric_limits<float>::max();
    return std::isnan(score) ? -largest : std::clamp(score, -largest, largest);
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

std::span<float> decidingScores(GateMode mode, RowLayout layout, std::span<const LayerOutcome> rows,
                                std::span<float> to)
{
    assert(rows.size() == static_cast<std::size_t>(layout.rows()) && to.size() >= rows.size());
    const auto videos = static_cast<std::size_t>(layout.videos);
    switch (mode) {
    case GateMode::Row:
        break;
    case GateMode::All:
        to[0] = std::numeric_limits<float>::max();
        for (const LayerOutcome &row : rows)
            to[0] = std::min(to[0], finite(row.tas));
        return to.first(1);
    case GateMode::Conditional:
        std::ranges::transform(rows.first(videos), to.begin(),
                               [](const LayerOutcome &row) { return finite(row.tas); });
        return to.first(videos);
    case GateMode::Mean:
        for (std::size_t video = 0; video < videos; ++video)
            to[video] = finite(meanScore(layout, static_cast<int>(video), rows));
        return to.first(videos);
    }
    std::ranges::transform(rows, to.begin(), [](const LayerOutcome &row) { return finite(row.tas); });
    return to.first(rows.size());
}

} // namespace fastcar

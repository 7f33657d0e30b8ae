// SPDX-License-Identifier: Apache-2.0
//
// Steps on the made card as the hardware panel draws them: three layers, two rows; row 2 replays in layer 2,
// both do in layer 3.
#pragma once

#include "tests/ui/made_card.h"
#include "ui/hardware/gantt_layout.h"
#include "ui/hardware/step_picture.h"

#include <array>

namespace fastcar::ui {

inline constexpr std::array<std::uint32_t, 3> halfReplayed{0b00, 0b10, 0b11};

inline std::shared_ptr<const StepPicture> pictureOf(std::span<const std::uint32_t> replays, DrsPolicy drs)
{
    StepQuery query;
    query.position = 40;
    query.rows = 2;
    query.replays = replays;
    query.policy.drs = drs;
    return makeStepPicture(timeOnMadeCard(query, true), madeCard(), replays);
}

inline GanttTrack trackOf(DrsPolicy drs, const QString &title)
{
    GanttTrack track;
    track.title = title;
    track.picture = pictureOf(halfReplayed, drs);
    return track;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// What a policy would do to a video, from the scores of a run of it: looked up in a ScoreDigest, fast enough
// to follow a slider (some microseconds a layer).
//
// It is a forecast, no more. What is replayed changes the states that later scores are measured on, and the
// codes that are drawn; a run with more replay than the recorded one had scores otherwise. How far off it is
// on the default model: bench/README.md, "forecast". Within one run, a changed policy changes what is still
// to come only; the forecast is of the whole video under it.
#pragma once

#include "engine/replay/replay_policy.h"
#include "engine/replay/score_digest.h"

#include <vector>

namespace fastcar {

/// Expected numbers of MLP calls; not whole ones, where recorded steps stand for others.
struct ExpectedReplay {
    double replayed = 0.0;
    double eligible = 0.0;
    double total = 0.0;      // rows of all decode steps
    double wholeSteps = 0.0; // in which every row replays, so that the weights are not read
    double steps = 0.0;      // layers' steps

    double ofEligible() const { return eligible > 0.0 ? replayed / eligible : 0.0; }
    double ofAll() const { return total > 0.0 ? replayed / total : 0.0; }
    double unread() const { return steps > 0.0 ? wholeSteps / steps : 0.0; }
    ExpectedReplay &operator+=(const ExpectedReplay &other);
};

struct ReplayForecast {
    /// There are scores, and they are of the policy's definition; otherwise nothing below means anything.
    bool known = false;
    std::vector<ExpectedReplay> layers; // of the whole video
    ExpectedReplay all;
    int measuredSteps = 0; // what it is told from
    int scoredSteps = 0;   // of the whole video, that will have scores
};

/// Of a video as long as the digest's. Frames that are not recorded, or not to their end, are taken to score
/// as the recorded ones do. With a target each frame is taken to meet it.
ReplayForecast forecast(const ScoreDigest &scores, const ReplayPolicy &policy);

} // namespace fastcar

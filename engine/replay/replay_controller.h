// SPDX-License-Identifier: Apache-2.0
//
// From the policy that a person set to the one that rules a step (docs/replay.md, "A target instead of
// thresholds"): nothing outside of the frames and layers where replay is allowed, and thresholds that move so
// that a target is met at the end of the video.
//
//     ReplayController controller({.layers = 32, .frames = 8, .stride = 256, .rows = layout}, policy);
//     for each step: backbone.step(..., &controller.policyFor(token)); controller.observe(token, outcomes);
//
// A function of the policies and of the outcomes that it was told, and of nothing else: so a run repeats bit
// for bit, and one that goes on behind a trace has the thresholds that it would have had.
#pragma once

#include "engine/backend/backbone.h"
#include "engine/replay/replay_policy.h"
#include "engine/replay/run_extent.h"
#include "engine/replay/score_window.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace fastcar {

/// Of one run; one thread at a time.
class ReplayController {
public:
    ReplayController(const RunExtent &run, ReplayPolicy policy);

    /// Rules from the next step on. A target counts what is decided from then on. Scores that were seen
    /// before still tell where it sets out from, if they mean the same.
    void setPolicy(ReplayPolicy policy);
    const ReplayPolicy &policy() const { return policy_; }

    /// What rules the step whose input is `visualToken`. Valid until the next call.
    const ReplayPolicy &policyFor(int visualToken);
    /// What became of it, [layers, rows].
    void observe(int visualToken, MatrixView<const LayerOutcome> outcomes);

private:
    struct Layer {
        ScoreWindow window;
        std::int64_t replayed = 0, eligible = 0; // rows, since the policy rules
    };

    bool allowsFrameOf(int visualToken) const;
    /// Steps from `visualToken` on in which something may be replayed.
    int stepsLeft(int visualToken) const;
    double shareToCome(std::int64_t replayed, std::int64_t eligible, std::int64_t rowsAhead) const;
    void makeWindows();
    void meetPerLayer(std::int64_t rowsAhead);
    void meetOverAll(std::int64_t rowsAhead);
    void moveTogether(double share);

    RunExtent run_;
    ReplayPolicy policy_; // as it was set
    ReplayPolicy ruling_; // of the step at hand
    int allowedLayers_ = 0;
    std::optional<int> since_; // steps that were left when the policy's target began
    double trust_ = 0.0;       // in what is measured over all layers, against the thresholds that were given
    std::vector<Layer> layers_;
    std::vector<float> scores_; // of a step's layer
    std::vector<float> pool_;   // of all layers' windows
};

} // namespace fastcar

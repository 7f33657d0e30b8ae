// SPDX-License-Identifier: Apache-2.0
//
// The scores of a run, sorted, so that what a threshold would let through is looked up instead of counted:
// what a forecast is made from. Grows with the run, a step at a time.
#pragma once

#include "engine/replay/replay_policy.h"
#include "engine/replay/run_extent.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fastcar {

/// One thread at a time. About 40 bytes for each layer and token of a video.
class ScoreDigest {
public:
    ScoreDigest() = default;
    /// Of the scores of one definition; thresholds of the other mean nothing to them.
    ScoreDigest(const RunExtent &run, TasDefinition definition);

    const RunExtent &run() const { return run_; }
    TasDefinition definition() const { return definition_; }

    /// The scores of the step whose input was `visualToken`, [layers, rows], whatever was decided. A step of
    /// frame 1 has none and is passed over.
    void add(int visualToken, MatrixView<const LayerOutcome> outcomes);
    /// Steps with scores, of a frame counted from 0.
    int steps(int frame) const { return steps_[static_cast<std::size_t>(frame)]; }
    int steps() const;

    /// What replays of a layer in the recorded steps of a frame.
    struct Passed {
        std::int64_t rows = 0;
        std::int64_t wholeSteps = 0; // in which every row does, so that the weights are not read
    };
    Passed passed(GateMode gate, int layer, int frame, float threshold) const;
    /// The scores that a gate holds against the threshold there, in order.
    std::span<const float> deciding(GateMode gate, int layer, int frame) const;

private:
    struct Scores {
        std::vector<float> deciding; // in order
        std::vector<float> whole;    // the smallest of each step's, in order; where it is one alone: empty
    };
    /// Of a layer in a frame, by gate.
    using Cell = std::array<Scores, 4>;
    const Scores &scores(GateMode gate, int layer, int frame) const;

    RunExtent run_;
    TasDefinition definition_ = TasDefinition::Official;
    std::vector<Cell> cells_; // [layers, frames]
    std::vector<int> steps_;  // [frames]
    std::vector<float> step_; // of one layer of a step
};

} // namespace fastcar

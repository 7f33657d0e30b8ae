// SPDX-License-Identifier: Apache-2.0
//
// What replay decided, at every scale: for each layer and row a mip-map over the steps of a trace, so that a
// view paints any stretch of a run of any length at the cost of its pixels. Beside it the chains: how many
// times in a row an output has been replayed by now, position by position through the frames (docs/replay.md,
// "The cache and chains").
//
// Append-only, like the trace it is made of and read together with: single steps stay in the trace, the
// pyramid holds stretches of 16 steps and more. It takes about as much memory as the trace's outcomes.
#pragma once

#include "engine/trace/trace.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace fastcar {

/// What one layer of one row did in some steps.
struct DecisionSummary {
    std::int32_t steps = 0;
    std::int32_t eligible = 0;
    std::int32_t replayed = 0;
    std::int32_t scored = 0; // steps with a finite TAS
    float lowestTas = std::numeric_limits<float>::infinity();
    float highestTas = -std::numeric_limits<float>::infinity();
    double sumOfTas = 0.0;
    std::int32_t longestChain = 0; // of the replays; 0: nothing was replayed

    std::int32_t computed() const { return eligible - replayed; }
    std::int32_t notEligible() const { return steps - eligible; }
    /// Of the steps with a score; NaN where there is none.
    float meanTas() const { return static_cast<float>(sumOfTas / scored); }

    void add(LayerOutcome outcome, std::int32_t chain);
    DecisionSummary &operator+=(const DecisionSummary &other);
    bool operator==(const DecisionSummary &) const = default;
};

/// The same without scores and chains but the longest: what a picture of decisions needs.
struct DecisionShares {
    std::int32_t steps = 0;
    std::int32_t replayed = 0;
    std::int32_t computed = 0; // though they were eligible
    std::int32_t longestChain = 0;

    bool operator==(const DecisionShares &) const = default;
};

/// From `begin` on, up to and without `end`.
struct StepRange {
    int begin = 0;
    int end = 0;

    bool operator==(const StepRange &) const = default;
};

class DecisionPyramid {
public:
    DecisionPyramid() = default;
    explicit DecisionPyramid(const TraceShape &shape);

    /// Takes the steps of `trace` that are not here yet. Always the same trace, which may have grown.
    void append(const Trace &trace);
    int steps() const { return steps_; }

    /// How many times in a row the output of this step's position has been replayed, this step included; 0 if
    /// the step computed it. Counts to 65535.
    int chain(int step, int layer, int row) const;

    /// All steps of `range` that are here, exactly; costs the logarithm of their number.
    DecisionSummary over(const Trace &trace, StepRange range, int layer, int row) const;

    /// The place of a layer's row among those of a step.
    std::size_t track(int layer, int row) const;
    /// All steps of `range` that are here, exactly, of each of `tracks`: all lanes of a column of pixels in
    /// one walk through memory.
    void shares(const Trace &trace, StepRange range, std::span<const std::size_t> tracks,
                std::span<DecisionShares> of) const;

    /// `range` cut into as many equal parts as there are pixels, each with what happened in it. Where a pixel
    /// is less than a step it gets the step that it lies in; where it is 16 steps or more, parts begin at the
    /// stretches that the pyramid holds, less than a pixel before their place. Steps that are not here yet
    /// count nothing.
    void fill(const Trace &trace, StepRange range, int layer, int row,
              std::span<DecisionSummary> pixels) const;

private:
    using Stretches = std::vector<DecisionSummary>; // [stretch, layer, row]

    std::size_t tracks() const;
    int coarsestBits() const;
    template <typename Step, typename Stretch>
    void walk(StepRange range, Step step, Stretch stretch) const;
    void takeStep(const Trace &trace);
    void mergeUpwards(std::size_t firstChanged);
    void addSteps(DecisionSummary &sum, const Trace &trace, StepRange range, int layer, int row) const;

    TraceShape shape_;
    int steps_ = 0;
    std::vector<std::uint16_t> chains_; // [step, layer, row]
    std::vector<Stretches> levels_;     // level l: stretches of 16 * 2^l steps; the last one has one stretch
};

} // namespace fastcar

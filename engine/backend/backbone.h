// SPDX-License-Identifier: Apache-2.0
//
// Backbone: the seam between what is decoded and what executes it. An implementation holds the rows in flight
// (their KV caches and MLP caches) and computes one step for all of them: every layer's attention, the TAS,
// the gate, and the MLP or its replay. The gate is part of it, because the decision is taken where the data
// is: an MLP that is replayed is not computed and its weights are not read.
//
// Rows: the videos' conditional rows first, then their unconditional ones in the same order (guided runs);
// row v and row v + videos are the two rows of video v.
#pragma once

#include "engine/backend/card_counters.h"
#include "engine/base/result.h"
#include "engine/replay/replay_policy.h"
#include "engine/tensor/tensor.h"

#include <cstdint>
#include <span>
#include <string>

namespace fastcar {

struct RowLayout {
    int videos = 1;
    bool guided = true; // with an unconditional row per video

    int rows() const { return guided ? 2 * videos : videos; }
    int videoOf(int row) const { return row % videos; }
    bool isConditional(int row) const { return row < videos; }
    bool operator==(const RowLayout &) const = default;
};

enum class Decision : std::uint8_t {
    NotEligible, // prompt, first frame, or a layer without a threshold: computed
    Computed,    // eligible, computed
    Replayed,    // eligible, the cached output was used
};

/// What became of one row at one layer in one step.
struct LayerOutcome {
    float tas = 0.0f; // NaN where there is no earlier frame
    Decision decision = Decision::NotEligible;
};

/// What a layer took of a step.
struct LayerCost {
    std::int64_t attentionNs = 0, mlpNs = 0;             // wall time; attention with its projections
    std::uint64_t attentionBytes = 0, mlpBytes = 0;      // of matrices that were read; an MLP that all rows replay has 0
};

/// Written by step(); storage belongs to the backbone and is valid until its next call.
struct StepReport {
    MatrixView<const float> hidden;         // [rows, D], final-normed
    MatrixView<const LayerOutcome> outcome; // [layers, rows]
    /// [layers * rows, heads]: each query head's score, whose mean is the TAS. Empty where it was not asked
    /// for, where there is no TAS, and of a device that does not tell.
    MatrixView<const float> headScores;
    std::uint64_t weightBytesRead = 0;      // of the layers' matrices
    std::uint64_t cacheBytesRead = 0;       // keys, values and replayed outputs; 0 where the device does not tell
    std::span<const LayerCost> layers;      // empty where the device does not tell
    std::int64_t mlpNs = 0;                 // wall time within MLPs
    std::int64_t attentionNs = 0;           // wall time within attention and its projections
    const CardCounters *card = nullptr;     // of an accelerator's run; null where the device has none
};

struct StepInput {
    MatrixView<const float> embeddings; // [rows, D]
    /// Index in the video of the visual token that is this step's input: 0, 1, 2, ... A row's position is its
    /// prompt's length plus this.
    int visualToken = 0;
    const ReplayPolicy *policy = nullptr; // thresholds for every layer, or none at all
    AttentionSpan attention;
    bool headScores = false; // are asked for
};

/// One thread at a time. Calls come in the order begin, prefill for every row, step, step, ...
class Backbone {
public:
    virtual ~Backbone() = default;

    /// The device's name as the user would type it, e.g. "cpu".
    virtual std::string device() const = 0;

    /// Forgets everything (KV, MLP cache) and makes room for a generation of `visualTokens` tokens behind
    /// prompts of at most `promptTokens`. Errors: more positions than the model has, memory that the machine
    /// does not have.
    virtual Result<void> begin(RowLayout layout, int promptTokens, int visualTokens) = 0;

    /// Runs a prompt through one row. `embeddings` [P, D]; `hidden` [D] receives the final-normed state of
    /// the last token. Where `allHidden` is given ([P, D]) it receives the state of every token.
    virtual Result<void> prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                                 MatrixView<float> allHidden = {}) = 0;

    /// One decode step of all rows.
    virtual Result<StepReport> step(const StepInput &input) = 0;
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// What happened, token by token: one trace serves the views, the exports and the tests. Views never ask the
// engine; they read this.
//
// The engine draws token 0 from the prefill. Then, for j = 0, 1, ...: the step whose input is token j tells
// its outcomes, the codes of token j + 1 follow, and TokenDone(j + 1) ends the two. The trace counts a step
// and a token when they are ended, so a reader never sees half of one. The last token of a video has no step.
#pragma once

#include "engine/decode/event.h"
#include "engine/decode/generation.h"
#include "engine/decode/run_settings.h"
#include "engine/replay/replay_statistics.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace fastcar {

/// The sizes of what is traced.
struct TraceShape {
    int layers = 0;
    int rows = 0;
    int videos = 0;
    int depth = 0;  // K
    int stride = 0; // N
    int gridHeight = 0;
    int gridWidth = 0;
    int frames = 0;

    bool operator==(const TraceShape &) const = default;
};

/// Of a layer, in a trace.
inline constexpr int mostHeads = 1024;

/// The shape that a run of `settings` with a model of `config` has.
TraceShape traceShape(const ModelConfig &config, const RunSettings &settings);

/// What a trace tells when a token is done: the token, and the step that was run between it and the one
/// before. A view.
struct TracedToken {
    int token = 0;
    std::int64_t timeNs = 0;             // when it was done, since the run began
    std::span<const std::int32_t> codes; // [videos, K]
    // Of step token - 1, whose input is the token before; the first token has none.
    std::uint32_t policy = 0;
    MatrixView<const LayerOutcome> outcomes; // [layers, rows]
    const CardCounters *card = nullptr;      // null where the device has no counters
    MatrixView<const float> headScores;      // [layers * rows, heads]; empty where nobody had asked
    std::int64_t mlpNs = 0;                  // of the step, within MLPs; 0 where the device does not tell
    /// [layers]: where a target had moved the policy's thresholds to, NaN for none; empty where none has.
    std::span<const float> movedThresholds;

    bool hasStep() const { return token > 0; }
    int step() const { return token - 1; }
};

/// A policy was named. It rules from the step on whose input is the next token.
struct PolicyChange {
    std::uint32_t number = 0;
    ReplayPolicy policy;
};

/// What a trace's file tells, one after another.
using TraceItem = std::variant<TracedToken, PolicyChange, Continuation>;

/// What a layer's scores were held against in the step of `token`, of frames of `stride`, which `ruling`
/// ruled: the policy's threshold, or where a target had moved it to; nothing where replay was not allowed.
std::optional<float> thresholdInForce(const TracedToken &token, const ReplayPolicy &ruling, int stride,
                                      int layer);

class Trace;

/// All that generate() needs to go on behind what `trace` holds.
RunPrefix prefixOf(const Trace &trace);

/// Append-only; one thread at a time (the views' thread holds its own, filled from the ring).
class Trace {
public:
    Trace() = default;
    Trace(TraceShape shape, RunSettings settings);

    const TraceShape &shape() const { return shape_; }
    const RunSettings &settings() const { return settings_; }

    /// Takes an event as the engine sent it; kinds that a trace does not keep are passed over, and so are
    /// events outside of the shape or out of order.
    void append(const Event &event);
    /// The same for all events of a token and its step at once.
    void append(const TracedToken &token);
    /// The same for whatever a file has told.
    void append(const TraceItem &item);
    /// The policy that a number in the trace stands for; number 0 is the one of the settings. The event that
    /// names it tells from which step on it rules.
    void addPolicy(std::uint32_t number, ReplayPolicy policy);
    /// The run had stopped and went on: becomes part of the settings.
    void addContinuation(Continuation continuation);
    /// What the engine filled in when the run had begun: the model's digest, the version.
    void addRunFacts(const RunSettings &settings);

    /// Visual tokens that were drawn up to now.
    int tokens() const { return tokens_; }
    /// Decode steps in the trace: step s had token s as its input.
    int steps() const { return steps_; }
    LayerOutcome outcome(int step, int layer, int row) const;
    /// All of a step: [layers, rows].
    MatrixView<const LayerOutcome> outcomes(int step) const;
    std::uint32_t policyOf(int step) const;
    /// The same of a step that is still to come, as far as is known now.
    std::uint32_t policyToCome(int step) const;
    /// What a layer's scores were held against in a step: the policy's threshold, or where a target had moved
    /// it to; nothing where replay was not allowed. Only a trace that was made with a target knows that
    /// one's.
    std::optional<float> threshold(int step, int layer) const;
    /// Have the thresholds of a step been moved by a target?
    bool hasMovedThresholds(int step) const;
    /// [layers * rows, heads] of a step: the scores whose means are its TAS; empty where nobody had asked for
    /// them, and where there is no TAS.
    MatrixView<const float> headScores(int step) const;
    /// Query heads of a layer; 0: no step has their scores.
    int heads() const;
    /// What the accelerator counted in a step; nothing where the device has no counters.
    std::optional<CardCounters> card(int step) const;
    /// Of a step's time what passed within MLPs; 0 where the device does not tell.
    std::int64_t mlpNs(int step) const;
    /// Of all steps in the trace that have counters.
    CardTotals cardTotals() const;
    /// That of the settings where nothing is known of `number`.
    const ReplayPolicy &policy(std::uint32_t number) const;
    /// Those that came in the course of the run, by number.
    const std::map<std::uint32_t, ReplayPolicy> &policies() const { return policyTable_; }
    std::int32_t code(int token, int video, int depth) const;
    /// When a token was done, since the run began.
    std::int64_t timeNs(int token) const;
    /// All of a token; valid until the trace grows.
    TracedToken token(int token) const;

    /// What replay did up to now.
    ReplayStatistics statistics() const;

private:
    std::size_t outcomesOfStep() const;
    std::size_t codesOfToken() const;
    bool isNextToken(std::uint32_t token) const;
    bool fitsCards(int cores, int ports) const;
    void takeOutcome(const Event &event);
    void takeCode(const Event &event);
    void takeThreshold(const Event &event);
    void takeMovedThresholds(std::size_t step, std::span<const float> moved);
    void takeHead(const Event &event);
    void takeHeads(std::size_t step, MatrixView<const float> scores);
    void takeCardRun(const Event &event);
    void takeCount(const Event &event);
    void takeMlpTime(const Event &event);
    void endToken(const Event &event);

    TraceShape shape_;
    RunSettings settings_;
    int tokens_ = 0;
    int steps_ = 0;
    // The last token's and step's parts stand behind those that are counted until they are ended.
    std::vector<LayerOutcome> outcomes_;    // [step, layer, row]
    std::vector<std::uint32_t> policies_;   // [step]
    std::vector<float> thresholds_;         // [step, layer], up to the last one with a target; NaN: none
    std::vector<CardCounters> cards_;       // [step], without cores where there is none
    std::vector<std::vector<float>> heads_; // [step], up to the last one with any: [layer, row, head]
    std::vector<std::int64_t> mlpTimes_;    // [step], up to the last one that is told; 0: is not
    std::map<std::uint32_t, ReplayPolicy> policyTable_;
    std::map<std::uint32_t, int> policyFrom_; // the first step that a policy rules
    std::vector<std::int32_t> codes_;         // [token, video, depth]
    std::vector<std::int64_t> times_;         // [token]
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// What a user sets of FastCar's replay: which score, which thresholds, who decides. Plain values; what is
// done with them stands in gate.h.
#pragma once

#include "engine/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

/// The Temporal Attention Score of a token at a layer: the mean over heads of <q, k> / sqrt(headDim), with k
/// the rotated key of the same position one frame earlier. Thresholds of one definition mean nothing under
/// the other.
enum class TasDefinition {
    Official, // q before its rotation: what the published code computes
    Paper,    // q after its rotation: the attention logit itself
};

/// Who decides whether a layer's MLP is replayed for a row.
enum class GateMode {
    Row,         // each row by its own score (the published behaviour)
    All,         // all rows of the step replay if every one of them would, else none: weights stay unread
    Conditional, // the conditional row decides for its video's both rows
    Mean,        // the mean of a video's rows' scores decides for both
};

/// How Dynamic Resource Scheduling maps the rows that compute to an accelerator's cores (docs/accelerator.md,
/// "The matrix-vector engine"): how long a step takes on a card, never what it computes. Other devices pass
/// it over.
enum class DrsPolicy {
    Static, // a row's core is fixed: no scheduling
    Deal,   // rows that compute are dealt round robin (the paper)
    Split,  // the outputs of rows that compute are divided over all cores
};

/// Some frames or layers in a row, counted from 1 as people do. Both ends belong to it.
struct ReplayRange {
    int first = 1;
    int last = 0; // 0: to the end

    bool all() const { return first <= 1 && last == 0; }
    /// `number` counts from 1.
    bool contains(int number) const { return number >= first && (last == 0 || number <= last); }
    bool operator==(const ReplayRange &) const = default;
};

/// A share of the eligible decisions that is to be replayed, instead of thresholds that somebody chose: a
/// ReplayController moves the thresholds until it is met.
struct ReplayTarget {
    float ratio = 0.5f;    // of eligible, 0 to 1
    bool perLayer = false; // each layer meets it; otherwise all of them together do

    bool operator==(const ReplayTarget &) const = default;
};

/// Where and when an MLP may be replayed instead of computed. Who executes steps needs only the first four
/// fields, as ReplayController::policyFor() fills them in for a step: frames, layers and target are heeded
/// there, by thresholds that are none.
struct ReplayPolicy {
    TasDefinition definition = TasDefinition::Official;
    GateMode gate = GateMode::Row;
    DrsPolicy drs = DrsPolicy::Split;
    /// Replay where TAS > threshold (strictly). One per layer, nothing for a layer that never replays; empty:
    /// none does. With a target: where it sets out from, infinite ones are left as they are; empty: from what
    /// it measures.
    std::vector<std::optional<float>> thresholds;
    /// Where replay is allowed; outside nothing is eligible. A step belongs to the frame of its input token,
    /// and in frame 1 nothing is eligible anyhow.
    ReplayRange frames;
    ReplayRange layers;
    std::optional<ReplayTarget> target;

    std::optional<float> threshold(int layer) const
    {
        return thresholds.empty() ? std::nullopt : thresholds[static_cast<std::size_t>(layer)];
    }
    bool operator==(const ReplayPolicy &) const = default;
};

/// What a row sees in attention: everything, or the first `sinks` positions and the last `window` (its own
/// included). The key that the TAS needs stays reachable either way.
struct AttentionSpan {
    bool windowed = false;
    int sinks = 0;
    int window = 0;

    bool operator==(const AttentionSpan &) const = default;
};

/// Does `policy` let anything of this layer (counted from 0) be replayed, in frames where it may?
bool allowsLayer(const ReplayPolicy &policy, int layer);

/// The words of the command line. "row", "all", "cond", "mean"; "official", "paper"; "static", "deal",
/// "split"; "full", "window:SINKS+W"; "all", "A-B", "A-", "A" (counted from 1); "X" or "X0,X1,..." with
/// "none", "inf", "-inf" (a single value holds for all `layers`).
Result<TasDefinition> parseTasDefinition(std::string_view text);
Result<GateMode> parseGateMode(std::string_view text);
Result<DrsPolicy> parseDrsPolicy(std::string_view text);
Result<AttentionSpan> parseAttentionSpan(std::string_view text);
Result<ReplayRange> parseReplayRange(std::string_view text);
Result<std::vector<std::optional<float>>> parseThresholds(std::string_view text, int layers);
std::string toString(TasDefinition definition);
std::string toString(GateMode gate);
std::string toString(DrsPolicy policy);
std::string toString(const ReplayRange &range);
std::string toString(const AttentionSpan &span);
std::string toString(const std::vector<std::optional<float>> &thresholds);

} // namespace fastcar

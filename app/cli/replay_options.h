// SPDX-License-Identifier: Apache-2.0
//
// The options of FastCar's replay and of attention: --tas, --tas-threshold, --target-ratio, --per-layer,
// --replay, --preset, --replay-frames, --replay-layers, --gate, --drs, --attention.
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/replay/replay_policy.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace fastcar::cli {

struct ReplayOptions {
    std::string definition = "official";
    std::optional<std::string> gate; // nothing: the model's own, or else "row"
    std::string drs = "split";
    std::string attention = "full";
    std::string frames = "all";
    std::string layers = "all";
    // At most one of these says how much is replayed.
    std::optional<std::string> thresholds;
    std::optional<float> target;
    std::optional<int> calibrated; // percent of eligible
    std::optional<std::string> preset;
    bool perLayer = false; // of target
};
void addReplayOptions(CLI::App &parser, ReplayOptions &options);
/// --replay and --preset as well: thresholds that come with the model.
void addCalibratedReplayOption(CLI::App &parser, ReplayOptions &options);

Result<ReplayPolicy> replayPolicy(const ReplayOptions &options, const Checkpoint &checkpoint);
Result<AttentionSpan> attentionSpan(const ReplayOptions &options);

} // namespace fastcar::cli

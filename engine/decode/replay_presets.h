// SPDX-License-Identifier: Apache-2.0
//
// Three ways to replay that a person can choose without knowing a threshold, and a model's calibrated
// thresholds for any share. What the words mean for a model stands in its fastcar.json ("replay_presets").
#pragma once

#include "engine/checkpoint/checkpoint.h"
#include "engine/replay/replay_policy.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastcar {

enum class ReplayPreset {
    Exact,    // nothing is replayed: the model's own codes, bit for bit
    Balanced, // as much as can be without a measured loss
    Fast,     // more, at a loss that was measured and is told
};
inline constexpr std::array replayPresets{ReplayPreset::Exact, ReplayPreset::Balanced, ReplayPreset::Fast};

/// "exact", "balanced", "fast"
Result<ReplayPreset> parseReplayPreset(std::string_view text);
std::string toString(ReplayPreset preset);

/// Who decides where nobody says: the model's own word, or else each row for itself, as published.
GateMode defaultGate(const ModelDefaults &defaults);

/// Replay ratios in percent of eligible, each with a threshold per layer.
using CalibratedLevels = std::map<int, std::vector<float>>;
/// Those that a model brings for a gate: its own, or where it has none those of "row". Null: none either.
const CalibratedLevels *calibratedLevels(const ModelDefaults &defaults, TasDefinition definition, GateMode gate);

/// The replay ratio of eligible, in percent: the model's own word, or else what it is calibrated for next to
/// 50 and 80, or else these.
int percentOf(ReplayPreset preset, const ModelDefaults &defaults, TasDefinition definition, GateMode gate);

/// `rest` with what the preset says of thresholds and target. A model without thresholds for it is held to
/// the percentage by a target instead; what that costs nobody has measured.
ReplayPolicy presetPolicy(ReplayPreset preset, const ModelDefaults &defaults, ReplayPolicy rest);
/// Which one `policy` is, if it is one.
std::optional<ReplayPreset> presetOf(const ReplayPolicy &policy, const ModelDefaults &defaults);

/// The model's thresholds for `percent`; between two percentages that it is calibrated for, what lies
/// between. Past the outermost ones these themselves. Empty: it has none for this definition.
std::vector<std::optional<float>> calibratedThresholds(const ModelDefaults &defaults,
                                                       TasDefinition definition, GateMode gate,
                                                       double percent);
/// `rest` with a target, which sets out from the model's thresholds if it has some.
ReplayPolicy targetPolicy(const ReplayTarget &target, const ModelDefaults &defaults, ReplayPolicy rest);

} // namespace fastcar

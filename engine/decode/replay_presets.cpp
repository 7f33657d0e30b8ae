// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/replay_presets.h"

#include <cmath>
#include <cstdlib>

namespace fastcar {

namespace {

/// `share` of the way from one threshold to another; of an infinite one and a finite one, the nearer.
float between(float from, float to, double share)
{
    if (std::isinf(from) || std::isinf(to))
        return share < 0.5 ? from : to;
    return from + static_cast<float>(share) * (to - from);
}

} // namespace

GateMode defaultGate(const ModelDefaults &defaults)
{
    const auto named = parseGateMode(defaults.gate);
    return named ? *named : GateMode::Row;
}

const CalibratedLevels *calibratedLevels(const ModelDefaults &defaults, TasDefinition definition, GateMode gate)
{
    const auto own = defaults.gateThresholds.find(toString(gate));
    const auto &thresholds = own == defaults.gateThresholds.end() ? defaults.thresholds : own->second;
    const auto found = thresholds.find(toString(definition));
    return found == thresholds.end() || found->second.empty() ? nullptr : &found->second;
}

Result<ReplayPreset> parseReplayPreset(std::string_view text)
{
    for (const ReplayPreset preset : replayPresets)
        if (text == toString(preset))
            return preset;
    return Error{ErrorKind::BadInput, "The preset \"" + std::string(text) +
                                          "\" is not known: expected \"exact\", \"balanced\" or \"fast\"."};
}

std::string toString(ReplayPreset preset)
{
    switch (preset) {
    case ReplayPreset::Exact:
        return "exact";
    case ReplayPreset::Balanced:
        return "balanced";
    case ReplayPreset::Fast:
        return "fast";
    }
    return "exact";
}

int percentOf(ReplayPreset preset, const ModelDefaults &defaults, TasDefinition definition, GateMode gate)
{
    if (preset == ReplayPreset::Exact)
        return 0;
    if (const auto found = defaults.replayPresets.find(toString(preset));
        found != defaults.replayPresets.end())
        return found->second;
    const int usual = preset == ReplayPreset::Balanced ? 50 : 80;
    const CalibratedLevels *const levels = calibratedLevels(defaults, definition, gate);
    if (!levels)
        return usual;
    int nearest = levels->begin()->first;
    for (const auto &[percent, thresholds] : *levels)
        if (std::abs(percent - usual) < std::abs(nearest - usual))
            nearest = percent;
    return nearest;
}

ReplayPolicy presetPolicy(ReplayPreset preset, const ModelDefaults &defaults, ReplayPolicy rest)
{
    rest.thresholds.clear();
    rest.target.reset();
    if (preset == ReplayPreset::Exact)
        return rest;
    const int percent = percentOf(preset, defaults, rest.definition, rest.gate);
    const CalibratedLevels *const levels = calibratedLevels(defaults, rest.definition, rest.gate);
    if (!levels || !levels->contains(percent))
        return targetPolicy({.ratio = static_cast<float>(percent) / 100.0f}, defaults, std::move(rest));
    rest.thresholds = calibratedThresholds(defaults, rest.definition, rest.gate, percent);
    return rest;
}

std::optional<ReplayPreset> presetOf(const ReplayPolicy &policy, const ModelDefaults &defaults)
{
    for (const ReplayPreset preset : replayPresets)
        if (policy == presetPolicy(preset, defaults, policy))
            return preset;
    return std::nullopt;
}

std::vector<std::optional<float>> calibratedThresholds(const ModelDefaults &defaults,
                                                       TasDefinition definition, GateMode gate,
                                                       double percent)
{
    const CalibratedLevels *const levels = calibratedLevels(defaults, definition, gate);
    if (!levels)
        return {};
    auto above = levels->lower_bound(static_cast<int>(std::ceil(percent)));
    if (above == levels->end())
        above = std::prev(levels->end());
    auto below = above;
    if (above->first > percent && above != levels->begin())
        --below;
    const double share = above == below ? 0.0 : (percent - below->first) / (above->first - below->first);
    std::vector<std::optional<float>> thresholds;
    for (std::size_t layer = 0; layer < above->second.size(); ++layer)
        thresholds.emplace_back(between(below->second[layer], above->second[layer], share));
    return thresholds;
}

ReplayPolicy targetPolicy(const ReplayTarget &target, const ModelDefaults &defaults, ReplayPolicy rest)
{
    rest.target = target;
    rest.thresholds =
        calibratedThresholds(defaults, rest.definition, rest.gate, 100.0 * static_cast<double>(target.ratio));
    return rest;
}

} // namespace fastcar

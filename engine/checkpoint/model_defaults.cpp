// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/model_defaults.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace fastcar {

namespace {

using Levels = std::map<int, std::vector<float>>;

/// null: the layer never replays, which no finite score changes.
std::vector<float> parseThresholdList(JsonFields &fields, const std::string &key, int layers)
{
    const nlohmann::json &list = fields.raw()[key];
    if (!list.is_array() || list.size() != static_cast<std::size_t>(layers)) {
        fields.complain(key, list, "an array of " + std::to_string(layers) + " thresholds, one per layer,");
        return {};
    }
    std::vector<float> thresholds;
    for (const nlohmann::json &value : list) {
        const double number = value.is_number() ? value.get<double>() : 0.0;
        if ((!value.is_number() && !value.is_null()) || !(std::abs(number) < 1e30))
            fields.complain(key + "[" + std::to_string(thresholds.size()) + "]", value,
                            "a threshold or null");
        thresholds.push_back(value.is_null() ? std::numeric_limits<float>::infinity()
                                             : static_cast<float>(number));
    }
    return thresholds;
}

Levels parseLevels(JsonFields fields, int layers)
{
    Levels levels;
    for (const auto &[key, list] : fields.raw().items()) {
        int percent = -1;
        const auto [end, code] = std::from_chars(key.data(), key.data() + key.size(), percent);
        if (code != std::errc() || end != key.data() + key.size() || percent < 0 || percent > 100)
            fields.complain("the key \"" + key.substr(0, 60) +
                            "\" is not a replay ratio, a whole number of percent from 0 to 100.");
        levels[percent] = parseThresholdList(fields, key, layers);
    }
    return levels;
}

ModelDefaults::ThresholdLevels parseThresholds(JsonFields definitions, int layers)
{
    ModelDefaults::ThresholdLevels thresholds;
    for (const auto &[definition, levels] : definitions.raw().items()) {
        if (definition != "official" && definition != "paper")
            definitions.complain('"' + definition.substr(0, 60) +
                                 "\" is not a definition of the score; \"official\" or \"paper\" expected.");
        thresholds[definition] = parseLevels(definitions.object(definition.c_str()), layers);
    }
    return thresholds;
}

constexpr std::string_view gates[] = {"row", "all", "cond", "mean"};

} // namespace

Result<ModelDefaults> parseModelDefaults(const nlohmann::json &json, const std::string &where, int layers)
{
    std::optional<Error> error;
    JsonFields fields(json, where, error);
    ModelDefaults defaults;
    defaults.name = fields.textOr("name", "");
    defaults.description = fields.textOr("description", "");
    if (fields.has("prompts"))
        defaults.examplePrompts = fields.texts("prompts", 10000);
    if (fields.has("frames"))
        defaults.frames = fields.integer("frames", 1, 4096);
    if (fields.has("fps"))
        defaults.framesPerSecond = fields.integer("fps", 1, 240);
    if (fields.has("sampling")) {
        JsonFields sampling = fields.object("sampling");
        if (sampling.has("temperature"))
            defaults.temperature = sampling.number("temperature", 0.01, 100.0);
        if (sampling.has("top_k"))
            defaults.topK = sampling.integer("top_k", 0, 1 << 24);
        if (sampling.has("top_p"))
            defaults.topP = sampling.number("top_p", 0.001, 1.0);
        if (sampling.has("cfg"))
            defaults.cfg =
                sampling.number("cfg", static_cast<double>(leastGuidance), static_cast<double>(mostGuidance));
    }
    if (fields.has("tas_thresholds"))
        defaults.thresholds = parseThresholds(fields.object("tas_thresholds"), layers);
    if (fields.has("gate_thresholds")) {
        JsonFields ofGates = fields.object("gate_thresholds");
        for (const auto &[gate, definitions] : ofGates.raw().items()) {
            if (std::ranges::find(gates, gate) == std::end(gates) || gate == "row")
                ofGates.complain('"' + gate.substr(0, 60) +
                                 "\" is not a gate with thresholds of its own; \"all\", \"cond\" or \"mean\" expected.");
            defaults.gateThresholds[gate] = parseThresholds(ofGates.object(gate.c_str()), layers);
        }
    }
    if (fields.has("gate")) {
        defaults.gate = fields.textOr("gate", "");
        if (std::ranges::find(gates, defaults.gate) == std::end(gates))
            fields.complain("gate", defaults.gate, "\"row\", \"all\", \"cond\" or \"mean\"");
    }
    defaults.device = fields.textOr("device", "");
    if (fields.has("replay_presets")) {
        JsonFields presets = fields.object("replay_presets");
        for (const char *preset : {"balanced", "fast"})
            if (presets.has(preset))
                defaults.replayPresets[preset] = presets.integer(preset, 1, 100);
    }
    if (error)
        return *error;
    return defaults;
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exit_status.h"
#include "app/cli/inspection.h"
#include "app/cli/report.h"
#include "engine/backend/card_timing.h"
#include "engine/backend/machine_memory.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/narrow_names.h"
#include "engine/decode/replay_presets.h"
#include "engine/replay/replay_policy.h"

#include <spdlog/fmt/fmt.h>

#include <map>
#include <set>

namespace fastcar::cli {

namespace {

using nlohmann::ordered_json;

/// How a tensor is stored, for people: a narrow matrix's bytes are "int8", not "u8".
std::string storedAs(const Checkpoint::TensorEntry &tensor)
{
    for (const NarrowFormat format : {NarrowFormat::Int8, NarrowFormat::Int4})
        if (isNarrowName(tensor.name) && tensor.name.ends_with(name(format)))
            return name(format);
    return name(tensor.view.type);
}

struct Network {
    std::int64_t parameters = 0;
    std::int64_t unused = 0; // in the files, but not needed to generate
    std::uint64_t bytes = 0;
    std::set<std::string> types;
};

std::map<std::string, Network> networksOf(const Checkpoint &checkpoint)
{
    std::map<std::string, Network> networks;
    for (const auto &tensor : checkpoint.tensors()) {
        Network &network = networks[tensor.component];
        const bool partOfNarrow = isNarrowName(tensor.name) || tensor.name.ends_with(".weight.scales");
        network.parameters += partOfNarrow ? 0 : tensor.view.elements();
        network.unused += tensor.used || partOfNarrow ? 0 : tensor.view.elements();
        network.bytes += tensor.view.bytes();
        network.types.insert(storedAs(tensor));
    }
    const auto addNarrow = [&](const char *component, const std::vector<const LinearWeights *> &matrices) {
        for (const LinearWeights *matrix : matrices)
            networks[component].parameters += matrix->narrow ? matrix->out() * matrix->in() : 0;
    };
    addNarrow("llm", matricesOf(checkpoint.weights().backbone));
    addNarrow("vision_tower", matricesOf(checkpoint.weights().depth));
    return networks;
}

std::string joined(const std::set<std::string> &words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

ordered_json defaultsJson(const ModelDefaults &defaults)
{
    ordered_json document{{"name", defaults.name}, {"description", defaults.description}};
    const auto add = [&](const char *key, const auto &value) {
        if (value)
            document[key] = *value;
    };
    add("temperature", defaults.temperature);
    add("top_k", defaults.topK);
    add("top_p", defaults.topP);
    add("cfg", defaults.cfg);
    add("frames", defaults.frames);
    add("frames_per_second", defaults.framesPerSecond);
    document["example_prompts"] = defaults.examplePrompts;
    const auto levels = [](const ModelDefaults::ThresholdLevels &definitions) {
        ordered_json json = ordered_json::object();
        for (const auto &[definition, ratios] : definitions)
            for (const auto &[percent, thresholds] : ratios)
                json[definition][std::to_string(percent)] =
                    toString(std::vector<std::optional<float>>(thresholds.begin(), thresholds.end()));
        return json;
    };
    document["tas_thresholds"] = levels(defaults.thresholds);
    document["gate_thresholds"] = ordered_json::object();
    for (const auto &[gate, definitions] : defaults.gateThresholds)
        document["gate_thresholds"][gate] = levels(definitions);
    document["gate"] = defaults.gate.empty() ? ordered_json() : ordered_json(defaults.gate);
    document["device"] = defaults.device.empty() ? ordered_json() : ordered_json(defaults.device);
    return document;
}

ordered_json configJson(const ModelConfig &config)
{
    const BackboneConfig &backbone = config.backbone;
    const DepthConfig &depth = config.depth;
    return {{"backbone",
             {{"layers", backbone.layers},
              {"hidden", backbone.hidden},
              {"intermediate", backbone.intermediate},
              {"heads", backbone.heads},
              {"kv_heads", backbone.kvHeads},
              {"head_dim", backbone.headDim},
              {"vocabulary", backbone.vocabulary},
              {"max_positions", backbone.maxPositions}}},
            {"depth_transformer",
             {{"layers", depth.layers},
              {"hidden", depth.hidden},
              {"heads", depth.heads},
              {"depth", depth.depth},
              {"codes", depth.codes}}},
            {"pixels", {{"width", config.pixels.frameWidth}, {"height", config.pixels.frameHeight}}},
            {"grid", {config.gridHeight, config.gridWidth}},
            {"stride", config.stride()},
            {"frames", config.videoFrames}};
}

/// What a described card says of a model: nothing where it fits.
std::string whyNotOn(const CardInfo &card, const ModelConfig &config)
{
    const auto timing = createCardTiming(card.name, config);
    return timing ? std::string() : timing.error().message;
}

void printModelJson(const InspectOptions &options, const Checkpoint &checkpoint, const std::string &digest)
{
    ordered_json document{{"kind", "model"}, {"folder", checkpoint.folder().string()}, {"digest", digest}};
    document.update(configJson(checkpoint.config()));
    for (const auto &[component, network] : networksOf(checkpoint))
        document["networks"][component] = {{"parameters", network.parameters},
                                           {"unused_parameters", network.unused},
                                           {"bytes", network.bytes},
                                           {"types", network.types}};
    if (const auto &quantisation = checkpoint.quantisation())
        document["quantised"] = {{"format", name(quantisation->format)},
                                 {"source_digest", quantisation->sourceDigest}};
    document["defaults"] = defaultsJson(checkpoint.defaults());
    document["cards"] = ordered_json::array();
    for (const CardInfo &card : listCards()) {
        const std::string why = whyNotOn(card, checkpoint.config());
        document["cards"].push_back({{"name", card.name},
                                     {"title", card.title},
                                     {"cores", card.cores},
                                     {"lanes", card.lanes},
                                     {"ports", card.ports},
                                     {"fits", why.empty()},
                                     {"why_not", why}});
    }
    if (options.tensors)
        for (const auto &tensor : checkpoint.tensors()) {
            ordered_json shape = ordered_json::array();
            for (int axis = 0; axis < tensor.view.shape.rank(); ++axis)
                shape.push_back(tensor.view.shape[axis]);
            document["tensors"].push_back({{"component", tensor.component},
                                           {"name", tensor.name},
                                           {"type", storedAs(tensor)},
                                           {"shape", std::move(shape)},
                                           {"file", tensor.file},
                                           {"used", tensor.used}});
        }
    printJson(document);
}

void printDefaults(const ModelDefaults &defaults)
{
    std::string words;
    const auto add = [&](const char *key, const auto &value) {
        if (value)
            words += fmt::format("{}{} {}", words.empty() ? "" : ", ", key, *value);
    };
    add("temperature", defaults.temperature);
    add("top-k", defaults.topK);
    add("top-p", defaults.topP);
    add("cfg", defaults.cfg);
    add("frames", defaults.frames);
    add("fps", defaults.framesPerSecond);
    if (!defaults.device.empty())
        add("device", std::optional(defaults.device));
    printLine("defaults  " + (words.empty() ? "none of its own: VILA-U's" : words));
    const std::string own = toString(defaultGate(defaults)); // what presets and --replay take
    const auto printThresholds = [&own](const ModelDefaults::ThresholdLevels &levels,
                                        const std::string &gate) {
        for (const auto &[definition, ratios] : levels)
            for (const auto &[percent, thresholds] : ratios)
                printLine(fmt::format(
                    "replay    {} %, tas {}, gate {}{}: {}", percent, definition, gate,
                    gate == own ? " (the model's)" : "",
                    toString(std::vector<std::optional<float>>(thresholds.begin(), thresholds.end()))));
    };
    printThresholds(defaults.thresholds, toString(GateMode::Row));
    for (const auto &[gate, levels] : defaults.gateThresholds)
        printThresholds(levels, gate);
}

void printModel(const InspectOptions &options, const Checkpoint &checkpoint, const std::string &digest)
{
    const ModelConfig &config = checkpoint.config();
    const ModelDefaults &defaults = checkpoint.defaults();
    const BackboneConfig &backbone = config.backbone;
    const DepthConfig &depth = config.depth;
    printLine("model     " + checkpoint.folder().string() +
              (defaults.name.empty() ? "" : ": " + defaults.name));
    if (!defaults.description.empty())
        printLine("          " + defaults.description);
    printLine("digest    " + digest);
    if (const auto &quantisation = checkpoint.quantisation())
        printLine(
            fmt::format("quantised {} from {}", name(quantisation->format), quantisation->sourceDigest));
    printLine(fmt::format(
        "backbone  {} layers of {} ({} heads, {} for keys and values), MLP {}, {} words, {} positions",
        backbone.layers, backbone.hidden, backbone.heads, backbone.kvHeads, backbone.intermediate,
        backbone.vocabulary, backbone.maxPositions));
    printLine(fmt::format("depth     {} layers of {} ({} heads), {} codes a position out of {}", depth.layers,
                          depth.hidden, depth.heads, depth.depth, depth.codes));
    printLine(fmt::format("video     {} frames of {}x{} pixels from {}x{} positions", config.videoFrames,
                          config.pixels.frameWidth, config.pixels.frameHeight, config.gridHeight,
                          config.gridWidth));
    for (const auto &[component, network] : networksOf(checkpoint))
        printLine(fmt::format(
            "weights   {:13} {:>12} parameters, {}, {}{}", component, network.parameters,
            bytesForPeople(network.bytes), joined(network.types),
            network.unused ? fmt::format(" ({} of them not needed to generate)", network.unused) : ""));
    printDefaults(defaults);
    for (const CardInfo &card : listCards()) {
        const std::string why = whyNotOn(card, config);
        printLine(fmt::format("card      {:8} {}", card.name,
                              why.empty() ? fmt::format("fits ({}, {} multiply-adds each)",
                                                        counted(card.cores, "core"), card.lanes)
                                          : why));
    }
    if (options.tensors)
        for (const auto &tensor : checkpoint.tensors())
            printLine(fmt::format("tensor    {} {} {} {} ({}){}", tensor.component, tensor.name,
                                  storedAs(tensor), toString(tensor.view.shape), tensor.file,
                                  tensor.used ? "" : ", not needed"));
}

} // namespace

int inspectModel(const InspectOptions &options)
{
    const auto checkpoint = Checkpoint::open(options.what);
    if (!checkpoint)
        return fail(checkpoint.error());
    const auto digest = (*checkpoint)->digest();
    if (!digest)
        return fail(digest.error());
    if (options.json)
        printModelJson(options, **checkpoint, *digest);
    else
        printModel(options, **checkpoint, *digest);
    return done;
}

} // namespace fastcar::cli

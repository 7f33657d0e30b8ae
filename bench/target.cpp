// SPDX-License-Identifier: Apache-2.0
//
// How near does a target come, and what does it cost? Clips are drawn under calibrated thresholds and under
// targets, and clips that were drawn dense are fed, code by code, through the same policies: what coding them
// then costs. See bench/README.md.
#include "bench/must.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/forward.h"
#include "engine/decode/replay_presets.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace fastcar;
using bench::must;

namespace {

struct Options {
    std::string model = defaultModelFolder().string();
    std::vector<int> percents{20, 50, 80};
    std::string gate = "row";
    int clips = 12;
    int threads = 2;
};

struct NullSink final : RunSink {
    void onEvent(const Event &) override {}
};

struct Setting {
    std::string name;
    int percent = 0; // what it is to meet
    ReplayPolicy policy;
};

struct Cost {
    double nats = 0.0; // of the codes, behind frame 1
    std::int64_t codes = 0, sameCodes = 0;
};

struct Measured {
    double ratio = 0.0, farthest = 0.0, farthestLayer = 0.0; // of the drawn clips
    double forcedRatio = 0.0;
    Cost cost;
};

std::vector<Setting> settingsOf(const Options &options, const ModelDefaults &defaults)
{
    ReplayPolicy rest;
    rest.gate = must(parseGateMode(options.gate));
    std::vector<Setting> settings{{.name = "dense", .policy = rest}};
    for (const int percent : options.percents) {
        const auto add = [&](const char *name, const ReplayPolicy &policy) {
            settings.push_back(
                {.name = std::to_string(percent) + " %, " + name, .percent = percent, .policy = policy});
        };
        ReplayPolicy fixed = rest;
        fixed.thresholds = calibratedThresholds(defaults, rest.definition, percent);
        if (!fixed.thresholds.empty())
            add("calibrated", fixed);
        const float ratio = static_cast<float>(percent) / 100.0f;
        for (const bool perLayer : {false, true}) {
            const ReplayTarget target{.ratio = ratio, .perLayer = perLayer};
            if (!fixed.thresholds.empty())
                add(perLayer ? "target, per layer" : "target, over all",
                    targetPolicy(target, defaults, rest));
            add(perLayer ? "target, per layer, uncalibrated" : "target, over all, uncalibrated",
                targetPolicy(target, {}, rest));
        }
    }
    return settings;
}

RunSettings runOf(const Options &options, const Model &model, int clip)
{
    const ModelDefaults &defaults = model.checkpoint->defaults();
    const auto &prompts = defaults.examplePrompts;
    RunSettings settings;
    settings.prompt =
        prompts.empty() ? std::string("a cat") : prompts[static_cast<std::size_t>(clip) % prompts.size()];
    settings.modelFolder = options.model;
    settings.frames = defaults.frames.value_or(model.checkpoint->config().videoFrames);
    settings.seed = static_cast<std::uint64_t>(clip) + 1;
    settings.sampler = {.temperature = defaults.temperature.value_or(1.0f),
                        .topK = defaults.topK.value_or(900),
                        .topP = defaults.topP.value_or(0.96f),
                        .cfg = defaults.cfg.value_or(3.0f)};
    return settings;
}

/// Nats of the drawn codes under the conditional row, and how often its likeliest code is the dense model's.
void add(Cost &cost, const ForwardResult &run, const ForwardResult &dense,
         std::span<const std::int32_t> codes, const ModelConfig &config)
{
    const auto width = static_cast<std::size_t>(config.depth.codes);
    const auto first = static_cast<std::size_t>(config.stride() * config.depth.depth);
    for (std::size_t i = first; i < codes.size(); ++i) {
        const auto logits = std::span(run.logits).subspan(i * width, width);
        const auto reference = std::span(dense.logits).subspan(i * width, width);
        const auto top = std::ranges::max_element(logits);
        double mass = 0.0;
        for (const float logit : logits)
            mass += std::exp(static_cast<double>(logit - *top));
        cost.nats += std::log(mass) - static_cast<double>(logits[static_cast<std::size_t>(codes[i])] - *top);
        cost.sameCodes += top - logits.begin() == std::ranges::max_element(reference) - reference.begin();
        ++cost.codes;
    }
}

void addClip(const Options &options, const Model &model, int clip, ThreadPool &pool,
             std::span<const Setting> settings, std::span<Measured> measured)
{
    const ModelConfig &config = model.checkpoint->config();
    RunSettings run = runOf(options, model, clip);
    NullSink sink;
    RunControl control;
    const GenerationResult drawn = must(generate(model, run, pool, sink, control, {.pixels = false}));
    ForwardSettings forced;
    forced.prompt = run.prompt;
    const ForwardResult dense = must(forward(model, forced, drawn.codes[0], pool));
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const double wanted = settings[i].percent / 100.0;
        run.replay = forced.replay = settings[i].policy;
        const GenerationResult result = must(generate(model, run, pool, sink, control, {.pixels = false}));
        const double ratio = result.replay.all().ofEligible();
        measured[i].ratio += ratio / options.clips;
        measured[i].farthest = std::max(measured[i].farthest, std::abs(ratio - wanted));
        for (int layer = 0; layer < config.backbone.layers; ++layer)
            measured[i].farthestLayer = std::max(
                measured[i].farthestLayer, std::abs(result.replay.ofLayer(layer).ofEligible() - wanted));
        const ForwardResult teacher = must(forward(model, forced, drawn.codes[0], pool));
        measured[i].forcedRatio += teacher.replay.all().ofEligible() / options.clips;
        add(measured[i].cost, teacher, dense, drawn.codes[0], config);
    }
}

int run(const Options &options)
{
    const Model model = must(Model::open(options.model));
    ThreadPool pool(options.threads);
    const std::vector<Setting> settings = settingsOf(options, model.checkpoint->defaults());
    std::vector<Measured> measured(settings.size());
    for (int clip = 0; clip < options.clips; ++clip)
        addClip(options, model, clip, pool, settings, measured);

    std::printf("%d clips, gate %s\n\n%-38s %9s %9s %9s   %9s %9s %10s\n", options.clips,
                options.gate.c_str(), "", "of elig.", "farthest", "a layer", "of elig.", "nats", "same code");
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const Measured &of = measured[i];
        const auto codes = static_cast<double>(of.cost.codes);
        std::printf("%-38s %8.2f%% %9.2f %9.2f   %8.2f%% %9.4f %9.2f%%\n", settings[i].name.c_str(),
                    100.0 * of.ratio, 100.0 * of.farthest, 100.0 * of.farthestLayer, 100.0 * of.forcedRatio,
                    of.cost.nats / codes, 100.0 * static_cast<double>(of.cost.sameCodes) / codes);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("How near a target of replay comes, and what it costs beside calibrated thresholds.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--percent", options.percents, "Of eligible")->check(CLI::Range(0, 100));
    app.add_option("--gate", options.gate, "row, all, cond or mean")->capture_default_str();
    app.add_option("--clips", options.clips)->capture_default_str()->check(CLI::Range(1, 1000));
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    return run(options);
}

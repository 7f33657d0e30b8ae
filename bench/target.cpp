// SPDX-License-Identifier: Apache-2.0
//
// How near does a target come, and what does it cost? Clips are drawn under calibrated thresholds and under
// targets, and clips that were drawn dense are fed, code by code, through the same policies: what coding them
// then costs. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/checkpoint/default_model.h"
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

struct Setting {
    std::string name;
    int percent = 0; // what it is to meet
    ReplayPolicy policy;
};

struct Measured {
    double ratio = 0.0, farthest = 0.0, farthestLayer = 0.0; // of the drawn clips
    double forcedRatio = 0.0;
    bench::CodingCost cost;
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
        fixed.thresholds = calibratedThresholds(defaults, rest.definition, rest.gate, percent);
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

void addClip(const Options &options, const Model &model, int clip, ThreadPool &pool,
             std::span<const Setting> settings, std::span<Measured> measured)
{
    const ModelConfig &config = model.checkpoint->config();
    const bench::ForcedClip drawn =
        bench::drawClip(model, bench::clipSettings(model, options.model, clip), pool);
    RunSettings run = drawn.settings;
    ForwardSettings forced{.prompt = run.prompt};
    bench::NullSink sink;
    RunControl control;
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
        const ForwardResult teacher = must(forward(model, forced, drawn.codes(), pool));
        measured[i].forcedRatio += teacher.replay.all().ofEligible() / options.clips;
        measured[i].cost += bench::costOf(teacher, drawn, config);
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
        std::printf("%-38s %8.2f%% %9.2f %9.2f   %8.2f%% %9.4f %9.2f%%\n", settings[i].name.c_str(),
                    100.0 * of.ratio, 100.0 * of.farthest, 100.0 * of.farthestLayer, 100.0 * of.forcedRatio,
                    of.cost.natsPerCode(), 100.0 * of.cost.shareOfSameLikeliest());
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

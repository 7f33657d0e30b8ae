// SPDX-License-Identifier: Apache-2.0
//
// What do narrower numbers cost? Clips that the processor drew are fed, code by code, through the float
// engine and through another device (the accelerator's integers, weights in 8 or 4 bits); their logits,
// scores and decisions are held against each other. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/forward_comparison.h"
#include "fpga/host/fpga_devices.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

using namespace fastcar;
using bench::must;

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string model = defaultModelFolder().string();
    std::vector<std::string> devices{"fpga-modelled", "cpu:int8", "cpu:int4"};
    int clips = 6;
    int threads = 2;
};

struct Totals {
    ForwardComparison comparison;
    std::vector<double> tasError, tasSpread; // per layer: squares
    double seconds[2] = {0.0, 0.0};
    std::int64_t tokens = 0;
};

void add(Totals &totals, const ForwardResult &cpu, const ForwardResult &other, const ModelConfig &config)
{
    totals.comparison += compareForward(cpu, other, config);
    const auto layers = static_cast<std::size_t>(config.backbone.layers);
    const std::size_t ofLayer = cpu.tas.size() / layers;
    totals.tasError.resize(layers);
    totals.tasSpread.resize(layers);
    for (std::size_t layer = 0; layer < layers; ++layer) {
        double mean = 0.0, count = 0.0;
        for (std::size_t i = layer * ofLayer; i < (layer + 1) * ofLayer; ++i)
            if (!std::isnan(cpu.tas[i])) {
                mean += cpu.tas[i];
                count += 1.0;
            }
        mean /= count;
        for (std::size_t i = layer * ofLayer; i < (layer + 1) * ofLayer; ++i) {
            if (std::isnan(cpu.tas[i]))
                continue;
            totals.tasError[layer] += std::pow(other.tas[i] - cpu.tas[i], 2);
            totals.tasSpread[layer] += std::pow(cpu.tas[i] - mean, 2);
        }
    }
    totals.tokens += cpu.tokens;
}

void print(const Totals &totals, const std::string &device, const std::string &name)
{
    const ForwardComparison &found = totals.comparison;
    std::printf("%s, %s: %lld codes\n", device.c_str(), name.c_str(), static_cast<long long>(found.codes));
    std::printf("divergence from the float engine  %.5f nats a code, at most %.3f\n", found.natsPerCode(),
                found.most);
    std::printf("same likeliest code               %.2f %%\n", 100.0 * found.shareOfSameLikeliest());
    if (found.decisions)
        std::printf("same decision to replay           %.2f %%\n", 100.0 * found.shareOfSameDecisions());
    std::printf("error of TAS / its deviation      ");
    for (std::size_t layer = 0; layer < totals.tasError.size(); ++layer)
        std::printf(" %.3f", std::sqrt(totals.tasError[layer] / totals.tasSpread[layer]));
    std::printf("  by layer\ntime of a token                    cpu %.2f ms, %s %.2f ms\n\n",
                1e3 * totals.seconds[0] / static_cast<double>(totals.tokens), device.c_str(),
                1e3 * totals.seconds[1] / static_cast<double>(totals.tokens));
}

/// The model's own thresholds for 50 %; none, where it has none.
ReplayPolicy halfReplayed(const ModelDefaults &defaults)
{
    ReplayPolicy policy;
    const auto official = defaults.thresholds.find("official");
    if (official != defaults.thresholds.end() && official->second.contains(50))
        for (const float threshold : official->second.at(50))
            policy.thresholds.emplace_back(threshold);
    return policy;
}

void compareDevice(const Options &options, const Model &model, const std::string &device)
{
    const ModelConfig &config = model.checkpoint->config();
    const ModelDefaults &defaults = model.checkpoint->defaults();
    ThreadPool pool(options.threads);
    const ReplayPolicy policy = halfReplayed(defaults);

    Totals dense, replayed;
    for (int clip = 0; clip < options.clips; ++clip) {
        RunSettings settings = bench::clipSettings(model, options.model, clip);
        settings.frames = config.videoFrames;
        bench::NullSink sink;
        RunControl control;
        const GenerationResult drawn =
            must(generate(model, settings, pool, sink, control, {.pixels = false}));
        for (Totals *totals : {&dense, &replayed}) {
            std::vector<ForwardResult> results;
            for (const int which : {0, 1}) {
                const Clock::time_point start = Clock::now();
                results.push_back(must(forward(model,
                                               {.prompt = settings.prompt,
                                                .replay = totals == &dense ? ReplayPolicy{} : policy,
                                                .device = which ? device : "cpu"},
                                               drawn.codes.front(), pool)));
                totals->seconds[which] += std::chrono::duration<double>(Clock::now() - start).count();
            }
            add(*totals, results[0], results[1], config);
        }
    }
    print(dense, device, "dense");
    print(replayed, device, "thresholds for 50 % replay");
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("Devices with narrower numbers against the float engine, teacher-forced.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--device", options.devices, "One or several")->capture_default_str();
    app.add_option("--clips", options.clips)->capture_default_str()->check(CLI::Range(1, 1000));
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    fpga::registerFpgaDevices();
    const Model model = must(Model::open(options.model));
    for (const std::string &device : options.devices)
        compareDevice(options, model, device);
    return 0;
}

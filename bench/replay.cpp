// SPDX-License-Identifier: Apache-2.0
//
// Does replay save time? The same clip at 0, 20, 50, 80 % and all of the eligible MLPs replayed, in turn
// within one run, beside what the saved arithmetic would allow at the most. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/generation.h"
#include "engine/decode/replay_presets.h"
#include "engine/roofline/measurement.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cmath>
#include <iostream>
#include <limits>

using namespace fastcar;

namespace {

struct Options {
    std::string model = defaultModelFolder().string();
    std::string prompt = "a cat moves from left to right on a beach";
    int frames = 0;
    int repeats = 5;
    int threads = 2;
    std::string device; // empty: the model's
    std::string gate;   // empty: the model's
};

/// The scores of a dense run, by layer: what a gate would have held against a threshold.
class ScoreSink final : public RunSink {
public:
    ScoreSink(int layers, GateMode gate)
        : gate_(gate)
        , scores_(static_cast<std::size_t>(layers))
    {
    }

    void onEvent(const Event &event) override
    {
        if (event.kind != Event::Kind::LayerOutcome || std::isnan(event.tas))
            return;
        auto &layer = scores_[event.layer];
        if (gate_ == GateMode::All && event.row > 0) // all rows agree where the smallest score passes
            layer.back() = std::min(layer.back(), event.tas);
        else if (gate_ == GateMode::Mean && event.row > 0)
            layer.back() += (event.tas - layer.back()) / static_cast<float>(event.row + 1);
        else if (gate_ != GateMode::Conditional || event.row == 0)
            layer.push_back(event.tas);
    }

    /// Thresholds that `share` of the scores pass.
    std::vector<std::optional<float>> thresholds(double share)
    {
        std::vector<std::optional<float>> list;
        for (auto &layer : scores_) {
            std::sort(layer.begin(), layer.end());
            const auto index =
                static_cast<std::size_t>((1.0 - share) * static_cast<double>(layer.size() - 1));
            list.emplace_back(layer[index]);
        }
        return list;
    }

private:
    GateMode gate_;
    std::vector<std::vector<float>> scores_;
};

/// When the first frame's pixels were there.
class FirstFrameSink final : public RunSink {
public:
    void onEvent(const Event &) override {}
    void onFrame(int, int frame, SharedFrame) override
    {
        if (frame == 0)
            seconds_ = std::chrono::duration<double>(Clock::now() - start_).count();
    }
    double seconds() const { return seconds_; }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
    double seconds_ = 0.0;
};

struct Setting {
    std::string name;
    std::vector<std::optional<float>> thresholds;
    roofline::Measurement backbone, whole, firstFrame;
    ReplayStatistics replay;
};

/// Multiply-adds of one row's step, by what replay can and cannot save.
struct Work {
    double attention = 0.0;
    double mlp = 0.0;
    double depth = 0.0; // of the depth transformer, which draws the token's codes

    double mlpOfBackbone() const { return mlp / (mlp + attention); }
    double mlpOfStep() const { return mlp / (mlp + attention + depth); }
};

Work workPerStep(const ModelConfig &config, double context)
{
    const auto &b = config.backbone;
    const auto &d = config.depth;
    const double width = d.hidden;
    const double ofDepths = d.depth * (d.layers * 12.0 * width * width + width * d.codes) +
                            width * (d.stateInput + (d.depth - 1.0) * d.codeInput);
    const double heads = double(b.heads) * b.headDim, kv = double(b.kvHeads) * b.headDim;
    return {.attention = b.layers * (b.hidden * (2.0 * heads + 2.0 * kv) + 2.0 * context * heads),
            .mlp = b.layers * 3.0 * b.hidden * b.intermediate,
            .depth = ofDepths};
}

void print(const Options &options, const Model &model, std::vector<Setting> &settings, int frames)
{
    const ModelConfig &config = model.checkpoint->config();
    const double tokens = double(frames) * config.stride();
    const Work work = workPerStep(config, tokens / 2 + 40);
    std::printf(
        "model %s: %d layers, hidden %d, MLP %d; MLPs are %.1f %% of the backbone's multiply-adds, %.1f %% "
        "of a step's with the depth transformer\n",
        model.checkpoint->defaults().name.c_str(), config.backbone.layers, config.backbone.hidden,
        config.backbone.intermediate, 100.0 * work.mlpOfBackbone(), 100.0 * work.mlpOfStep());
    std::printf("%s, %d frames, gate %s, %d threads, %d runs in turn; median (least-most)\n\n",
                bench::deviceOr(options.device, model).c_str(), frames, options.gate.c_str(), options.threads,
                options.repeats);
    std::printf("%-10s %9s %7s %8s  %-24s %8s %8s  %-24s %8s\n", "replay", "of elig.", "of all", "unread",
                "backbone s", "faster", "bound", "whole clip s", "faster");
    const double dense = settings.front().backbone.median(), denseWhole = settings.front().whole.median();
    for (const Setting &setting : settings) {
        const ReplayCount all = setting.replay.all();
        std::printf("%-10s %8.1f%% %6.1f%% %7.1f%%  %-24s %7.2fx %7.2fx  %-24s %7.2fx\n",
                    setting.name.c_str(), 100.0 * all.ofEligible(), 100.0 * all.ofAll(),
                    100.0 * double(setting.replay.fullySkippedLayers()) / double(setting.replay.layerSteps()),
                    setting.backbone.text(1.0, 3).c_str(), dense / setting.backbone.median(),
                    1.0 / (1.0 - work.mlpOfBackbone() * all.ofAll()), setting.whole.text(1.0, 3).c_str(),
                    denseWhole / setting.whole.median());
    }
    std::printf(
        "\nof elig.: replayed / could have been replayed; of all: frame 1 included (ceiling %.1f %%);\n"
        "unread: layer steps whose MLP weights were not read; bound: 1 / (1 - MLP share * of all)\n"
        "first frame of a dense clip: %s s after the start, with the model open\n",
        100.0 * ReplayStatistics::ceiling(frames, config.stride()),
        settings.front().firstFrame.text(1.0, 3).c_str());
}

int run(Options options)
{
    const auto model = Model::open(options.model);
    if (!model) {
        std::cerr << model.error().message << '\n';
        return 1;
    }
    if (options.gate.empty())
        options.gate = toString(defaultGate(model->checkpoint->defaults()));
    const auto gate = parseGateMode(options.gate);
    if (!gate) {
        std::cerr << gate.error().message << '\n';
        return 2;
    }
    const ModelConfig &config = model->checkpoint->config();
    const ModelDefaults &defaults = model->checkpoint->defaults();
    const int frames = options.frames > 0 ? options.frames : config.videoFrames;
    const std::string device = bench::deviceOr(options.device, *model);
    ThreadPool pool(options.threads);

    const auto settingsFor = [&](std::vector<std::optional<float>> thresholds) {
        return RunSettings{.prompt = options.prompt,
                           .frames = frames,
                           .seed = 1,
                           .sampler = {.temperature = defaults.temperature.value_or(1.0f),
                                       .topK = defaults.topK.value_or(900),
                                       .topP = defaults.topP.value_or(0.96f),
                                       .cfg = defaults.cfg.value_or(3.0f)},
                           .replay = {.gate = *gate, .thresholds = std::move(thresholds)},
                           .device = device};
    };
    ScoreSink scores(config.backbone.layers, *gate);
    RunControl control;
    if (const auto dense = generate(*model, settingsFor({}), pool, scores, control); !dense) {
        std::cerr << dense.error().message << '\n';
        return 1;
    }

    // What is replayed changes what later tokens score: the quantile that gives a ratio is searched for.
    const auto thresholdsFor = [&](double ratio) {
        double least = 0.0, most = 1.0;
        for (int step = 0; step < 7; ++step) {
            const double share = (least + most) / 2;
            FirstFrameSink sink;
            const auto result = generate(*model, settingsFor(scores.thresholds(share)), pool, sink, control,
                                         {.pixels = false});
            (result.ok() && result->replay.all().ofEligible() < ratio ? least : most) = share;
        }
        return scores.thresholds((least + most) / 2);
    };
    std::vector<Setting> settings;
    settings.push_back({.name = "none"});
    for (const int percent : {20, 50, 80})
        settings.push_back(
            {.name = std::to_string(percent) + " %", .thresholds = thresholdsFor(percent / 100.0)});
    const std::vector<std::optional<float>> always(static_cast<std::size_t>(config.backbone.layers),
                                                   -std::numeric_limits<float>::infinity());
    settings.push_back({.name = "always", .thresholds = always});

    for (int repeat = 0; repeat < options.repeats; ++repeat)
        for (Setting &setting : settings) {
            bench::NullSink nobody;
            const auto alone = generate(*model, settingsFor(setting.thresholds), pool, nobody, control,
                                        {.pixels = false}); // pictures beside it would take a thread
            FirstFrameSink first;
            const auto result = generate(*model, settingsFor(setting.thresholds), pool, first, control);
            if (!alone || !result) {
                std::cerr << (alone ? result : alone).error().message << '\n';
                return 1;
            }
            const PhaseSeconds &seconds = result->seconds;
            setting.backbone.add(alone->seconds.backbone);
            setting.whole.add(seconds.prefill + seconds.decode + seconds.pixels);
            setting.firstFrame.add(first.seconds());
            setting.replay = result->replay;
        }
    print(options, *model, settings, frames);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app(
        "Wall time against replay: the same clip at rising replay ratios, beside the arithmetic bound.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--prompt", options.prompt)->capture_default_str();
    app.add_option("--frames", options.frames, "Default: the model's own");
    app.add_option("--repeats", options.repeats)->capture_default_str()->check(CLI::Range(1, 1000));
    app.add_option("--device", options.device, "cpu, cpu:f16, ...; default: the model's");
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    app.add_option("--gate", options.gate, "row, all, cond or mean; default: the model's");
    CLI11_PARSE(app, argc, argv);
    return run(options);
}

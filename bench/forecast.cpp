// SPDX-License-Identifier: Apache-2.0
//
// How good is a forecast, and how fast? A clip is drawn dense, with little replay, and under the policy in
// question; what is forecast from the first two is held against the third. Then the same question is asked of
// a large model's scores, over and over. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/backend/card_step_cost.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/replay_presets.h"
#include "engine/roofline/measurement.h"
#include "engine/text/prompt.h"
#include "engine/trace/trace_digest.h"
#include "fpga/host/fpga_devices.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>

using namespace fastcar;
using bench::must;

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string model = defaultModelFolder().string();
    std::string card = "u280";
    std::string device; // empty: the model's own
    std::string gate = "row";
    int from = 20;
    std::vector<int> to{20, 50, 80};
    int clips = 8;
    int repeats = 3;
    int threads = 2;
};

struct TraceSink final : RunSink {
    TraceSink(const Model &model, const RunSettings &settings)
        : trace(traceShape(model.checkpoint->config(), settings), settings)
    {
    }

    void onEvent(const Event &event) override { trace.append(event); }
    Trace trace;
};

double seconds(const Trace &trace)
{
    return 1e-9 * static_cast<double>(trace.timeNs(trace.tokens() - 1) - trace.timeNs(0));
}

/// Of several runs, which draw the same, the one that took the middle time.
Trace drawn(const Model &model, const RunSettings &settings, ThreadPool &pool, int repeats)
{
    std::vector<Trace> runs;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        TraceSink sink(model, settings);
        RunControl control;
        must(generate(model, settings, pool, sink, control));
        runs.push_back(std::move(sink.trace));
    }
    const auto middle = runs.begin() + repeats / 2;
    std::ranges::nth_element(runs, middle, {}, seconds);
    return std::move(*middle);
}

/// In points; sums over the clips. Times in seconds, how far they are off in percent.
struct Miss {
    double predicted = 0.0, seen = 0.0, ratio = 0.0, layer = 0.0, unread = 0.0;
    double time = 0.0, timeError = 0.0, timeSeen = 0.0, timeOff = 0.0, timeFarthest = 0.0;
    int timed = 0;
};

void add(Miss &miss, const TraceDigest &digest, const ReplayPolicy &policy, const Trace &seen)
{
    const ReplayForecast expected = forecast(digest.scores(), policy);
    const ReplayStatistics statistics = seen.statistics();
    miss.predicted += 100.0 * expected.all.ofEligible();
    miss.seen += 100.0 * statistics.all().ofEligible();
    miss.ratio += 100.0 * std::abs(expected.all.ofEligible() - statistics.all().ofEligible());
    double layer = 0.0;
    for (std::size_t l = 0; l < expected.layers.size(); ++l)
        layer = std::max(layer, std::abs(expected.layers[l].ofEligible() -
                                         statistics.ofLayer(static_cast<int>(l)).ofEligible()));
    miss.layer += 100.0 * layer;
    miss.unread +=
        100.0 * std::abs(expected.all.unread() - static_cast<double>(statistics.fullySkippedLayers()) /
                                                     static_cast<double>(statistics.layerSteps()));
    if (const auto time = digest.times().forecast(expected, digest.scores().run())) {
        const double off = 100.0 * std::abs(time->clipSeconds / seconds(seen) - 1.0);
        miss.time += time->clipSeconds;
        miss.timeError += time->clipError;
        miss.timeSeen += seconds(seen);
        miss.timeOff += off;
        miss.timeFarthest = std::max(miss.timeFarthest, off);
        ++miss.timed;
    }
}

void print(const Miss &miss, const char *from, int to, int clips)
{
    std::printf("%-14s %3d %%  %8.1f%% %8.1f%% %7.1f %7.1f %7.1f   ", from, to, miss.predicted / clips,
                miss.seen / clips, miss.ratio / clips, miss.layer / clips, miss.unread / clips);
    if (miss.timed == 0)
        std::printf("unknown\n");
    else
        std::printf("%.3f +- %.3f, seen %.3f, off %.1f %%, at most %.1f %% (%d of %d clips)\n",
                    miss.time / miss.timed, miss.timeError / miss.timed, miss.timeSeen / miss.timed,
                    miss.timeOff / miss.timed, miss.timeFarthest, miss.timed, clips);
}

RunSettings runOf(const Options &options, const Model &model, int clip)
{
    if (model.checkpoint->defaults().examplePrompts.empty())
        (void)must(Result<RunSettings>(Error{ErrorKind::BadInput, "The model has no example prompts."}));
    RunSettings settings = bench::clipSettings(model, options.model, clip);
    settings.replay.gate = must(parseGateMode(options.gate));
    settings.device = bench::deviceOr(options.device, model);
    return settings;
}

void measureMisses(const Options &options, const Model &model)
{
    ThreadPool pool(options.threads);
    const ModelDefaults &defaults = model.checkpoint->defaults();
    std::vector<Miss> fromDense(options.to.size()), fromReplay(options.to.size());
    double denseSeconds = 0.0;
    for (int clip = 0; clip < options.clips; ++clip) {
        RunSettings settings = runOf(options, model, clip);
        const auto withThresholds = [&](int percent) {
            settings.replay.thresholds =
                calibratedThresholds(defaults, settings.replay.definition, settings.replay.gate, percent);
            return drawn(model, settings, pool, options.repeats);
        };
        const Trace dense = drawn(model, settings, pool, options.repeats),
                    some = withThresholds(options.from);
        TraceDigest ofDense(dense, settings.replay.definition), ofSome(some, settings.replay.definition);
        denseSeconds += seconds(dense) / options.clips;
        ofDense.follow(dense);
        ofSome.follow(some);
        for (std::size_t i = 0; i < options.to.size(); ++i) {
            const Trace seen = withThresholds(options.to[i]);
            add(fromDense[i], ofDense, settings.replay, seen);
            add(fromReplay[i], ofSome, settings.replay, seen);
        }
    }
    std::printf("%d clips, %s, gate %s; dense %.3f s\n\n%-14s %6s  %9s %9s %7s %7s %7s   %s\n", options.clips,
                runOf(options, model, 0).device.c_str(), options.gate.c_str(), denseSeconds, "forecast from",
                "of", "of elig.", "seen", "off", "layer", "unread", "decoding, seconds");
    const std::string from = std::to_string(options.from) + " %";
    for (std::size_t i = 0; i < options.to.size(); ++i) {
        print(fromDense[i], "dense", options.to[i], options.clips);
        print(fromReplay[i], from.c_str(), options.to[i], options.clips);
    }
}

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// How long the question takes for 7B: 32 layers, 2 rows, 16 frames of 256 tokens.
void measureQueries()
{
    const RunExtent run{.layers = 32, .frames = 16, .stride = 256, .rows = {.videos = 1, .guided = true}};
    std::mt19937 random(1);
    std::normal_distribution<float> score;
    std::vector<LayerOutcome> outcomes(static_cast<std::size_t>(run.layers * run.rows.rows()));
    ScoreDigest digest(run, TasDefinition::Official);
    const auto start = Clock::now();
    for (int token = 0; token < run.steps(); ++token) {
        for (LayerOutcome &outcome : outcomes)
            outcome.tas = score(random);
        digest.add(token, {outcomes.data(), run.layers, run.rows.rows()});
    }
    std::printf("\n32 layers, 2 rows, %d steps: digest %.0f ms", run.steps(), millisecondsSince(start));
    ReplayPolicy thresholds, target, calibratedTarget;
    thresholds.thresholds.assign(32, 0.1f);
    target.target = ReplayTarget{};
    calibratedTarget = thresholds;
    calibratedTarget.target = ReplayTarget{};
    const auto ask = [&](const char *name, const ReplayPolicy &policy) {
        roofline::Measurement times;
        double sum = 0.0;
        for (int repeat = 0; repeat < 200; ++repeat) {
            const auto asked = Clock::now();
            sum += forecast(digest, policy).all.replayed;
            times.add(millisecondsSince(asked));
        }
        std::printf(", %s %s ms%s", name, times.text(1.0, 3).c_str(), sum < 0.0 ? "?" : "");
    };
    ask("thresholds", thresholds);
    ask("target", target);
    ask("target from thresholds", calibratedTarget);
    std::printf("\n");
}

void measureCard(const Options &options, const Model &model)
{
    const RunSettings settings = runOf(options, model, 0);
    const ModelConfig &config = model.checkpoint->config();
    const RunExtent run{.layers = config.backbone.layers,
                        .frames = settings.frames,
                        .stride = config.stride(),
                        .rows = {.videos = 1, .guided = true}};
    const auto prompt = must(encodePrompt(*model.tokenizer, settings.prompt));
    const auto timing = must(createCardTiming(options.card, config));
    const auto start = Clock::now();
    const CardStepCost cost = must(fitCardStepCost(*timing, run, static_cast<int>(prompt.conditional.size()),
                                                   settings.replay, settings.attention));
    std::printf("\n%s: lines fitted in %.0f ms miss the cycle model's steps by at most %.1f %%\n",
                options.card.c_str(), millisecondsSince(start), 100.0 * cost.largestError);
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("How far a forecast of replay is off, and how long it takes.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--card", options.card)->capture_default_str();
    app.add_option("--device", options.device, "cpu, cpu:f16, ...; default: the model's");
    app.add_option("--gate", options.gate, "row, all, cond or mean")->capture_default_str();
    app.add_option("--from", options.from, "Calibrated percent of the run that is forecast from")
        ->capture_default_str();
    app.add_option("--to", options.to, "Calibrated percents that are forecast");
    app.add_option("--clips", options.clips)->capture_default_str()->check(CLI::Range(1, 1000));
    app.add_option("--repeats", options.repeats, "Of each run; the middle one counts")
        ->capture_default_str()
        ->check(CLI::Range(1, 100));
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    fpga::registerFpgaDevices();
    const Model model = must(Model::open(options.model));
    measureMisses(options, model);
    measureQueries();
    measureCard(options, model);
    return 0;
}

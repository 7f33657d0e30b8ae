// SPDX-License-Identifier: Apache-2.0
//
// Which gate costs least at the same time saved? A decode step waits for weights, and those of an MLP stay
// unread only where all rows replay. So gates are held against each other at equal shares of unread weights:
// the thresholds of each are moved together until they give that share, and what coding dense clips then
// costs is compared clip by clip. See bench/README.md.
#include "bench/forced_clips.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/replay_presets.h"
#include "engine/replay/gate.h"

#include <CLI/CLI.hpp>

#include <cstdio>

using namespace fastcar;
using bench::must;

namespace {

constexpr RowLayout pair{.videos = 1, .guided = true};

struct Options {
    std::string model = defaultModelFolder().string();
    std::vector<std::string> gates{"row", "all", "cond", "mean"};
    std::vector<int> percents{20, 50, 80};
    int clips = 12;
    int first = 0; // clip
    int threads = 2;
};

/// What a gate holds against a threshold: spread of a layer's scores over the clips, dense.
std::vector<float> spreads(std::span<const bench::ForcedClip> clips, GateMode gate, int layers)
{
    std::vector<float> spreads;
    for (int layer = 0; layer < layers; ++layer) {
        std::vector<float> scores;
        for (const bench::ForcedClip &clip : clips) {
            const auto tokens = static_cast<std::size_t>(clip.dense.tokens);
            const auto tas =
                std::span(clip.dense.tas).subspan(static_cast<std::size_t>(layer) * 2 * tokens, 2 * tokens);
            for (std::size_t token = 0; token < tokens; ++token) {
                const LayerOutcome rows[] = {{.tas = tas[token]}, {.tas = tas[tokens + token]}};
                if (std::isnan(rows[0].tas))
                    continue;
                float deciding[2];
                const auto found = decidingScores(gate, pair, rows, deciding);
                scores.insert(scores.end(), found.begin(), found.end());
            }
        }
        std::ranges::sort(scores);
        spreads.push_back(scores[scores.size() * 9 / 10] - scores[scores.size() / 10]);
    }
    return spreads;
}

struct Measured {
    double unread = 0.0;                  // of eligible layer steps
    double ofEligible = 0.0;              // rows
    std::vector<bench::CodingCost> costs; // per clip
};

class Gate {
public:
    Gate(const Model &model, std::span<const bench::ForcedClip> clips, GateMode mode, ThreadPool &pool)
        : model_(model)
        , clips_(clips)
        , mode_(mode)
        , pool_(pool)
        , spreads_(spreads(clips, mode, model.checkpoint->config().backbone.layers))
    {
    }

    /// The calibrated thresholds, moved by `move` spreads of each layer.
    ReplayPolicy policy(int percent, double move) const
    {
        ReplayPolicy policy{.gate = mode_};
        policy.thresholds = calibratedThresholds(model_.checkpoint->defaults(), policy.definition, mode_, percent);
        for (std::size_t layer = 0; layer < policy.thresholds.size(); ++layer)
            if (auto &threshold = policy.thresholds[layer])
                *threshold += static_cast<float>(move) * spreads_[layer];
        return policy;
    }

    Measured measure(const ReplayPolicy &policy) const
    {
        Measured measured;
        double skipped = 0.0, steps = 0.0;
        ReplayCount count;
        for (const bench::ForcedClip &clip : clips_) {
            const ForwardResult run = must(
                forward(model_, {.prompt = clip.settings.prompt, .replay = policy}, clip.codes(), pool_));
            skipped += static_cast<double>(run.replay.fullySkippedLayers());
            steps += static_cast<double>(run.replay.all().eligible) / pair.rows();
            count += run.replay.all();
            measured.costs.push_back(bench::costOf(run, clip, model_.checkpoint->config()));
        }
        measured.unread = skipped / steps;
        measured.ofEligible = count.ofEligible();
        return measured;
    }

    /// Moved until `percent` of the layer steps are unread.
    Measured at(int percent, ReplayPolicy &found) const
    {
        double low = -3.0, high = 3.0; // higher thresholds: more is read
        Measured measured;
        for (int round = 0; round < 9; ++round) {
            const double move = (low + high) / 2;
            found = policy(percent, move);
            measured = measure(found);
            (measured.unread * 100.0 < percent ? high : low) = move;
        }
        return measured;
    }

private:
    const Model &model_;
    std::span<const bench::ForcedClip> clips_;
    GateMode mode_;
    ThreadPool &pool_;
    std::vector<float> spreads_;
};

/// What drawing the clips anew under `policy` makes of them: codes that are the dense clip's, and how far the
/// pictures are from its (dB).
std::pair<double, double> drift(const Model &model, std::span<const bench::ForcedClip> clips,
                                const ReplayPolicy &policy, ThreadPool &pool)
{
    double same = 0.0, codes = 0.0, squares = 0.0, values = 0.0;
    for (const bench::ForcedClip &clip : clips) {
        RunSettings settings = clip.settings;
        settings.replay = policy;
        bench::NullSink sink;
        RunControl control;
        const GenerationResult drawn = must(generate(model, settings, pool, sink, control));
        for (std::size_t i = 0; i < clip.codes().size(); ++i)
            same += drawn.codes[0][i] == clip.codes()[i];
        codes += static_cast<double>(clip.codes().size());
        for (std::size_t frame = 0; frame < drawn.frames[0].size(); ++frame) {
            const auto &one = drawn.frames[0][frame]->rgb, &other = clip.drawn.frames[0][frame]->rgb;
            for (std::size_t i = 0; i < one.size(); ++i)
                squares += std::pow(double(one[i]) - double(other[i]), 2);
            values += static_cast<double>(one.size());
        }
    }
    return {same / codes, 10.0 * std::log10(255.0 * 255.0 * values / std::max(squares, 1e-9))};
}

/// Mean over the clips of what `one` costs more than `other`, nats a code, and that mean's standard error.
std::pair<double, double> difference(const std::vector<bench::CodingCost> &one,
                                     const std::vector<bench::CodingCost> &other)
{
    const auto count = static_cast<double>(one.size());
    double sum = 0.0, squares = 0.0;
    for (std::size_t clip = 0; clip < one.size(); ++clip) {
        const double more = one[clip].natsPerCode() - other[clip].natsPerCode();
        sum += more;
        squares += more * more;
    }
    const double mean = sum / count;
    const double variance = std::max(0.0, squares / count - mean * mean) / std::max(1.0, count - 1.0);
    return {mean, std::sqrt(variance)};
}

void run(const Options &options)
{
    const Model model = must(Model::open(options.model));
    const ModelConfig &config = model.checkpoint->config();
    ThreadPool pool(options.threads);
    std::vector<bench::ForcedClip> clips;
    for (int clip = options.first; clip < options.first + options.clips; ++clip)
        clips.push_back(bench::drawClip(model, bench::clipSettings(model, options.model, clip), pool, true));
    std::vector<bench::CodingCost> dense;
    bench::CodingCost all;
    for (const bench::ForcedClip &clip : clips) {
        dense.push_back(bench::costOf(clip.dense, clip, config));
        all += dense.back();
    }
    std::printf("%zu clips, dense %.4f nats a code\n\n%-12s %8s %8s  %-18s %-18s %7s %7s %6s  %s\n", clips.size(),
                all.natsPerCode(), "gate", "unread", "of elig.", "nats more", "than row", "likely", "codes",
                "dB", "thresholds");
    for (const int percent : options.percents) {
        std::vector<bench::CodingCost> row;
        for (const std::string &name : options.gates) {
            const Gate gate(model, clips, must(parseGateMode(name)), pool);
            ReplayPolicy policy;
            const Measured found = gate.at(percent, policy);
            const auto [more, error] = difference(found.costs, dense);
            if (row.empty())
                row = found.costs;
            const auto [thanRow, errorThanRow] = difference(found.costs, row);
            bench::CodingCost cost;
            for (const bench::CodingCost &clip : found.costs)
                cost += clip;
            const auto [same, decibels] = drift(model, clips, policy, pool);
            std::printf("%-5s %3d %%  %7.1f%% %7.1f%%  %.4f +- %.4f   %+.4f +- %.4f  %6.2f%% %6.1f%% %6.1f  %s\n",
                        name.c_str(), percent, 100.0 * found.unread, 100.0 * found.ofEligible, more, error,
                        thanRow, errorThanRow, 100.0 * cost.shareOfSameLikeliest(), 100.0 * same, decibels,
                        toString(policy.thresholds).c_str());
            std::fflush(stdout);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("Gates at equal shares of unread weights: what each costs.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--gate", options.gates, "The first one is what others are held against")
        ->capture_default_str();
    app.add_option("--percent", options.percents, "Unread, of eligible layer steps")
        ->check(CLI::Range(1, 99));
    app.add_option("--clips", options.clips)->capture_default_str()->check(CLI::Range(1, 1000));
    app.add_option("--first", options.first, "Number of the first clip")->capture_default_str();
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    CLI11_PARSE(app, argc, argv);
    run(options);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
//
// Steps on the described cards, by the cycle model: what replay and DRS's policies bring on each, held
// against memory's bound, with an estimate of the energy. Nothing here runs on a card.
#include "bench/must.h"
#include "engine/backend/card_timing.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/default_model.h"
#include "fpga/timing/card_description.h"
#include "fpga/timing/described_timing.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace fastcar;
using namespace fastcar::fpga;
using bench::must;

namespace {

struct Options {
    std::string model; // empty: the default one
    bool sevenBillion = false;
    std::vector<std::string> cards;
    std::vector<int> rows{2, 8, 32};
    int masks = 3;
    std::string attention = "full";
    int position = 0; // 0: half a video behind a prompt
};

/// VILA-U 7B's sizes: its weights are not needed to time it.
ModelConfig sevenBillion()
{
    ModelConfig model;
    model.backbone.layers = 32;
    model.backbone.hidden = 4096;
    model.backbone.intermediate = 11008;
    model.backbone.heads = model.backbone.kvHeads = 32;
    model.backbone.headDim = 128;
    model.backbone.vocabulary = 32000;
    model.backbone.maxPositions = 4096;
    model.gridHeight = model.gridWidth = 16;
    model.videoFrames = 8;
    return model;
}

/// Of how a step's rows come to replay.
enum class Choice { EachRow, AllRows };

struct Cell {
    double seconds = 0.0, bound = 0.0, joule = 0.0, busy = 0.0;
};

class Bench {
public:
    Bench(const ModelConfig &model, const CardDescription &card, CardTiming &timing, const Options &options)
        : model_(model)
        , card_(card)
        , timing_(timing)
        , options_(options)
    {
    }

    /// Errors: the card's memory does not hold so many rows.
    Result<Cell> measure(int rows, double replay, Choice choice, DrsPolicy drs)
    {
        std::mt19937 random(static_cast<unsigned>(rows * 1000) + static_cast<unsigned>(replay * 1000));
        const std::uint32_t all = static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
        const auto chance = [&] { return std::uniform_real_distribution<>()(random) < replay; };
        const int masks = replay == 0.0 ? 1 : options_.masks;
        Cell mean;
        for (int mask = 0; mask < masks; ++mask) {
            std::vector<std::uint32_t> replays(static_cast<std::size_t>(model_.backbone.layers));
            for (std::uint32_t &layer : replays)
                if (choice == Choice::AllRows)
                    layer = chance() ? all : 0;
                else
                    for (int r = 0; r < rows; ++r)
                        layer |= std::uint32_t{chance()} << r;
            StepQuery query;
            query.position = options_.position;
            query.rows = rows;
            query.earlier = options_.position - model_.stride();
            query.replays = replays;
            query.policy.drs = drs;
            query.attention = must(parseAttentionSpan(options_.attention));
            const Result<StepTiming> step = timing_.time(query, false);
            if (!step)
                return step.error();
            const CardCounters &counters = step->counters;
            mean.seconds += step->seconds / masks;
            mean.joule += step->energy.totalJ() / masks;
            mean.bound +=
                static_cast<double>(*std::max_element(counters.beatsRead.begin(), counters.beatsRead.end())) *
                beatBytes / card_.portBytesPerSecond() / masks;
            CardTotals totals;
            totals.add(counters);
            mean.busy += totals.coresBusyShare() / masks;
        }
        return mean;
    }

private:
    const ModelConfig &model_;
    const CardDescription &card_;
    CardTiming &timing_;
    const Options &options_;
};

constexpr std::array policies{DrsPolicy::Static, DrsPolicy::Deal, DrsPolicy::Split};

/// Errors: the card's memory does not hold so many rows.
Result<void> showRows(Bench &bench, int rows)
{
    double dense = 0.0;
    for (const double replay : {0.0, 0.2, 0.5, 0.8, 0.875})
        for (const Choice choice : {Choice::EachRow, Choice::AllRows}) {
            if (replay == 0.0 && choice == Choice::AllRows)
                continue;
            std::array<Cell, policies.size()> cells;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const Result<Cell> cell = bench.measure(rows, replay, choice, policies[i]);
                if (!cell)
                    return cell.error();
                cells[i] = *cell;
            }
            const auto &[fixed, deal, split] = cells;
            if (replay == 0.0)
                dense = fixed.seconds;
            std::printf("%-5d %5.1f %% %-9s  %9.3f %9.3f %9.3f   %5.2fx %5.2fx   %9.3f %5.1f%% %6.3g J\n",
                        rows, 100 * replay, choice == Choice::EachRow ? "each" : "together",
                        1e3 * fixed.seconds, 1e3 * deal.seconds, 1e3 * split.seconds, dense / deal.seconds,
                        dense / split.seconds, 1e3 * split.bound, 100 * split.busy, split.joule);
            std::fflush(stdout);
        }
    return {};
}

void table(const ModelConfig &model, const std::string &name, const Options &options)
{
    const CardDescription card = must(findCard(name));
    const Result<std::unique_ptr<CardTiming>> timing = createCardTiming(name, model);
    if (!timing) {
        std::printf("\n%s: %s\n", name.c_str(), timing.error().message.c_str());
        return;
    }
    const CardInfo &info = (*timing)->card();
    std::printf("\n%s (%s): %d cores of %d multiply-adds, %d ports, %.0f MHz, a beat every %d cycles\n",
                name.c_str(), info.title.c_str(), info.cores, info.lanes, info.ports, info.clockHz * 1e-6,
                card.stream().cyclesPerBeat);
    std::printf("%-5s %-7s %-9s  %9s %9s %9s   %6s %6s   %9s %6s %8s\n", "rows", "replay", "rows' own",
                "static ms", "deal ms", "split ms", "deal", "split", "memory ms", "busy", "energy");
    Bench bench(model, card, **timing, options);
    for (const int rows : options.rows)
        if (const Result<void> shown = showRows(bench, rows); !shown)
            std::printf("%-5d %s\n", rows, shown.error().message.c_str());
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app{"Steps on the described cards, by the cycle model."};
    app.add_option("--model", options.model, "folder of the checkpoint (otherwise the default model)");
    app.add_flag("--7b", options.sevenBillion, "a model of VILA-U 7B's sizes instead");
    app.add_option("--card", options.cards, "of resources/cards, or a file (otherwise all)");
    app.add_option("--rows", options.rows, "in flight");
    app.add_option("--masks", options.masks, "random choices of rows that replay")
        ->check(CLI::PositiveNumber);
    app.add_option("--attention", options.attention, "full or window:SINKS+W");
    app.add_option("--position", options.position, "of the step (otherwise half a video)");
    CLI11_PARSE(app, argc, argv);
    registerCardTimings(describedTimings());
    ModelConfig model = sevenBillion();
    if (!options.sevenBillion)
        model = must(Checkpoint::open(options.model.empty() ? defaultModelFolder().string() : options.model))
                    ->config();
    if (options.position == 0)
        options.position = model.videoFrames * model.stride() / 2 + 77;
    if (options.cards.empty())
        for (const CardInfo &card : listCards())
            options.cards.push_back(card.name);
    std::printf("%d layers of %d, MLP %d, position %d; mean of %d choices; by the cycle model, on no card; "
                "energy is an estimate\n",
                model.backbone.layers, model.backbone.hidden, model.backbone.intermediate, options.position,
                options.masks);
    for (const std::string &card : options.cards)
        table(model, card, options);
    std::printf(
        "\nx: times faster than the dense step of as many rows with static rows; energy, busy cores and "
        "memory's bound are those of split.\nThe paper's, on an Alveo U280 with another design: 1.24x, "
        "1.45x, 1.76x at 20, "
        "50, 80 %% of replay; 2.13x at 87 %% with a window of 16\n");
}

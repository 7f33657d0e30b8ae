// SPDX-License-Identifier: Apache-2.0
//
// How long does the cycle model take for a step, and what does it say of cards and models that the circuit is
// not simulated at? See bench/README.md.
#include "bench/must.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/default_model.h"
#include "fpga/timing/step_timing.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>

using namespace fastcar;
using namespace fastcar::fpga;
using bench::must;

namespace {

struct Options {
    std::string model = defaultModelFolder().string();
    int context = 300; // positions that attention sees
    int repeats = 5;
};

struct Case {
    const char *name;
    BackboneConfig model;
    int stride;
    AcceleratorShape shape;
};

/// LLaMA 2 7B's sizes.
BackboneConfig sevenBillion()
{
    BackboneConfig config;
    config.layers = 32;
    config.hidden = 4096;
    config.intermediate = 11008;
    config.heads = config.kvHeads = 32;
    config.headDim = 128;
    return config;
}

AcceleratorShape largeCard()
{
    return {.card = {.cores = 4, .lanes = 512, .ports = 32, .rows = 32},
            .maxColumns = 11008,
            .maxOutputs = 22016,
            .maxHidden = 4096,
            .maxPositions = 2048,
            .maxHeads = 32,
            .maxHeadDim = 128};
}

/// No row replays: what takes longest, to model too.
void measure(const Case &of, int rows, const Options &options)
{
    const StepProgram program = must(
        StepProgram::of(QuantisedModel::outline(of.model, of.stride), of.shape, rows, options.context + 1));
    const StepModel model(program, of.shape, {.latency = 40, .cyclesPerBeat = 1});
    std::vector<RowDescriptor> descriptors;
    for (int r = 0; r < rows; ++r)
        descriptors.push_back({.sequence = r,
                               .position = options.context,
                               .earlier = options.context - of.stride,
                               .partner = r,
                               .measured = true,
                               .stores = true,
                               .wanted = true});
    const std::vector<std::uint32_t> none(static_cast<std::size_t>(of.model.layers));
    double best = 1e9;
    std::int64_t cycles = 0;
    for (int i = 0; i < options.repeats; ++i) {
        const auto began = std::chrono::steady_clock::now();
        cycles = must(model.time({.rows = descriptors}, none, false)).counters.cycles;
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
    std::printf("%-28s %5d %12lld %10.1f %16.0f\n", of.name, rows, static_cast<long long>(cycles), 1e3 * best,
                static_cast<double>(cycles) / best);
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app{"How long the cycle model takes for a step."};
    app.add_option("--model", options.model, "folder of the checkpoint");
    app.add_option("--context", options.context, "positions that attention sees")
        ->check(CLI::Range(64, 1000));
    app.add_option("--repeats", options.repeats, "the best of these counts")->check(CLI::PositiveNumber);
    CLI11_PARSE(app, argc, argv);

    const auto checkpoint = must(Checkpoint::open(options.model));
    const Case small{.name = "default model, emulated card",
                     .model = checkpoint->config().backbone,
                     .stride = checkpoint->config().stride(),
                     .shape = {}};
    const Case large{
        .name = "7B, 4 x 512 lanes, 32 ports", .model = sevenBillion(), .stride = 64, .shape = largeCard()};
    std::printf("%-28s %5s %12s %10s %16s\n", "", "rows", "cycles", "ms", "cycles a second");
    for (const Case &of : {small, large})
        for (const int rows : {2, 8, 32})
            measure(of, rows, options);
}

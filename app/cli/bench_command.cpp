// SPDX-License-Identifier: Apache-2.0
//
// `fastcar bench`: what this machine can do at the most, and how near to it decoding comes, in one run.
#include "app/cli/bench_report.h"
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/model_options.h"
#include "engine/backend/devices.h"
#include "engine/checkpoint/checkpoint_shape.h"
#include "engine/roofline/machine_rates.h"
#include "engine/roofline/random_layers.h"

#include <CLI/CLI.hpp>

#include <sys/resource.h>

namespace fastcar::cli {

namespace {

struct BenchOptions {
    ModelOptions model;
    std::string shape;              // instead of a model: random numbers
    std::optional<int> layers;      // of the shape
    std::vector<std::string> formats{"cpu"};
    std::vector<int> contexts{512};
    std::vector<int> rows{1, 2};
    std::vector<int> threads;
    std::vector<int> skipped; // percent
    int steps = 15;
    bool perLayer = false;
    bool kernels = false;
    bool json = false;
};

constexpr std::size_t farReadBytes = std::size_t{1} << 29; // far more than any cache

/// The backbone that is timed, in one format.
struct Backboned {
    BackboneConfig config;
    std::shared_ptr<const cpu::BackboneParameters> parameters;
};

Result<Backboned> backboneOf(const BenchOptions &options, const std::string &device, ThreadPool &pool)
{
    const std::optional<NarrowFormat> format = weightFormat(device);
    if (!options.shape.empty()) {
        const CheckpointShape &shape = *checkpointShape(options.shape);
        const BackboneConfig config{.layers = options.layers.value_or(shape.layers),
                                    .hidden = shape.hidden,
                                    .intermediate = shape.intermediate,
                                    .heads = shape.heads,
                                    .kvHeads = shape.kvHeads,
                                    .headDim = shape.hidden / shape.heads,
                                    .vocabulary = shape.vocabulary,
                                    .maxPositions = shape.positions};
        // The random numbers live as long as what was made of them, unless all of it was quantised.
        const auto layers = std::make_shared<roofline::RandomLayers>(config);
        auto parameters = std::make_shared<const cpu::BackboneParameters>(layers->weights(), format, pool);
        return Backboned{.config = config,
                         .parameters = {parameters.get(), [layers, parameters](const auto *) {}}};
    }
    const auto folder = modelFolder(options.model);
    if (!folder)
        return folder.error();
    auto checkpoint = Checkpoint::open(*folder);
    if (!checkpoint)
        return checkpoint.error();
    return Backboned{.config = (*checkpoint)->config().backbone,
                     .parameters = cpu::parametersOf(*checkpoint, format, pool)};
}

std::uint64_t peakMemory()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// The machine first, then every combination that was asked for.
Result<BenchReport> measure(const BenchOptions &options)
{
    BenchReport report;
    const roofline::FarRead plain(farReadBytes);
    std::vector<int> threads = options.threads;
    if (threads.empty())
        threads = {ThreadPool().threads()};
    for (const int count : threads) {
        ThreadPool pool(count);
        MachineRates rates{.threads = count};
        for (int i = 0; i < 5; ++i) {
            rates.reading.add(plain.gigabytesPerSecond(pool));
            rates.floats.add(roofline::floatMultiplyAdds(pool));
            rates.bytes.add(roofline::int8MultiplyAdds(pool));
        }
        report.machine.push_back(rates);
    }
    for (const std::string &device : options.formats) {
        ThreadPool all;
        const auto backbone = backboneOf(options, device, all);
        if (!backbone)
            return backbone.error();
        report.config = backbone->config;
        for (const int context : options.contexts)
            for (const MachineRates &rates : report.machine)
                for (const int rows : options.rows)
                    for (const int skipped : options.skipped) {
                        ThreadPool pool(rates.threads);
                        const auto timing = timeSteps({.config = backbone->config,
                                                       .parameters = backbone->parameters,
                                                       .cache = cacheType(device),
                                                       .rows = rows,
                                                       .context = context,
                                                       .steps = options.steps,
                                                       .skipped = skipped / 100.0,
                                                       .kernels = options.kernels},
                                                      pool, plain);
                        if (!timing)
                            return timing.error();
                        report.runs.push_back({.device = device,
                                               .context = context,
                                               .threads = rates.threads,
                                               .rows = rows,
                                               .skipped = skipped,
                                               .timing = *timing});
                    }
    }
    report.peakBytes = peakMemory() - farReadBytes;
    return report;
}

int run(const BenchOptions &options)
{
    if (!options.shape.empty() && !options.model.folder.empty())
        return fail({ErrorKind::BadInput, "--shape makes a model of random numbers, --model names one: give one of them."});
    for (const std::string &device : options.formats)
        if (!device.starts_with("cpu"))
            return fail({ErrorKind::BadInput, "The benchmark is of the processor: cpu, cpu:f16, cpu:int8 and cpu:int4, not '" +
                                                  device + "'."});
        else if (auto usable = checkDevice(device); !usable)
            return fail(usable.error());
    const auto report = measure(options);
    if (!report)
        return fail(report.error());
    if (options.json)
        printBenchJson(*report);
    else
        printBench(*report, options.perLayer);
    return done;
}

std::vector<std::string> shapeNames()
{
    std::vector<std::string> names;
    for (const CheckpointShape &shape : checkpointShapes())
        names.push_back(shape.name);
    return names;
}

} // namespace

Command makeBenchCommand(CLI::App &program)
{
    const auto options = std::make_shared<BenchOptions>();
    CLI::App *parser = program.add_subcommand(
        "bench", "Measure this machine's limits, and a decode step of the backbone against them");
    addModelOption(*parser, options->model);
    parser->add_option("--shape", options->shape, "Instead of a model, random numbers of the sizes of this one")
        ->check(CLI::IsMember(shapeNames()));
    parser->add_option("--layers", options->layers, "Layers of --shape, if not its own")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    parser->add_option("--device", options->formats, "cpu, cpu:f16, cpu:int8, cpu:int4; several")->capture_default_str();
    parser->add_option("--context", options->contexts, "Positions behind the step; several")
        ->check(CLI::Range(1, 1 << 20))
        ->capture_default_str();
    parser->add_option("--rows", options->rows, "Rows: 2 for a guided video; several")
        ->check(CLI::IsMember({1, 2, 4, 8, 16, 32}))
        ->capture_default_str();
    parser->add_option("--threads", options->threads, "Threads (otherwise all); several")->check(CLI::Range(1, 1024));
    parser->add_option("--skipped", options->skipped,
                       "Percent of the layers whose MLP all rows replay (otherwise 0); several")
        ->check(CLI::Range(0, 100))
        ->type_name("PERCENT");
    parser->add_option("--steps", options->steps, "Steps of which the median is taken")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    parser->add_flag("--per-layer", options->perLayer, "A table of every layer");
    parser->add_flag("--kernels", options->kernels, "What each kernel takes of a step, and what passes between them");
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    parser->footer("Examples:\n"
                   "  fastcar bench\n"
                   "  fastcar bench --shape vila-u-7b-slice --device cpu:int8 cpu:int4 --context 512 2048\n"
                   "  fastcar bench --shape vila-u-7b-slice --device cpu:int8 --rows 2 --skipped 0 25 50 75 100");
    return {parser, [options] {
                if (options->skipped.empty())
                    options->skipped = {0};
                return run(*options);
            }};
}

} // namespace fastcar::cli

// SPDX-License-Identifier: Apache-2.0
//
// `fastcar make-checkpoint`: random numbers in the layout of a real model, to try speed with.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/interruption.h"
#include "app/cli/progress_line.h"
#include "app/cli/report.h"
#include "engine/checkpoint/default_model.h"
#include "engine/checkpoint/random_checkpoint.h"

#include <CLI/CLI.hpp>
#include <spdlog/fmt/fmt.h>

namespace fastcar::cli {

namespace {

struct MakeOptions {
    std::string shape;
    std::string output;
    std::string format = "bf16";
    std::string tokenizer;
    std::uint64_t seed = 0;
    std::optional<int> layers;
    bool json = false;
};

std::vector<std::string> shapeNames()
{
    std::vector<std::string> names;
    for (const CheckpointShape &shape : checkpointShapes())
        names.push_back(shape.name);
    return names;
}

int run(const MakeOptions &options)
{
    RandomCheckpoint checkpoint{.shape = *checkpointShape(options.shape),
                                .seed = options.seed,
                                .format = narrowFormatOf(options.format),
                                .tokenizerFolder = {},
                                .progress = {}};
    checkpoint.shape.layers = options.layers.value_or(checkpoint.shape.layers);
    const std::filesystem::path words =
        options.tokenizer.empty() ? defaultModelFolder() : std::filesystem::path(options.tokenizer);
    if (words.empty())
        return fail({ErrorKind::NotFound, "The model that comes with fastcar, whose tokenizer is copied, was not found: "
                                          "name another model with --tokenizer FOLDER."});
    checkpoint.tokenizerFolder = words / "llm";
    ProgressLine progress("writing " + options.output);
    RunControl control;
    const Interruption interruption(control, [] {});
    checkpoint.progress = [&](double share) {
        progress.share(share);
        return !control.cancelled();
    };
    const auto bytes = writeRandomCheckpoint(checkpoint, options.output);
    progress.finish();
    if (!bytes)
        return fail(bytes.error());
    if (options.json)
        printJson({{"folder", options.output},
                   {"shape", checkpoint.shape.name},
                   {"layers", checkpoint.shape.layers},
                   {"seed", options.seed},
                   {"format", options.format},
                   {"bytes", *bytes}});
    else
        printLine(fmt::format("wrote     {} ({}, seed {}, {}, {:.1f} MB; the numbers are random: its videos are noise)",
                              options.output, checkpoint.shape.description, options.seed, options.format,
                              1e-6 * static_cast<double>(*bytes)));
    return done;
}

} // namespace

Command makeMakeCheckpointCommand(CLI::App &program)
{
    const auto options = std::make_shared<MakeOptions>();
    CLI::App *parser = program.add_subcommand(
        "make-checkpoint", "Write a model of random numbers in the layout of a real one, to try speed with");
    std::string shapes;
    for (const CheckpointShape &shape : checkpointShapes())
        shapes += "\n  " + shape.name + ": " + shape.description;
    parser->add_option("--shape", options->shape, "Its sizes")->required()->check(CLI::IsMember(shapeNames()));
    parser->add_option("--layers", options->layers, "Layers of the backbone, if not the shape's own")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    parser->add_option("--seed", options->seed, "The numbers depend on it")->type_name("N")->capture_default_str();
    parser->add_option("--format", options->format, "What the matrices are stored in")
        ->check(CLI::IsMember({"bf16", "int8", "int4"}))
        ->capture_default_str();
    parser
        ->add_option("--tokenizer", options->tokenizer,
                     "The model whose tokenizer is copied (otherwise the one that comes with fastcar)")
        ->type_name("FOLDER");
    parser->add_option("-o,--output", options->output, "The folder to write; it must not be there yet")
        ->required()
        ->type_name("FOLDER");
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    parser->footer("Shapes:" + shapes +
                   "\nExample: fastcar make-checkpoint --shape vila-u-7b --format int8 --seed 1 -o random-7b");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli

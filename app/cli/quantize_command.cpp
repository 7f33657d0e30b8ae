// SPDX-License-Identifier: Apache-2.0
//
// `fastcar quantize`: a model's matrices in 8 or 4 bits, written ahead.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/interruption.h"
#include "app/cli/model_options.h"
#include "app/cli/progress_line.h"
#include "app/cli/report.h"
#include "engine/checkpoint/quantise_checkpoint.h"

#include <CLI/CLI.hpp>
#include <spdlog/fmt/fmt.h>

#include <map>

namespace fastcar::cli {

namespace {

struct QuantizeOptions {
    ModelOptions model;
    std::string to = "int8";
    std::string output;
    std::vector<std::string> rules; // PATTERN=FORMAT
    std::optional<double> error;    // percent
    bool tensors = false;
    bool json = false;
};

const char *formatText(const std::optional<NarrowFormat> &format)
{
    return format ? name(*format) : "stored";
}

Result<QuantiseOptions::Rule> ruleOf(const std::string &text)
{
    const std::size_t equals = text.rfind('=');
    const std::string format = equals == std::string::npos ? "" : text.substr(equals + 1);
    const std::optional<NarrowFormat> narrow = narrowFormatOf(format);
    if (equals == 0 || (!narrow && format != "stored"))
        return Error{ErrorKind::BadInput,
                     "'" + text + "' of --as is not PATTERN=FORMAT with int8, int4 or stored as the format."};
    return QuantiseOptions::Rule{.pattern = text.substr(0, equals), .format = narrow};
}

Result<QuantiseOptions> quantiseOptions(const QuantizeOptions &options)
{
    QuantiseOptions quantise{.format = *narrowFormatOf(options.to), .rules = {}, .progress = {}};
    for (const std::string &text : options.rules) {
        auto rule = ruleOf(text);
        if (!rule)
            return rule.error();
        quantise.rules.push_back(std::move(*rule));
    }
    if (options.error)
        quantise.int8Error = quantise.int4Error = *options.error / 100.0;
    return quantise;
}

void report(const QuantizeOptions &options, const QuantiseReport &result)
{
    std::map<std::string, int> counts;
    int widened = 0;
    double worst = 0.0;
    for (const QuantiseReport::Matrix &matrix : result.matrices) {
        ++counts[formatText(matrix.format)];
        widened += matrix.widened ? 1 : 0;
        worst = std::max(worst, matrix.error);
    }
    if (options.json) {
        nlohmann::ordered_json document{{"folder", options.output},
                                        {"format", options.to},
                                        {"source_digest", result.sourceDigest},
                                        {"source_bytes", result.sourceBytes},
                                        {"bytes", result.bytes},
                                        {"matrices", counts},
                                        {"widened", widened},
                                        {"largest_error", worst}};
        for (const QuantiseReport::Matrix &matrix : result.matrices)
            if (options.tensors)
                document["tensors"].push_back({{"component", matrix.component},
                                               {"name", matrix.name},
                                               {"format", formatText(matrix.format)},
                                               {"error", matrix.error},
                                               {"widened", matrix.widened}});
        return printJson(document);
    }
    std::string kinds;
    for (const auto &[format, count] : counts)
        kinds += fmt::format("{}{} in {}", kinds.empty() ? "" : ", ", count, format);
    printLine(fmt::format("wrote     {}", options.output));
    printLine(fmt::format("weights   {:.1f} MB instead of {:.1f}", 1e-6 * static_cast<double>(result.bytes),
                          1e-6 * static_cast<double>(result.sourceBytes)));
    printLine(fmt::format("matrices  {}{}", kinds,
                          widened ? fmt::format(" ({} of them wider than asked, because of the error)", widened) : ""));
    printLine(fmt::format("error     {:.2f} % of a matrix's weights (root mean square) at most", 100.0 * worst));
    printLine("source    " + result.sourceDigest);
    for (const QuantiseReport::Matrix &matrix : result.matrices)
        if (options.tensors)
            printLine(fmt::format("tensor    {:6} {:5.2f} %{} {} {}", formatText(matrix.format), 100.0 * matrix.error,
                                  matrix.widened ? " widened" : "", matrix.component, matrix.name));
}

int run(const QuantizeOptions &options)
{
    auto quantise = quantiseOptions(options);
    if (!quantise)
        return fail(quantise.error());
    const auto folder = modelFolder(options.model);
    if (!folder)
        return fail(folder.error());
    const auto checkpoint = Checkpoint::open(*folder);
    if (!checkpoint)
        return fail(checkpoint.error());
    ProgressLine progress("quantising " + folder->string());
    RunControl control;
    const Interruption interruption(control, [] {});
    quantise->progress = [&](double share) {
        progress.share(share);
        return !control.cancelled();
    };
    const auto result = quantiseCheckpoint(**checkpoint, options.output, *quantise);
    progress.finish();
    if (!result)
        return fail(result.error());
    report(options, *result);
    return done;
}

} // namespace

Command makeQuantizeCommand(CLI::App &program)
{
    const auto options = std::make_shared<QuantizeOptions>();
    CLI::App *parser =
        program.add_subcommand("quantize", "Write a model with its matrices in 8 or 4 bits, ready to be mapped");
    addModelOption(*parser, options->model);
    parser->add_option("--to", options->to, "The format of the backbone's matrices")
        ->check(CLI::IsMember({"int8", "int4"}))
        ->capture_default_str();
    parser->add_option("-o,--output", options->output, "The folder to write; it must not be there yet")
        ->required()
        ->type_name("FOLDER");
    parser
        ->add_option("--as", options->rules,
                     "Tensors whose name fits PATTERN (* and ?) in another format: int8, int4 or stored. Can be given "
                     "again; the last that fits counts")
        ->type_name("PATTERN=FORMAT");
    parser
        ->add_option("--most-error", options->error,
                     "A matrix that would be off by more percent (root mean square) stays in the next wider format "
                     "(default 3 for int8, 13 for int4)")
        ->check(CLI::Range(0.0, 100.0))
        ->type_name("PERCENT");
    parser->add_flag("--tensors", options->tensors, "List every matrix with its format and error");
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    parser->footer("Examples:\n"
                   "  fastcar quantize --model vila-u-7b-256 --to int8 -o vila-u-7b-int8\n"
                   "  fastcar quantize --model vila-u-7b-256 --to int4 --as '*down_proj*=int8' -o vila-u-7b-int4\n"
                   "The folder is used like any other model, with --device cpu.");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli

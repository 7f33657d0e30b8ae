// SPDX-License-Identifier: Apache-2.0
//
// `fastcar inspect`: what a model's folder, a library, a trace or a video says of itself.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/inspection.h"
#include "engine/library/library.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>

namespace fastcar::cli {

namespace {

/// A damaged trace is still asked about as a trace.
bool isMeantAsTrace(const std::filesystem::path &file)
{
    return isTraceFile(file) || file.extension() == ".fctrace";
}

int run(const InspectOptions &options)
{
    std::error_code ignored;
    if (!std::filesystem::exists(options.what, ignored))
        return fail({ErrorKind::NotFound, "There is nothing named '" + options.what.string() + "'."});
    const bool folder = std::filesystem::is_directory(options.what, ignored);
    if (!options.card.empty() && (folder || !isMeantAsTrace(options.what)))
        return fail(
            {ErrorKind::BadInput, "--card is for a trace, but '" + options.what.string() + "' is none."});
    if (options.tensors && isLibrary(options.what))
        return fail({ErrorKind::BadInput,
                     "--tensors is for a model's folder, but '" + options.what.string() + "' is a library."});
    if (isLibrary(options.what))
        return inspectLibrary(options);
    if (folder)
        return inspectModel(options);
    if (options.tensors)
        return fail({ErrorKind::BadInput,
                     "--tensors is for a model's folder, but '" + options.what.string() + "' is a file."});
    return isMeantAsTrace(options.what) ? inspectTrace(options) : inspectVideoFile(options);
}

} // namespace

Command makeInspectCommand(CLI::App &program)
{
    const auto options = std::make_shared<InspectOptions>();
    CLI::App *parser =
        program.add_subcommand("inspect", "Say what a model's folder, a library, a trace or a video holds");
    parser
        ->add_option("what", options->what,
                     "A model's folder, a library's folder or database, a .fctrace, or a video")
        ->required()
        ->type_name("FILE-or-FOLDER");
    parser->add_flag("--tensors", options->tensors, "List a model's tensors");
    parser
        ->add_option(
            "--card", options->card,
            "Of a trace: what its steps would take on this card, by the cycle model (u280, ... or a file)")
        ->type_name("NAME-or-FILE");
    addModelOption(*parser, options->model);
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    parser->footer("Example: fastcar inspect clip.mp4");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli

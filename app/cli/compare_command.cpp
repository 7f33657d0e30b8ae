// SPDX-License-Identifier: Apache-2.0
//
// `fastcar compare`: what lies between two runs, by their videos and traces.
#include "app/cli/command.h"
#include "app/cli/comparison_report.h"
#include "app/cli/exit_status.h"
#include "app/cli/report.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>

namespace fastcar::cli {

namespace {

struct CompareOptions {
    std::filesystem::path a, b;
    bool json = false;
};

int run(const CompareOptions &options)
{
    const auto a = openRecordedRun(options.a);
    if (!a)
        return fail(a.error());
    const auto b = openRecordedRun(options.b);
    if (!b)
        return fail(b.error());
    const auto comparison = compareRuns(*a, *b);
    if (!comparison)
        return fail(comparison.error());
    for (const std::string &note : comparison->notes)
        say(note);
    const ComparisonReport report{*a, *b, *comparison};
    if (options.json)
        printJson(toJsonValue(report));
    else
        printForPeople(report);
    return done;
}

} // namespace

Command makeCompareCommand(CLI::App &program)
{
    const auto options = std::make_shared<CompareOptions>();
    CLI::App *parser =
        program.add_subcommand("compare", "Say what lies between two runs: pictures, codes, settings");
    parser->add_option("a", options->a, "A video or a .fctrace; what B is held against")
        ->required()
        ->type_name("FILE");
    parser->add_option("b", options->b, "Another one")->required()->type_name("FILE");
    parser->add_flag("--json", options->json, "Print one JSON document on standard output");
    parser->footer("A trace beside a video of the same name (clip.mp4, clip.fctrace) is used, too.\n"
                   "Example: fastcar compare dense.mkv replayed.mkv");
    return {parser, [options] { return run(*options); }};
}

} // namespace fastcar::cli

// SPDX-License-Identifier: Apache-2.0
//
// `fastcar trace`: a trace summed up, or converted for other programs. Both read it record by record, so
// that its size does not matter.
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/interruption.h"
#include "app/cli/progress_line.h"
#include "app/cli/report.h"
#include "app/cli/trace_report.h"
#include "engine/trace/trace_conversion.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>
#include <spdlog/fmt/fmt.h>

#include <limits>
#include <memory>

namespace fastcar::cli {

namespace {

struct TraceOptions {
    std::filesystem::path file;
    std::filesystem::path output;
    std::string per;
    std::string frames;
    bool json = false;
};

/// What a reader should know of what was not read.
void sayUnread(const TraceOptions &options, const TraceExtent &extent, bool beingWritten)
{
    if (beingWritten)
        say("A run is still writing '" + options.file.string() + "': what it had written by then was read.");
    else if (extent.ending != TraceEnding::Whole)
        say(unreadPart(options.file, extent));
}

int summarize(const TraceOptions &options)
{
    const bool beingWritten = !checkNotWritten(options.file);
    auto stream = TraceStream::open(options.file);
    if (!stream)
        return fail(stream.error());
    TraceSummary summary(stream->shape(), stream->settings());
    ProgressLine progress("reading " + options.file.string());
    const auto extent = passOver(
        *stream, std::numeric_limits<int>::max(),
        [&](double share) {
            progress.share(share);
            return true;
        },
        [&](const TraceItem &item) {
            summary.take(item);
            return Result<void>();
        });
    progress.finish();
    if (!extent)
        return fail(extent.error());
    sayUnread(options, *extent, beingWritten);
    const TraceReport report{options.file, beingWritten, summary, *extent};
    if (options.json)
        printJson(toJsonValue(report));
    else
        printForPeople(report);
    return done;
}

/// "3", "3-5" or "3-", counted from 1.
Result<FrameRange> framesOf(const std::string &text)
{
    if (text.empty())
        return FrameRange{};
    const auto range = parseReplayRange(text);
    if (!range)
        return Error{ErrorKind::BadInput, "--frames: " + range.error().message};
    FrameRange frames{.first = range->first - 1};
    if (range->last != 0)
        frames.last = range->last - 1;
    return frames;
}

Result<TraceConversion> conversionOf(const TraceOptions &options)
{
    if (auto possible = checkTraceConversion(options.output); !possible)
        return possible.error();
    TraceConversion conversion{.from = options.file, .to = options.output};
    auto frames = framesOf(options.frames);
    if (!frames)
        return frames.error();
    conversion.frames = *frames;
    if (!options.frames.empty() && options.output.extension() == ".npz")
        return Error{ErrorKind::BadInput, "--frames is for a .json or .csv: an .npz holds the whole trace."};
    if (!options.per.empty() && options.output.extension() != ".csv")
        return Error{ErrorKind::BadInput, "--per is for a .csv, not for '" + options.output.string() + "'."};
    if (options.per == "token")
        conversion.table = TraceTable::Tokens;
    return conversion;
}

int convert(const TraceOptions &options)
{
    auto conversion = conversionOf(options);
    if (!conversion)
        return fail(conversion.error());
    const bool beingWritten = !checkNotWritten(options.file);
    ProgressLine progress("converting " + options.file.string());
    RunControl control;
    const Interruption interruption(control, [] {});
    conversion->progress = [&](double share) {
        progress.share(share);
        return !control.cancelled();
    };
    const auto extent = convertTrace(*conversion);
    progress.finish();
    if (!extent && extent.error().kind == ErrorKind::Cancelled)
        return fail({ErrorKind::Cancelled, "Cancelled: '" + options.output.string() + "' was not written."});
    if (!extent)
        return fail(extent.error());
    sayUnread(options, *extent, beingWritten);
    std::error_code unknown;
    const std::uintmax_t bytes = std::filesystem::file_size(options.output, unknown);
    if (options.json)
        printJson({{"file", options.file.string()},
                   {"output", options.output.string()},
                   {"tokens", extent->tokens},
                   {"steps", std::max(0, extent->tokens - 1)},
                   {"ending", toWord(extent->ending)},
                   {"being_written", beingWritten},
                   {"bytes_read", extent->wholeBytes},
                   {"bytes_written", unknown ? 0 : bytes}});
    else
        printLine(fmt::format("wrote     {} ({} read, {:.2f} MB written)", options.output.string(),
                              counted(extent->tokens, "token"),
                              unknown ? 0.0 : 1e-6 * static_cast<double>(bytes)));
    return done;
}

void addInput(CLI::App &parser, TraceOptions &options)
{
    parser.add_option("file", options.file, "A trace that `fastcar generate --trace` or the window wrote")
        ->required()
        ->type_name("FILE.fctrace");
    parser.add_flag("--json", options.json, "Print one JSON document on standard output");
}

} // namespace

Command makeTraceCommand(CLI::App &program)
{
    const auto options = std::make_shared<TraceOptions>();
    CLI::App *parser = program.add_subcommand("trace", "Sum up a trace, or convert it for other programs");
    parser->require_subcommand(1);
    CLI::App *summary = parser->add_subcommand(
        "summary", "Say what a run did: replay by layer and frame, chains, policies, times");
    addInput(*summary, *options);
    summary->footer("Example: fastcar trace summary run.fctrace");
    CLI::App *conversion =
        parser->add_subcommand("convert", "Write a trace as .json (Perfetto, Chrome), .npz (numpy) or .csv");
    addInput(*conversion, *options);
    conversion->add_option("-o,--output", options->output, "The file to write; its ending says the format")
        ->required()
        ->type_name("FILE");
    conversion
        ->add_option("--per", options->per,
                     "Of a .csv: what a line is (default outcome: a layer and row of a step)")
        ->check(CLI::IsMember({"outcome", "token"}));
    conversion
        ->add_option(
            "--frames", options->frames,
            "Of a .json or .csv: only these frames, counted from 1, so that viewers can hold a long run")
        ->type_name("A[-B]");
    conversion->footer("Examples:\n"
                       "  fastcar trace convert run.fctrace -o run.json   then open it in ui.perfetto.dev\n"
                       "  fastcar trace convert run.fctrace -o tokens.csv --per token");
    parser->footer("Examples:\n"
                   "  fastcar trace summary run.fctrace\n"
                   "  fastcar trace convert run.fctrace -o run.json\n"
                   "`fastcar trace summary --help` and `fastcar trace convert --help` list the options.");
    return {parser,
            [options, summary] { return summary->parsed() ? summarize(*options) : convert(*options); }};
}

} // namespace fastcar::cli

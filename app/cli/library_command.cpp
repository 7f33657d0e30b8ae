// SPDX-License-Identifier: Apache-2.0
//
// `fastcar library`: the runs that were kept.
#include "app/cli/amounts.h"
#include "app/cli/command.h"
#include "app/cli/exit_status.h"
#include "app/cli/library_actions.h"

#include <CLI/CLI.hpp>

#include <map>

namespace fastcar::cli {

namespace {

using Order = LibraryQuery::Order;

struct LibraryCommandOptions {
    LibraryPlace place;
    std::vector<RunId> ids;
    RunId id = 0;
    // list
    LibraryQuery query;
    std::string state, since, before;
    std::optional<double> leastPercent, mostPercent;
    std::int64_t most = 50;
    // export
    ExportPlan plan;
    // rate, note
    int stars = 0;
    std::string note;
    // clean
    std::string olderThan, toSize;
    int keepFromStars = 1;
    bool dryRun = false;
};

using Options = std::shared_ptr<LibraryCommandOptions>;

/// What was typed as LibraryQuery has it.
Result<LibraryQuery> queryOf(const LibraryCommandOptions &options)
{
    LibraryQuery query = options.query;
    if (!options.state.empty())
        query.state = runStateFrom(options.state);
    if (options.leastPercent)
        query.leastReplay = *options.leastPercent / 100.0;
    if (options.mostPercent)
        query.mostReplay = *options.mostPercent / 100.0;
    for (const auto &[text, target] :
         {std::pair(&options.since, &query.fromMs), {&options.before, &query.beforeMs}}) {
        if (text->empty())
            continue;
        const auto date = dateMs(*text);
        if (!date)
            return date.error();
        *target = *date;
    }
    return query;
}

Result<CleanUp> cleanUpOf(const LibraryCommandOptions &options, std::int64_t nowMs)
{
    CleanUp cleanUp{.keepFromStars = options.keepFromStars};
    if (!options.olderThan.empty()) {
        const auto age = ageMs(options.olderThan);
        if (!age)
            return age.error();
        cleanUp.beforeMs = nowMs - *age;
    }
    if (!options.toSize.empty()) {
        const auto size = sizeBytes(options.toSize);
        if (!size)
            return size.error();
        cleanUp.toBytes = *size;
    }
    return cleanUp;
}

int list(const LibraryCommandOptions &options)
{
    const auto query = queryOf(options);
    return query ? listRuns(options.place, *query, options.most) : fail(query.error());
}

int clean(const LibraryCommandOptions &options)
{
    const auto cleanUp = cleanUpOf(options, systemClockMs());
    return cleanUp ? cleanLibrary(options.place, *cleanUp, options.dryRun) : fail(cleanUp.error());
}

/// A command of the library, which every one has the same options for.
struct Child {
    CLI::App *parser;
    std::function<int()> run;
};

CLI::App *addChild(CLI::App &parser, const char *name, const char *what, LibraryCommandOptions &options)
{
    CLI::App *child = parser.add_subcommand(name, what);
    addLibraryOption(*child, options.place.folder);
    child->add_flag("--json", options.place.json, "Print one JSON document on standard output");
    return child;
}

void addId(CLI::App &child, LibraryCommandOptions &options)
{
    child.add_option("run", options.id, "Its number, as `fastcar library list` tells")
        ->required()
        ->type_name("RUN");
}

Child addList(CLI::App &parser, const Options &options)
{
    CLI::App *child = addChild(parser, "list", "List runs, newest first", *options);
    child->add_option("--words", options->query.words, "Each begins a word of the prompt or the note")
        ->type_name("WORDS");
    child->add_option("--state", options->state, "running, done, cancelled, failed or interrupted")
        ->check(CLI::IsMember({"running", "done", "cancelled", "failed", "interrupted"}).description(""))
        ->type_name("STATE");
    child->add_flag("--unfinished", options->query.unfinished, "Those that stopped and can go on");
    child->add_option("--device", options->query.device, "With all its formats: cpu means cpu:int8, too")
        ->type_name("NAME");
    child->add_option("--model", options->query.model, "By name or digest")->type_name("NAME");
    child->add_option("--rating", options->query.leastRating, "So many stars, or more")
        ->check(CLI::Range(0, mostStars))
        ->type_name("N");
    child
        ->add_option("--replay-from", options->leastPercent,
                     "Percent of eligible that were replayed, at least")
        ->type_name("PERCENT");
    child->add_option("--replay-to", options->mostPercent, "The same, at most")->type_name("PERCENT");
    child->add_option("--since", options->since, "Made on this day or later")->type_name("DATE");
    child->add_option("--before", options->before, "Made before this day")->type_name("DATE");
    child->add_flag("--deleted", options->query.deleted, "Those that were deleted and wait for a clean-up");
    child
        ->add_option("--order", options->query.order,
                     "newest, oldest, best, replayed, longest, largest or prompt")
        ->transform(CLI::CheckedTransformer(std::map<std::string, Order>{{"newest", Order::Newest},
                                                                         {"oldest", Order::Oldest},
                                                                         {"best", Order::BestRated},
                                                                         {"replayed", Order::MostReplayed},
                                                                         {"longest", Order::Longest},
                                                                         {"largest", Order::Largest},
                                                                         {"prompt", Order::ByPrompt}})
                        .description(""))
        ->type_name("ORDER");
    child->add_option("--most", options->most, "List no more than N (50); 0: all")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    return {child, [options] { return list(*options); }};
}

Child addShow(CLI::App &parser, const Options &options)
{
    CLI::App *child = addChild(parser, "show", "Say all that is known of a run", *options);
    addId(*child, *options);
    return {child, [options] { return showRun(options->place, options->id); }};
}

Child addExport(CLI::App &parser, const Options &options)
{
    CLI::App *child = addChild(parser, "export", "Write a run's video, or its trace, to a file", *options);
    addId(*child, *options);
    child
        ->add_option("-o,--output", options->plan.output,
                     "A video as `fastcar generate` writes it, or a trace: .fctrace or .npz")
        ->required()
        ->type_name("FILE");
    child->add_option("--fps", options->plan.framesPerSecond, "Frames per second of the file (8)")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    child
        ->add_option("--scale", options->plan.scale,
                     "Enlarge N times (otherwise to 256 pixels of height or more)")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    return {child, [options] { return exportRun(options->place, options->id, options->plan); }};
}

Child addOnSeveral(CLI::App &parser, const Options &options, const char *name, const char *what,
                   int (*act)(const LibraryPlace &, const std::vector<RunId> &))
{
    CLI::App *child = addChild(parser, name, what, *options);
    child->add_option("runs", options->ids, "Their numbers")->required()->type_name("RUN...");
    return {child, [options, act] { return act(options->place, options->ids); }};
}

Child addRate(CLI::App &parser, const Options &options)
{
    CLI::App *child = addChild(parser, "rate", "Give a run 0 to 5 stars", *options);
    addId(*child, *options);
    child->add_option("stars", options->stars, "0 takes them away")
        ->required()
        ->check(CLI::Range(0, mostStars))
        ->type_name("STARS");
    return {child, [options] { return rateRun(options->place, options->id, options->stars); }};
}

Child addNote(CLI::App &parser, const Options &options)
{
    CLI::App *child = addChild(parser, "note", "Write a note to a run", *options);
    addId(*child, *options);
    child->add_option("note", options->note, "Empty: none")->required()->type_name("TEXT");
    return {child, [options] { return noteRun(options->place, options->id, options->note); }};
}

Child addClean(CLI::App &parser, const Options &options)
{
    CLI::App *child = addChild(parser, "clean",
                               "Take deleted runs away for good, and old ones that nobody rated", *options);
    child->add_option("--older-than", options->olderThan, "Also runs of that age: 90m, 12h, 30d, 8w")
        ->type_name("AGE");
    child
        ->add_option("--to-size", options->toSize,
                     "Also the oldest ones, until the library takes no more than that: 500M, 2G")
        ->type_name("SIZE");
    child->add_option("--keep-rated", options->keepFromStars, "Runs with N stars or more stay (1)")
        ->check(CLI::Range(1, mostStars + 1))
        ->type_name("N");
    child->add_flag("--dry-run", options->dryRun, "Say which, and do nothing");
    return {child, [options] { return clean(*options); }};
}

Child addRebuild(CLI::App &parser, const Options &options)
{
    CLI::App *child =
        addChild(parser, "rebuild", "Make a damaged or lost database anew from the runs' files", *options);
    return {child, [options] { return rebuild(options->place); }};
}

} // namespace

Command makeLibraryCommand(CLI::App &program)
{
    const auto options = std::make_shared<LibraryCommandOptions>();
    CLI::App *parser = program.add_subcommand("library", "Look at the runs that were kept");
    parser->require_subcommand(1);
    parser->footer("Examples:\n"
                   "  fastcar library list --words beach --rating 3\n"
                   "  fastcar library export 12 -o clip.mp4\n"
                   "  fastcar library clean --older-than 30d --dry-run\n"
                   "Runs are kept by fastcar-studio, and by `fastcar generate --keep`.");
    const std::vector<Child> children{
        addList(*parser, options),
        addShow(*parser, options),
        addExport(*parser, options),
        addOnSeveral(*parser, options, "delete", "Put runs away; they come back until a clean-up",
                     deleteRuns),
        addOnSeveral(*parser, options, "restore", "Get deleted runs back", restoreRuns),
        addRate(*parser, options),
        addNote(*parser, options),
        addClean(*parser, options),
        addRebuild(*parser, options),
    };
    return {parser, [children] {
                for (const Child &child : children)
                    if (child.parser->parsed())
                        return child.run();
                return misused;
            }};
}

} // namespace fastcar::cli

// SPDX-License-Identifier: Apache-2.0
#include "app/cli/library_actions.h"

#include "app/cli/amounts.h"
#include "app/cli/exit_status.h"
#include "app/cli/library_report.h"
#include "app/cli/report.h"
#include "engine/base/file_bytes.h"
#include "engine/base/pending_file.h"
#include "engine/library/rebuild.h"
#include "engine/media/numbered_files.h"
#include "engine/media/video_file.h"
#include "engine/trace/trace_file.h"

#include <CLI/CLI.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <span>
#include <vector>

namespace fastcar::cli {

using nlohmann::ordered_json;

namespace {

/// A library that is there: none is made by a wrong name. Opening it finds runs whose program was killed.
Result<Library> openThere(const LibraryPlace &place)
{
    if (!isLibrary(place.folder))
        return Error{ErrorKind::NotFound, "There is no library of runs in '" + place.folder.string() +
                                              "'. `fastcar generate --keep` or fastcar-studio make one."};
    return Library::open(place.folder);
}

int failOn(const Result<void> &result)
{
    return result ? done : fail(result.error());
}

/// Does the same to each run, and prints what became of them.
int changeEach(const LibraryPlace &place, const std::vector<RunId> &ids, const char *became,
               Result<void> (*change)(Library &, RunId))
{
    auto library = openThere(place);
    if (!library)
        return fail(library.error());
    std::vector<RunEntry> changed;
    for (const RunId id : ids) {
        if (auto fine = change(*library, id); !fine)
            return fail(fine.error());
        auto entry = library->entry(id);
        if (!entry)
            return fail(entry.error());
        changed.push_back(std::move(*entry));
    }
    if (place.json)
        printJson({{"runs", toJsonValue(changed, *library)}});
    else
        for (const RunEntry &entry : changed)
            printLine(fmt::format("{} run {}: {}", became, entry.id, entry.prompt));
    return done;
}

bool isTraceName(const std::filesystem::path &file)
{
    return file.extension() == ".fctrace" || file.extension() == ".npz";
}

/// Under its name the copy is there whole or not at all.
Result<void> copyWhole(const std::filesystem::path &from, const std::filesystem::path &to)
{
    std::ifstream source(from, std::ios::binary);
    if (!source)
        return systemError("read", from, errno);
    auto copy = PendingFile::create(to);
    if (!copy)
        return copy.error();
    std::vector<char> block(std::size_t{1} << 20);
    while (source.read(block.data(), static_cast<std::streamsize>(block.size())) || source.gcount() > 0)
        if (auto written =
                copy->write(std::as_bytes(std::span(block).first(static_cast<std::size_t>(source.gcount()))));
            !written)
            return written;
    if (source.bad())
        return systemError("read", from, errno);
    return copy->commit();
}

Result<void> exportTrace(const Library &library, RunId id, const std::filesystem::path &file)
{
    const auto kind = checkTraceFile(file);
    if (!kind)
        return kind.error();
    const std::filesystem::path from = library.filesOf(id).trace();
    if (*kind == TraceFileKind::Npz) {
        const auto trace = readTrace(from);
        return trace ? writeTraceNpz(file, *trace) : trace.error();
    }
    return copyWhole(from, file);
}

Result<std::vector<std::filesystem::path>> exportVideos(const Library &library, const RunEntry &entry,
                                                        const ExportPlan &plan)
{
    const auto trace = library.trace(entry.id);
    if (!trace)
        return trace.error();
    VideoFileOptions options{
        .scale = plan.scale, .title = entry.prompt, .settingsJson = toJson(trace->settings())};
    options.framesPerSecond = plan.framesPerSecond.value_or(options.framesPerSecond);
    const auto names = numberedFiles(plan.output, entry.videos);
    const auto frames = library.frames(entry);
    std::vector<std::filesystem::path> written;
    for (std::size_t video = 0; video < names.size(); ++video) {
        if (frames[video].empty())
            continue;
        if (auto fine = writeVideo(names[video], frames[video], options); !fine)
            return fine.error();
        written.push_back(names[video]);
    }
    if (written.empty())
        return Error{ErrorKind::NotFound, "Run " + std::to_string(entry.id) + " has no whole frame."};
    return written;
}

} // namespace

std::int64_t systemClockMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

CLI::Option *addLibraryOption(CLI::App &parser, std::filesystem::path &folder)
{
    return parser
        .add_option("--library", folder,
                    "The library's folder (otherwise FASTCAR_LIBRARY, or the user's own)")
        ->type_name("FOLDER");
}

int listRuns(const LibraryPlace &place, const LibraryQuery &query, std::int64_t most)
{
    const auto library = openThere(place);
    if (!library)
        return fail(library.error());
    const auto entries = library->find(query, 0, most == 0 ? -1 : most);
    const auto count = entries ? library->count(query) : entries.error();
    const auto use = count ? library->diskUse() : count.error();
    if (!use)
        return fail(use.error());
    if (place.json) {
        printJson({{"library", place.folder.string()},
                   {"found", *count},
                   {"runs", toJsonValue(*entries, *library)},
                   {"disk_use", toJsonValue(*use)}});
        return done;
    }
    if (entries->empty() && query.deleted)
        printLine("no deleted run fits");
    else if (entries->empty() && use->runs > 0)
        printLine("no run fits");
    else if (!entries->empty())
        printEntries(*entries);
    if (*count > static_cast<std::int64_t>(entries->size()))
        printLine(fmt::format("{} more; --most N lists more of them",
                              *count - static_cast<std::int64_t>(entries->size())));
    printDiskUse(*use);
    return done;
}

int showRun(const LibraryPlace &place, RunId id)
{
    const auto library = openThere(place);
    if (!library)
        return fail(library.error());
    const auto entry = library->entry(id);
    if (!entry)
        return fail(entry.error());
    if (place.json)
        printJson(toJsonValue(*entry, *library));
    else
        printEntry(*entry, *library);
    return done;
}

int exportRun(const LibraryPlace &place, RunId id, const ExportPlan &plan)
{
    if (!isTraceName(plan.output))
        if (auto fine = checkVideoFile(plan.output); !fine)
            return fail(fine.error());
    const auto library = openThere(place);
    if (!library)
        return fail(library.error());
    const auto entry = library->entry(id);
    if (!entry)
        return fail(entry.error());
    std::vector<std::filesystem::path> files{plan.output};
    if (isTraceName(plan.output)) {
        if (auto written = exportTrace(*library, id, plan.output); !written)
            return fail(written.error());
    } else {
        auto written = exportVideos(*library, *entry, plan);
        if (!written)
            return fail(written.error());
        files = std::move(*written);
    }
    ordered_json names = ordered_json::array();
    for (const auto &file : files) {
        names.push_back(file.string());
        if (!place.json)
            printLine("wrote     " + file.string());
    }
    if (place.json)
        printJson({{"run", id}, {"files", std::move(names)}});
    return done;
}

int deleteRuns(const LibraryPlace &place, const std::vector<RunId> &ids)
{
    return changeEach(place, ids, "deleted", [](Library &library, RunId id) { return library.remove(id); });
}

int restoreRuns(const LibraryPlace &place, const std::vector<RunId> &ids)
{
    return changeEach(place, ids, "restored", [](Library &library, RunId id) { return library.restore(id); });
}

int rateRun(const LibraryPlace &place, RunId id, int stars)
{
    auto library = openThere(place);
    return failOn(library ? library->rate(id, stars) : library.error());
}

int noteRun(const LibraryPlace &place, RunId id, const std::string &note)
{
    auto library = openThere(place);
    return failOn(library ? library->setNote(id, note) : library.error());
}

int cleanLibrary(const LibraryPlace &place, const CleanUp &cleanUp, bool dryRun)
{
    auto library = openThere(place);
    if (!library)
        return fail(library.error());
    const auto plan = planCleanUp(*library, cleanUp);
    if (!plan)
        return fail(plan.error());
    if (!dryRun)
        if (auto gone = library->erase(plan->ids()); !gone)
            return fail(gone.error());
    if (place.json) {
        printJson({{"dry_run", dryRun}, {"bytes", plan->bytes}, {"runs", toJsonValue(plan->runs, *library)}});
        return done;
    }
    if (!plan->runs.empty())
        printEntries(plan->runs);
    printLine(fmt::format("{} {}, {}", dryRun ? "would take away" : "took away",
                          counted(static_cast<std::int64_t>(plan->runs.size()), "run"),
                          sizeText(plan->bytes)));
    return done;
}

int rebuild(const LibraryPlace &place)
{
    const auto rebuilt = rebuildLibrary(place.folder);
    if (!rebuilt)
        return fail(rebuilt.error());
    if (place.json) {
        printJson({{"library", place.folder.string()},
                   {"runs", rebuilt->runs},
                   {"remembered", rebuilt->remembered},
                   {"old_database", rebuilt->oldFiles.string()}});
        return done;
    }
    printLine(fmt::format("{} found; ratings and notes of {} could be read", counted(rebuilt->runs, "run"),
                          rebuilt->remembered));
    if (!rebuilt->oldFiles.empty())
        printLine("the old database is " + rebuilt->oldFiles.string());
    return done;
}

} // namespace fastcar::cli

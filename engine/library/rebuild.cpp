// SPDX-License-Identifier: Apache-2.0
#include "engine/library/rebuild.h"

#include "engine/base/file_bytes.h"
#include "engine/library/database.h"
#include "engine/library/library.h"
#include "engine/library/schema.h"
#include "engine/trace/trace_file.h"

#include <charconv>
#include <chrono>
#include <map>
#include <vector>

namespace fastcar {

namespace {

struct Remembered {
    std::int64_t madeMs = 0;
    std::string state, reason, modelName, note;
    std::int64_t rating = 0;
    DatabaseValue deletedMs;
};

/// As much as the damaged database still tells.
std::map<RunId, Remembered> rememberFrom(const std::filesystem::path &file)
{
    std::map<RunId, Remembered> found;
    const auto database = Database::open(file, Database::Access::Write); // with what its log holds
    if (!database)
        return found;
    auto rows = database->prepare(
        "SELECT id, made_ms, state, reason, model_name, note, rating, deleted_ms FROM runs");
    if (!rows)
        return found;
    for (auto more = rows->next(); more && *more; more = rows->next()) {
        Remembered run{.madeMs = rows->integer(1),
                       .state = rows->text(2),
                       .reason = rows->text(3),
                       .modelName = rows->text(4),
                       .note = rows->text(5),
                       .rating = rows->integer(6),
                       .deletedMs = nullptr};
        if (!rows->isNull(7))
            run.deletedMs = rows->integer(7);
        found.emplace(rows->integer(0), std::move(run));
    }
    return found;
}

std::vector<RunId> runsOnDisk(const std::filesystem::path &folder)
{
    std::vector<RunId> ids;
    std::error_code failed;
    for (const auto &entry : std::filesystem::directory_iterator(runsFolder(folder), failed)) {
        const std::string name = entry.path().filename().string();
        RunId id = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
        if (error == std::errc() && end == name.data() + name.size() && id > 0)
            ids.push_back(id);
    }
    return ids;
}

/// Database and its log get names of their own.
Result<std::filesystem::path> moveAside(const std::filesystem::path &file)
{
    std::error_code failed;
    if (!std::filesystem::exists(file, failed))
        return std::filesystem::path();
    std::filesystem::path aside;
    for (int number = 1; aside.empty() || std::filesystem::exists(aside, failed); ++number)
        aside = file.string() + ".old-" + std::to_string(number);
    for (const char *part : {"", "-wal", "-shm"}) {
        std::filesystem::rename(file.string() + part, aside.string() + part, failed);
        if (failed && *part == '\0')
            return systemError("rename", file, failed.value());
    }
    return aside;
}

std::int64_t timeOf(const std::filesystem::path &file)
{
    using namespace std::chrono;
    std::error_code failed;
    const auto written = std::filesystem::last_write_time(file, failed);
    if (failed)
        return 0;
    return duration_cast<milliseconds>(file_clock::to_sys(written).time_since_epoch()).count();
}

Result<void> addRun(Database &database, RunId id, const RunFolder &files, const Trace &trace, Remembered run)
{
    const RunSettings &settings = trace.settings();
    const TraceShape &shape = trace.shape();
    const std::int64_t total = std::int64_t{shape.frames} * shape.stride;
    const bool whole = trace.tokens() == total;
    if (run.state.empty())
        run.state = whole ? "done" : "interrupted";
    const bool killed = run.state == "running";
    if (killed)
        run.state = "interrupted";
    if (run.modelName.empty())
        run.modelName = std::filesystem::path(settings.modelFolder).filename().string();
    if (run.madeMs == 0)
        run.madeMs = timeOf(files.trace());
    auto added = database.run(
        "INSERT INTO runs (id, made_ms, state, reason, prompt, settings, model_name, model_digest, device, "
        "videos, total_tokens, rating, note, deleted_ms, unanswered) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {id, run.madeMs, run.state, run.reason, settings.prompt, toJson(settings), run.modelName,
         settings.modelDigest, deviceOfStep(settings, trace.tokens()), std::int64_t{settings.videos}, total,
         run.rating, run.note, run.deletedMs, std::int64_t{killed}});
    return added ? updateEntry(database, id, RunAdvance::of(trace), files.bytes()) : added;
}

} // namespace

Result<RebuiltLibrary> rebuildLibrary(const std::filesystem::path &folder)
{
    std::error_code ignored;
    if (!std::filesystem::is_directory(runsFolder(folder), ignored))
        return Error{ErrorKind::NotFound, "There is no library of runs in '" + folder.string() + "'."};
    for (const RunId id : runsOnDisk(folder))
        if (auto free = checkNotWritten(RunFolder(folder, id).trace()); !free)
            return free.error();
    RebuiltLibrary rebuilt;
    auto aside = moveAside(libraryDatabase(folder));
    if (!aside)
        return aside.error();
    rebuilt.oldFiles = std::move(*aside);
    const auto remembered =
        rebuilt.oldFiles.empty() ? std::map<RunId, Remembered>() : rememberFrom(rebuilt.oldFiles);

    auto database = Database::open(libraryDatabase(folder), Database::Access::Create);
    if (!database)
        return database.error();
    if (auto made = bringUpToDate(*database); !made)
        return made.error();
    auto transaction = Database::Transaction::begin(*database);
    if (!transaction)
        return transaction.error();
    for (const RunId id : runsOnDisk(folder)) {
        const RunFolder files(folder, id);
        const auto trace = readTrace(files.trace());
        if (!trace)
            continue; // nothing that could be shown or gone on with
        const auto known = remembered.find(id);
        if (auto added = addRun(*database, id, files, *trace,
                                known == remembered.end() ? Remembered{} : known->second);
            !added)
            return added.error();
        ++rebuilt.runs;
        rebuilt.remembered += known != remembered.end();
    }
    if (auto committed = transaction->commit(); !committed)
        return committed.error();
    return rebuilt;
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/library/library.h"

#include "engine/base/file_bytes.h"
#include "engine/library/schema.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

#include <pwd.h>
#include <unistd.h>

namespace fastcar {

namespace {

constexpr const char *databaseName = "library.db";
constexpr const char *entryColumns =
    "id, made_ms, state, reason, prompt, settings, model_name, model_digest, device, videos, tokens, "
    "total_tokens, replayed, eligible, seconds, rating, note, bytes, deleted_ms";

std::int64_t systemClockMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

RunEntry entryOf(const Statement &row)
{
    RunEntry entry;
    int column = 0;
    entry.id = row.integer(column++);
    entry.madeMs = row.integer(column++);
    entry.state = runStateFrom(row.text(column++)).value_or(RunState::Interrupted);
    entry.reason = row.text(column++);
    entry.prompt = row.text(column++);
    entry.settingsJson = row.text(column++);
    entry.modelName = row.text(column++);
    entry.modelDigest = row.text(column++);
    entry.device = row.text(column++);
    entry.videos = static_cast<int>(row.integer(column++));
    entry.tokens = static_cast<int>(row.integer(column++));
    entry.totalTokens = static_cast<int>(row.integer(column++));
    entry.replayed = row.integer(column++);
    entry.eligible = row.integer(column++);
    entry.seconds = row.number(column++);
    entry.rating = static_cast<int>(row.integer(column++));
    entry.note = row.text(column++);
    entry.bytes = row.integer(column++);
    if (!row.isNull(column))
        entry.deletedMs = row.integer(column);
    return entry;
}

Result<void> makeFolder(const std::filesystem::path &folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    return failed ? Result<void>(systemError("make the folder", folder, failed.value())) : Result<void>();
}

RunId firstNumber(const Statement &row)
{
    return row.integer(0);
}

/// For SQL: the runs that are named.
std::string amongThese(std::span<const RunId> ids)
{
    std::string list;
    for (const RunId id : ids)
        list += (list.empty() ? "" : ", ") + std::to_string(id);
    return "id IN (" + list + ")";
}

Error noRun(RunId id)
{
    return {ErrorKind::NotFound, "There is no run " + std::to_string(id) +
                                     " in the library; `fastcar library list` shows those that there are."};
}

/// Not below the folder that somebody happens to be in, where another program's start would not find it
/// again.
std::filesystem::path homeFolder()
{
    if (const char *home = std::getenv("HOME"); home && *home == '/')
        return home;
    const passwd *user = ::getpwuid(::getuid());
    return user && user->pw_dir && *user->pw_dir == '/' ? user->pw_dir : "/";
}

} // namespace

std::filesystem::path defaultLibraryFolder()
{
    if (const char *named = std::getenv("FASTCAR_LIBRARY"); named && *named)
        return named;
    if (const char *data = std::getenv("XDG_DATA_HOME"); data && *data == '/')
        return std::filesystem::path(data) / "fastcar" / "library";
    return homeFolder() / ".local" / "share" / "fastcar" / "library";
}

std::filesystem::path libraryDatabase(const std::filesystem::path &folder)
{
    return folder / databaseName;
}

bool isLibrary(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return std::filesystem::is_regular_file(libraryDatabase(path), ignored);
    return path.filename() == databaseName && std::filesystem::is_regular_file(path, ignored);
}

Library::Library(std::filesystem::path folder, Database database, LibraryOptions options)
    : folder_(std::move(folder))
    , database_(std::make_unique<Database>(std::move(database)))
    , options_(std::move(options))
{
    if (!options_.nowMs)
        options_.nowMs = systemClockMs;
}

Result<Library> Library::open(const std::filesystem::path &folder, LibraryOptions options)
{
    if (auto made = makeFolder(runsFolder(folder)); !made)
        return made.error();
    auto database = Database::open(libraryDatabase(folder), Database::Access::Create);
    if (!database)
        return database.error();
    // WAL: readers do not wait for the writer. A file system that cannot share memory keeps its old way.
    if (auto prepared = database->runAll("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"); !prepared)
        return prepared.error();
    if (auto fresh = bringUpToDate(*database); !fresh)
        return fresh.error();
    Library library(folder, std::move(*database), std::move(options));
    if (library.options_.lookForInterrupted)
        if (auto looked = library.findInterrupted(); !looked)
            return looked.error();
    return library;
}

Result<Library> Library::openToRead(const std::filesystem::path &folder)
{
    if (!isLibrary(folder))
        return Error{ErrorKind::NotFound, "There is no library of runs in '" + folder.string() + "'."};
    auto database = Database::open(libraryDatabase(folder), Database::Access::Read);
    if (!database)
        return database.error();
    if (auto fresh = checkUpToDate(*database); !fresh)
        return fresh.error();
    return Library(folder, std::move(*database), {});
}

/// A run is being written as long as its trace is locked. What the entry says of it may be older than its
/// trace.
Result<void> Library::findInterrupted()
{
    const auto running = database_->all("SELECT id FROM runs WHERE state = 'running'", {}, firstNumber);
    if (!running)
        return running.error();
    for (const RunId id : *running) {
        const RunFolder files = filesOf(id);
        if (!checkNotWritten(files.trace()))
            continue;
        if (auto marked = database_->run(
                "UPDATE runs SET state = 'interrupted', unanswered = 1 WHERE id = ? AND state = 'running'",
                {id});
            !marked)
            return marked;
        if (database_->changedRows() == 0)
            continue; // another program found it, too
        if (const auto left = readTrace(files.trace()))
            if (auto updated = updateEntry(*database_, id, RunAdvance::of(*left), files.bytes()); !updated)
                return updated;
    }
    return {};
}

Result<std::vector<RunEntry>> Library::unanswered() const
{
    return select(
        "unanswered AND state = 'interrupted' AND tokens > 0 AND deleted_ms IS NULL ORDER BY id DESC", {});
}

Result<void> Library::answer(std::span<const RunId> ids)
{
    return database_->run("UPDATE runs SET unanswered = 0 WHERE " + amongThese(ids));
}

Result<std::unique_ptr<KeptRun>> Library::begin(const TraceShape &shape, const RunSettings &settings,
                                                const std::string &modelName)
{
    auto transaction = Database::Transaction::begin(*database_);
    if (!transaction)
        return transaction.error();
    const auto last = database_->number("SELECT seq FROM sqlite_sequence WHERE name = 'runs'");
    if (!last)
        return last.error();
    RunId id = *last + 1;
    std::error_code ignored;
    while (std::filesystem::exists(filesOf(id).path(), ignored))
        ++id; // of a run that this database does not know
    auto added = database_->run(
        "INSERT INTO runs (id, made_ms, state, prompt, settings, model_name, model_digest, device, videos, "
        "total_tokens) VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?)",
        {id, options_.nowMs(), settings.prompt, toJson(settings), modelName, settings.modelDigest,
         settings.device, std::int64_t{settings.videos}, std::int64_t{shape.frames} * shape.stride});
    if (!added)
        return added.error();
    const RunFolder files = filesOf(id);
    auto made = files.create();
    auto writer = made ? TraceWriter::create(files.trace(), shape, settings) : made.error();
    // The entry can be seen only now, when the trace is locked.
    if (auto committed = writer ? transaction->commit() : writer.error(); !committed) {
        std::filesystem::remove_all(files.path(), ignored);
        return committed.error();
    }
    return std::make_unique<KeptRun>(*database_, id, files, std::move(*writer), RunAdvance{});
}

Result<std::unique_ptr<KeptRun>> Library::goOn(RunId id, int tokens)
{
    const RunFolder files = filesOf(id);
    auto writer = TraceWriter::goOn(files.trace(), files.trace(), tokens);
    if (!writer)
        return writer.error();
    const auto begun = readTrace(files.trace());
    if (!begun)
        return begun.error();
    if (auto marked = database_->run(
            "UPDATE runs SET state = 'running', reason = '', unanswered = 0 WHERE id = ?", {id});
        !marked)
        return marked.error();
    if (database_->changedRows() == 0)
        return noRun(id);
    return std::make_unique<KeptRun>(*database_, id, files, std::move(*writer), RunAdvance::of(*begun));
}

Result<std::vector<RunEntry>> Library::select(const std::string &condition,
                                              const std::vector<DatabaseValue> &values) const
{
    return database_->all(std::string("SELECT ") + entryColumns + " FROM runs WHERE " + condition, values,
                          entryOf);
}

Result<std::vector<RunEntry>> Library::find(const LibraryQuery &query, std::int64_t from,
                                            std::int64_t most) const
{
    QueryCondition condition = conditionOf(query);
    condition.values.emplace_back(most);
    condition.values.emplace_back(from);
    return select(condition.sql + " ORDER BY " + orderOf(query.order) + " LIMIT ? OFFSET ?",
                  condition.values);
}

Result<std::vector<RunId>> Library::ids(const LibraryQuery &query) const
{
    const QueryCondition condition = conditionOf(query);
    return database_->all("SELECT id FROM runs WHERE " + condition.sql + " ORDER BY " + orderOf(query.order),
                          condition.values, firstNumber);
}

Result<std::vector<RunEntry>> Library::entries(std::span<const RunId> ids) const
{
    return select(amongThese(ids), {});
}

Result<std::int64_t> Library::count(const LibraryQuery &query) const
{
    const QueryCondition condition = conditionOf(query);
    return database_->number("SELECT count(*) FROM runs WHERE " + condition.sql, condition.values);
}

Result<RunEntry> Library::entry(RunId id) const
{
    auto found = entries(std::span(&id, 1));
    if (!found)
        return found.error();
    return found->empty() ? noRun(id) : Result<RunEntry>(std::move(found->front()));
}

Result<std::vector<std::string>> Library::names(const std::string &column) const
{
    return database_->all("SELECT DISTINCT " + column + " FROM runs WHERE deleted_ms IS NULL ORDER BY 1", {},
                          [](const Statement &row) { return row.text(0); });
}

Result<std::vector<std::string>> Library::devices() const
{
    return names("device");
}

Result<std::vector<std::string>> Library::models() const
{
    return names("model_name");
}

Result<DiskUse> Library::diskUse() const
{
    auto row =
        database_->prepare("SELECT count(*) - count(deleted_ms), "
                           "coalesce(sum(CASE WHEN deleted_ms IS NULL THEN bytes END), 0), "
                           "count(deleted_ms), "
                           "coalesce(sum(CASE WHEN deleted_ms IS NOT NULL THEN bytes END), 0) FROM runs");
    if (!row)
        return row.error();
    if (const auto there = row->next(); !there)
        return there.error();
    return DiskUse{.runs = row->integer(0),
                   .bytes = row->integer(1),
                   .deletedRuns = row->integer(2),
                   .deletedBytes = row->integer(3)};
}

Result<void> Library::check() const
{
    return database_->check();
}

Result<std::int64_t> Library::version() const
{
    return database_->number("PRAGMA data_version");
}

Result<void> Library::change(const std::string &what, const std::vector<DatabaseValue> &values, RunId id)
{
    std::vector<DatabaseValue> all = values;
    all.emplace_back(id);
    if (auto changed = database_->run("UPDATE runs SET " + what + " WHERE id = ?", all); !changed)
        return changed;
    return database_->changedRows() > 0 ? Result<void>() : noRun(id);
}

Result<void> Library::rate(RunId id, int stars)
{
    if (stars < 0 || stars > mostStars)
        return Error{ErrorKind::BadInput, "A rating is 0 to " + std::to_string(mostStars) + " stars, and " +
                                              std::to_string(stars) + " is none."};
    return change("rating = ?", {std::int64_t{stars}}, id);
}

Result<void> Library::setNote(RunId id, const std::string &note)
{
    return change("note = ?", {note}, id);
}

Result<void> Library::remove(RunId id)
{
    const auto run = entry(id);
    if (!run)
        return run.error();
    if (run->state == RunState::Running)
        return Error{ErrorKind::BadInput, "Run " + std::to_string(id) +
                                              " is going on; cancel it or wait for its end, then delete it."};
    return change("deleted_ms = ?", {options_.nowMs()}, id);
}

Result<void> Library::restore(RunId id)
{
    return change("deleted_ms = NULL", {}, id);
}

Result<void> Library::erase(const std::vector<RunId> &ids)
{
    std::error_code failed;
    for (const RunId id : ids) {
        auto transaction = Database::Transaction::begin(*database_);
        if (!transaction)
            return transaction.error();
        if (auto gone = database_->run("DELETE FROM runs WHERE id = ? AND state <> 'running'", {id}); !gone)
            return gone;
        if (database_->changedRows() == 0)
            continue;
        // The files first: a crash then leaves an entry, which can be erased again, not files that nobody
        // knows of.
        std::filesystem::remove_all(filesOf(id).path(), failed);
        if (failed)
            return systemError("delete", filesOf(id).path(), failed.value());
        if (auto committed = transaction->commit(); !committed)
            return committed;
    }
    return {};
}

Result<Trace> Library::trace(RunId id) const
{
    return readTrace(filesOf(id).trace());
}

std::vector<std::vector<SharedFrame>> Library::frames(const RunEntry &entry) const
{
    std::vector<std::vector<SharedFrame>> frames;
    for (int video = 0; video < entry.videos; ++video)
        frames.push_back(filesOf(entry.id).readFrames(video));
    return frames;
}

} // namespace fastcar

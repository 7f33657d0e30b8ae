// SPDX-License-Identifier: Apache-2.0
//
// The runs that were made: a folder with a database (library.db, SQLite) and a folder for each run
// (run_folder.h). What a run is lies in its own files; the database is what finds it again, and what a person
// said of it. Several programs may have the same library open; a Library itself is used by one thread at a
// time, and threads open their own.
//
// A run is written as it goes (kept_run.h). Whoever opens the library next finds the ones whose writer is
// gone and calls them interrupted; what becomes of those is a person's to say, who is asked until there is an
// answer. A deleted run keeps its files until a clean-up, and can be had back until
// then.
#pragma once

#include "engine/base/result.h"
#include "engine/library/kept_run.h"
#include "engine/library/library_query.h"
#include "engine/library/run_entry.h"
#include "engine/library/run_folder.h"
#include "engine/trace/trace.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace fastcar {

/// FASTCAR_LIBRARY, or fastcar/library in the user's folder for data (XDG_DATA_HOME, otherwise
/// ~/.local/share; where HOME is not set, the home that the system knows of).
std::filesystem::path defaultLibraryFolder();

/// Is `path` a library's folder, or the database of one?
bool isLibrary(const std::filesystem::path &path);

struct DiskUse {
    std::int64_t runs = 0;         // how many, the deleted ones not counted
    std::int64_t bytes = 0;        // of them
    std::int64_t deletedRuns = 0;  // that wait for a clean-up
    std::int64_t deletedBytes = 0; // of them
};

struct LibraryOptions {
    /// Milliseconds since 1970; a test puts its own clock here.
    std::function<std::int64_t()> nowMs{};
    /// Call runs interrupted whose writer is gone. One of several openers in a program does.
    bool lookForInterrupted = true;
};

class Library {
public:
    /// Makes the folder and the database where there are none. Errors: a damaged database, one of a newer
    /// program, the disk.
    static Result<Library> open(const std::filesystem::path &folder, LibraryOptions options = {});
    /// Changes nothing, not even the state of runs whose writer is gone. NotFound: there is none.
    static Result<Library> openToRead(const std::filesystem::path &folder);

    const std::filesystem::path &folder() const { return folder_; }
    RunFolder filesOf(RunId id) const { return {folder_, id}; }
    /// Runs that were found without a writer, by whatever program, and of which nobody has said yet what
    /// becomes of them; the newest first. None without a token, and none that is deleted.
    Result<std::vector<RunEntry>> unanswered() const;
    /// Of these somebody has.
    Result<void> answer(std::span<const RunId> ids);

    /// A run of this shape begins. `settings` have the model's digest. The library outlives the run.
    Result<std::unique_ptr<KeptRun>> begin(const TraceShape &shape, const RunSettings &settings,
                                           const std::string &modelName);
    /// A run that stopped goes on behind its `tokens` tokens. Errors: somebody writes it, it holds others.
    Result<std::unique_ptr<KeptRun>> goOn(RunId id, int tokens);

    Result<std::vector<RunEntry>> find(const LibraryQuery &query, std::int64_t from, std::int64_t most) const;
    Result<std::int64_t> count(const LibraryQuery &query) const;
    /// All that find() would give, by number only.
    Result<std::vector<RunId>> ids(const LibraryQuery &query) const;
    /// Those that there are, in any order.
    Result<std::vector<RunEntry>> entries(std::span<const RunId> ids) const;
    /// NotFound: no run has this number.
    Result<RunEntry> entry(RunId id) const;
    Result<Trace> trace(RunId id) const;
    /// Whole frames of each video.
    std::vector<std::vector<SharedFrame>> frames(const RunEntry &entry) const;
    /// By name, of the runs that are not deleted.
    Result<std::vector<std::string>> devices() const;
    Result<std::vector<std::string>> models() const;
    Result<DiskUse> diskUse() const;
    /// Looks through the whole database. Errors: it is damaged.
    Result<void> check() const;
    /// Another number whenever somebody else has changed something.
    Result<std::int64_t> version() const;

    /// 0 to 5 stars.
    Result<void> rate(RunId id, int stars);
    Result<void> setNote(RunId id, const std::string &note);
    /// Errors: somebody is writing it.
    Result<void> remove(RunId id);
    Result<void> restore(RunId id);
    /// Takes files and entry away for good; runs that somebody writes stay.
    Result<void> erase(const std::vector<RunId> &ids);

private:
    Library(std::filesystem::path folder, Database database, LibraryOptions options);
    Result<void> findInterrupted();
    Result<std::vector<RunEntry>> select(const std::string &condition,
                                         const std::vector<DatabaseValue> &values) const;
    Result<void> change(const std::string &what, const std::vector<DatabaseValue> &values, RunId id);
    Result<std::vector<std::string>> names(const std::string &column) const;

    std::filesystem::path folder_;
    std::unique_ptr<Database> database_; // stays where it is when the library moves: runs hold on to it
    LibraryOptions options_;
};

/// The database's name in a library's folder.
std::filesystem::path libraryDatabase(const std::filesystem::path &folder);

} // namespace fastcar

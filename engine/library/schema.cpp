// SPDX-License-Identifier: Apache-2.0
#include "engine/library/schema.h"

#include <array>

namespace fastcar {

namespace {

constexpr std::int64_t applicationId = 0x46436C62; // "FClb", by which `file` and we know a library

// Words are found by the start of a word in prompt or note, in any case and without accents. The index holds
// no text of its own; triggers keep it beside the table.
constexpr const char *firstTables = R"sql(
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_ms INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'interrupted')),
    reason TEXT NOT NULL DEFAULT '',
    prompt TEXT NOT NULL,
    settings TEXT NOT NULL,
    model_name TEXT NOT NULL,
    model_digest TEXT NOT NULL,
    device TEXT NOT NULL,
    videos INTEGER NOT NULL,
    tokens INTEGER NOT NULL DEFAULT 0,
    total_tokens INTEGER NOT NULL,
    replayed INTEGER NOT NULL DEFAULT 0,
    eligible INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    note TEXT NOT NULL DEFAULT '',
    bytes INTEGER NOT NULL DEFAULT 0,
    deleted_ms INTEGER
);
CREATE INDEX runs_by_time ON runs (deleted_ms, made_ms);
CREATE VIRTUAL TABLE run_words USING fts5 (
    prompt, note, content = 'runs', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2");
CREATE TRIGGER runs_added AFTER INSERT ON runs BEGIN
    INSERT INTO run_words (rowid, prompt, note) VALUES (new.id, new.prompt, new.note);
END;
CREATE TRIGGER runs_removed AFTER DELETE ON runs BEGIN
    INSERT INTO run_words (run_words, rowid, prompt, note) VALUES ('delete', old.id, old.prompt, old.note);
END;
CREATE TRIGGER runs_reworded AFTER UPDATE OF prompt, note ON runs BEGIN
    INSERT INTO run_words (run_words, rowid, prompt, note) VALUES ('delete', old.id, old.prompt, old.note);
    INSERT INTO run_words (rowid, prompt, note) VALUES (new.id, new.prompt, new.note);
END;
)sql";

/// Interrupted runs of which nobody has said yet whether they go on.
constexpr const char *unansweredRuns = R"sql(
ALTER TABLE runs ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
)sql";

/// What makes version i + 1 out of version i. What stands here stays as it is: there are libraries that have
/// it.
constexpr std::array migrations{firstTables, unansweredRuns};

Error noLibrary(const Database &database)
{
    return {ErrorKind::BadInput, "'" + database.file().string() +
                                     "' is a database of another program, not a library of runs; choose "
                                     "another folder."};
}

Error newerThanWe(const Database &database, std::int64_t version)
{
    return {ErrorKind::Unsupported, "The library '" + database.file().string() + "' has version " +
                                        std::to_string(version) + "; this program knows versions up to " +
                                        std::to_string(schemaVersion()) +
                                        ". Use the newer fastcar that wrote it, or another folder."};
}

/// The version of the tables, 0 for an empty file.
Result<std::int64_t> versionOf(const Database &database)
{
    const auto owner = database.number("PRAGMA application_id");
    if (!owner)
        return owner.error();
    const auto version = database.number("PRAGMA user_version");
    if (!version)
        return version.error();
    const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return tables.error();
    if (*owner != applicationId && (*owner != 0 || *tables != 0))
        return noLibrary(database);
    if (*version > schemaVersion())
        return newerThanWe(database, *version);
    return *version;
}

} // namespace

int schemaVersion()
{
    return static_cast<int>(migrations.size());
}

Result<void> bringUpToDate(Database &database)
{
    if (const auto version = versionOf(database); !version || *version == schemaVersion())
        return version ? Result<void>() : version.error();
    auto transaction = Database::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    const auto version = versionOf(database); // another program may have been faster
    if (!version)
        return version.error();
    for (int step = static_cast<int>(*version); step < schemaVersion(); ++step)
        if (auto made = database.runAll(migrations[static_cast<std::size_t>(step)]); !made)
            return made;
    if (auto marked = database.runAll("PRAGMA application_id = " + std::to_string(applicationId) +
                                      "; PRAGMA user_version = " + std::to_string(schemaVersion()));
        !marked)
        return marked;
    return transaction->commit();
}

Result<void> checkUpToDate(const Database &database)
{
    const auto version = versionOf(database);
    if (!version)
        return version.error();
    if (*version == schemaVersion())
        return {};
    if (*version == 0)
        return noLibrary(database);
    return Error{ErrorKind::Unsupported,
                 "The library '" + database.file().string() + "' has version " + std::to_string(*version) +
                     "; `fastcar library list` brings it to " + std::to_string(schemaVersion()) + "."};
}

} // namespace fastcar

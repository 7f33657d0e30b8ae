// SPDX-License-Identifier: Apache-2.0
#include "engine/library/database.h"

#include "engine/base/file_bytes.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace fastcar {

namespace {

constexpr int patienceMs = 5000; // with another program that writes

int flagsOf(Database::Access access)
{
    // A connection belongs to one thread at a time.
    switch (access) {
    case Database::Access::Create:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    case Database::Access::Write:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    case Database::Access::Read:
        break;
    }
    return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
}

Error errorOf(int code, int systemCode, const std::string &words, const std::filesystem::path &file)
{
    const std::string name = "'" + file.string() + "'";
    switch (code & 0xff) { // the primary code; the rest says where
    case SQLITE_FULL:
        return systemError("write", file, ENOSPC);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorKind::Corrupt,
                "The library's database " + name + " is damaged (" + words +
                    "). The runs beside it are files of their own; `fastcar library rebuild` makes the "
                    "database anew from them."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Io, "Another program is writing the library's database " + name +
                                   " and did not end in time; try again."};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        if (systemCode != 0)
            return systemError((code & 0xff) == SQLITE_CANTOPEN ? "open" : "write", file, systemCode);
        break;
    default:
        break;
    }
    return {ErrorKind::Io, "The library's database " + name + " cannot be used: " + words + "."};
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Result<bool> Statement::next()
{
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return database_->failure(code);
}

Result<void> Statement::run()
{
    for (;;) {
        const auto more = next();
        if (!more)
            return more.error();
        if (!*more)
            return {};
    }
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::number(int column) const
{
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement_.get(), column));
    return bytes
               ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)))
               : std::string();
}

void Database::Close::operator()(sqlite3 *connection) const
{
    sqlite3_close_v2(connection);
}

Result<Database> Database::open(const std::filesystem::path &file, Access access)
{
    Database database;
    database.file_ = file;
    sqlite3 *connection = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &connection, flagsOf(access), nullptr);
    database.connection_.reset(connection); // there is one even where it failed
    if (code != SQLITE_OK)
        return database.failure(code);
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, patienceMs);
    return database;
}

Result<Statement> Database::prepare(const std::string &sql, const std::vector<DatabaseValue> &values) const
{
    sqlite3_stmt *made = nullptr;
    const int code =
        sqlite3_prepare_v2(connection_.get(), sql.c_str(), static_cast<int>(sql.size()), &made, nullptr);
    Statement statement(*this, made);
    if (code != SQLITE_OK)
        return failure(code);
    int place = 0;
    for (const DatabaseValue &value : values) {
        ++place;
        if (const auto *whole = std::get_if<std::int64_t>(&value))
            sqlite3_bind_int64(made, place, *whole);
        else if (const auto *real = std::get_if<double>(&value))
            sqlite3_bind_double(made, place, *real);
        else if (const auto *text = std::get_if<std::string>(&value))
            sqlite3_bind_text64(made, place, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return statement;
}

Result<void> Database::run(const std::string &sql, const std::vector<DatabaseValue> &values)
{
    auto statement = prepare(sql, values);
    return statement ? statement->run() : statement.error();
}

Result<void> Database::runAll(const std::string &sql)
{
    const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : failure(code);
}

Result<std::int64_t> Database::number(const std::string &sql, const std::vector<DatabaseValue> &values) const
{
    auto statement = prepare(sql, values);
    if (!statement)
        return statement.error();
    const auto row = statement->next();
    if (!row)
        return row.error();
    return *row ? statement->integer(0) : 0;
}

Result<void> Database::check() const
{
    auto words = prepare("PRAGMA quick_check(1)");
    if (!words)
        return words.error();
    if (const auto row = words->next(); !row)
        return row.error();
    const std::string found = words->text(0);
    return found == "ok" ? Result<void>() : errorOf(SQLITE_CORRUPT, 0, found, file_);
}

std::int64_t Database::changedRows() const
{
    return sqlite3_changes64(connection_.get());
}

Error Database::failure(int code) const
{
    if (!connection_)
        return {ErrorKind::Io, "There is no memory for the library's database."};
    return errorOf(code, sqlite3_system_errno(connection_.get()), sqlite3_errmsg(connection_.get()), file_);
}

Result<Database::Transaction> Database::Transaction::begin(Database &database)
{
    // IMMEDIATE: a reader that becomes a writer could be refused in the middle.
    if (auto begun = database.runAll("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    return Transaction(database);
}

Database::Transaction::Transaction(Transaction &&other) noexcept
    : database_(std::exchange(other.database_, nullptr))
{
}

Database::Transaction::~Transaction()
{
    if (database_)
        (void)database_->runAll("ROLLBACK"); // it may be rolled back already
}

Result<void> Database::Transaction::commit()
{
    if (auto committed = database_->runAll("COMMIT"); !committed)
        return committed; // and rolled back by the destructor
    database_ = nullptr;
    return {};
}

} // namespace fastcar

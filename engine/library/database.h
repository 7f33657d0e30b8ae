// SPDX-License-Identifier: Apache-2.0
//
// SQLite with values for errors: a connection, a prepared statement, a transaction. What SQLite refuses
// becomes a sentence that says what to do. Used by one thread at a time; other threads and programs open
// their own.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace fastcar {

using DatabaseValue = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

class Database;

/// A statement with its values, row by row. Its database outlives it.
class Statement {
public:
    /// Goes to the next row; false behind the last one.
    Result<bool> next();
    /// For statements that give no rows.
    Result<void> run();

    // Of the row at hand.
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double number(int column) const;
    std::string text(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    explicit Statement(const Database &database, sqlite3_stmt *statement)
        : database_(&database)
        , statement_(statement)
    {
    }
    const Database *database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
public:
    enum class Access { Create, Write, Read };

    static Result<Database> open(const std::filesystem::path &file, Access access);

    /// `values` stand for the question marks.
    Result<Statement> prepare(const std::string &sql, const std::vector<DatabaseValue> &values = {}) const;
    /// What `of` makes of each row, which is a Statement.
    template <typename Of>
    auto all(const std::string &sql, const std::vector<DatabaseValue> &values, Of of) const
        -> Result<std::vector<std::invoke_result_t<Of, const Statement &>>>;
    /// A statement that gives no rows.
    Result<void> run(const std::string &sql, const std::vector<DatabaseValue> &values = {});
    /// Several statements without values.
    Result<void> runAll(const std::string &sql);
    /// The one number that a question gives.
    Result<std::int64_t> number(const std::string &sql, const std::vector<DatabaseValue> &values = {}) const;
    /// Looks through all of it for damage.
    Result<void> check() const;
    /// Rows that the last run() changed.
    std::int64_t changedRows() const;

    const std::filesystem::path &file() const { return file_; }

    /// Everything until commit() or nothing of it. From begin() on no other program writes.
    class Transaction {
    public:
        static Result<Transaction> begin(Database &database);
        Transaction(Transaction &&other) noexcept;
        Transaction &operator=(Transaction &&) = delete;
        ~Transaction();
        Result<void> commit();

    private:
        explicit Transaction(Database &database)
            : database_(&database)
        {
        }
        Database *database_; // null: it is over
    };

private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3 *connection) const;
    };
    Error failure(int code) const;

    std::filesystem::path file_;
    std::unique_ptr<sqlite3, Close> connection_;
};

template <typename Of>
auto Database::all(const std::string &sql, const std::vector<DatabaseValue> &values, Of of) const
    -> Result<std::vector<std::invoke_result_t<Of, const Statement &>>>
{
    auto rows = prepare(sql, values);
    if (!rows)
        return rows.error();
    std::vector<std::invoke_result_t<Of, const Statement &>> made;
    for (;;) {
        const auto more = rows->next();
        if (!more)
            return more.error();
        if (!*more)
            return made;
        made.push_back(of(*rows));
    }
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// Which runs of the library are meant, and in which order.
#pragma once

#include "engine/library/database.h"
#include "engine/library/run_entry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fastcar {

struct LibraryQuery {
    enum class Order { Newest, Oldest, BestRated, MostReplayed, Longest, Largest, ByPrompt };

    std::string words; // each one begins a word of the prompt or of the note
    std::optional<RunState> state;
    bool unfinished = false; // those alone that can go on
    std::string device;      // by its name, without format and number: "cpu" means cpu:int8, too; empty: any
    std::string model;       // name or digest; empty: any
    int leastRating = 0;
    std::optional<double> leastReplay; // of eligible, 0 to 1
    std::optional<double> mostReplay;
    std::optional<std::int64_t> fromMs; // when they were made
    std::optional<std::int64_t> beforeMs;
    bool deleted = false; // those that wait for a clean-up, in place of the others
    Order order = Order::Newest;

    bool operator==(const LibraryQuery &) const = default;
};

/// For SQL: what stands behind WHERE, and the values of its question marks.
struct QueryCondition {
    std::string sql;
    std::vector<DatabaseValue> values;
};
QueryCondition conditionOf(const LibraryQuery &query);
/// What stands behind ORDER BY; the same order each time.
std::string orderOf(LibraryQuery::Order order);

} // namespace fastcar

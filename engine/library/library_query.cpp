// SPDX-License-Identifier: Apache-2.0
#include "engine/library/library_query.h"

#include <algorithm>
#include <sstream>

namespace fastcar {

namespace {

/// A question for the index of words; empty where there is no word in `text`.
std::string wordsQuestion(const std::string &text)
{
    std::istringstream stream(text);
    std::string question;
    for (std::string word; stream >> word;) {
        const auto belongsToAWord = [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                   (byte >= 'A' && byte <= 'Z');
        };
        std::ranges::replace_if(
            word, [&](char c) { return !belongsToAWord(c); }, ' ');
        if (word.find_first_not_of(' ') != std::string::npos)
            question += '"' + word + "\"* ";
    }
    return question;
}

constexpr const char *replayRatio = "CASE WHEN eligible > 0 THEN CAST(replayed AS REAL) / eligible END";

} // namespace

QueryCondition conditionOf(const LibraryQuery &query)
{
    QueryCondition condition{.sql = query.deleted ? "deleted_ms IS NOT NULL" : "deleted_ms IS NULL",
                             .values = {}};
    const auto demand = [&](const std::string &sql, DatabaseValue value) {
        condition.sql += " AND " + sql;
        condition.values.push_back(std::move(value));
    };
    if (const std::string question = wordsQuestion(query.words); !question.empty())
        demand("id IN (SELECT rowid FROM run_words WHERE run_words MATCH ?)", question);
    if (query.state)
        demand("state = ?", std::string(nameOf(*query.state)));
    if (query.unfinished)
        condition.sql += " AND tokens > 0 AND tokens < total_tokens AND state <> 'running'";
    if (!query.device.empty())
        demand("instr(device || ':', ?) = 1", query.device + ":");
    if (!query.model.empty()) {
        demand("(model_name = ?", query.model);
        condition.sql += " OR model_digest = ?)";
        condition.values.emplace_back(query.model);
    }
    if (query.leastRating > 0)
        demand("rating >= ?", std::int64_t{query.leastRating});
    if (query.leastReplay)
        demand(std::string(replayRatio) + " >= ?", *query.leastReplay);
    if (query.mostReplay)
        demand(std::string(replayRatio) + " <= ?", *query.mostReplay);
    if (query.fromMs)
        demand("made_ms >= ?", *query.fromMs);
    if (query.beforeMs)
        demand("made_ms < ?", *query.beforeMs);
    return condition;
}

std::string orderOf(LibraryQuery::Order order)
{
    const std::string newest = "made_ms DESC, id DESC";
    switch (order) {
    case LibraryQuery::Order::Newest:
        break;
    case LibraryQuery::Order::Oldest:
        return "made_ms, id";
    case LibraryQuery::Order::BestRated:
        return "rating DESC, " + newest;
    case LibraryQuery::Order::MostReplayed:
        return std::string(replayRatio) + " DESC NULLS LAST, " + newest;
    case LibraryQuery::Order::Longest:
        return "seconds DESC, " + newest;
    case LibraryQuery::Order::Largest:
        return "bytes DESC, " + newest;
    case LibraryQuery::Order::ByPrompt:
        return "prompt COLLATE NOCASE, " + newest;
    }
    return newest;
}

} // namespace fastcar

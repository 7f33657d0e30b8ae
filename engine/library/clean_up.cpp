// SPDX-License-Identifier: Apache-2.0
#include "engine/library/clean_up.h"

namespace fastcar {

namespace {

constexpr std::int64_t all = -1; // SQLite's LIMIT

void add(CleanUpPlan &plan, RunEntry &entry)
{
    plan.bytes += entry.bytes;
    plan.runs.push_back(std::move(entry));
}

Result<void> addDeleted(CleanUpPlan &plan, const Library &library)
{
    LibraryQuery query;
    query.deleted = true;
    query.order = LibraryQuery::Order::Oldest;
    auto entries = library.find(query, 0, all);
    if (!entries)
        return entries.error();
    for (RunEntry &entry : *entries)
        add(plan, entry);
    return {};
}

Result<void> addOld(CleanUpPlan &plan, const Library &library, const CleanUp &cleanUp)
{
    const auto use = library.diskUse();
    if (!use)
        return use.error();
    LibraryQuery query;
    query.beforeMs = cleanUp.beforeMs;
    query.order = LibraryQuery::Order::Oldest;
    auto entries = library.find(query, 0, all);
    if (!entries)
        return entries.error();
    std::int64_t left = use->bytes + (cleanUp.deletedOnes ? 0 : use->deletedBytes);
    for (RunEntry &entry : *entries) {
        if (cleanUp.toBytes && left <= *cleanUp.toBytes)
            break;
        if (entry.state == RunState::Running || entry.rating >= cleanUp.keepFromStars)
            continue;
        left -= entry.bytes;
        add(plan, entry);
    }
    return {};
}

} // namespace

std::vector<RunId> CleanUpPlan::ids() const
{
    std::vector<RunId> list;
    for (const RunEntry &entry : runs)
        list.push_back(entry.id);
    return list;
}

Result<CleanUpPlan> planCleanUp(const Library &library, const CleanUp &cleanUp)
{
    CleanUpPlan plan;
    if (cleanUp.deletedOnes)
        if (auto added = addDeleted(plan, library); !added)
            return added.error();
    if (cleanUp.beforeMs || cleanUp.toBytes)
        if (auto added = addOld(plan, library, cleanUp); !added)
            return added.error();
    return plan;
}

} // namespace fastcar

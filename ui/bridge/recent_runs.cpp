// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/recent_runs.h"

#include "ui/models/engine_words.h"

#include <algorithm>

namespace fastcar::ui {

namespace {

Result<std::vector<RunEntry>> newestOf(const std::filesystem::path &folder)
{
    const auto library = Library::openToRead(folder);
    if (!library)
        return library.error().kind == ErrorKind::NotFound ? Result(std::vector<RunEntry>())
                                                           : library.error();
    constexpr int besides = RecentRuns::most; // that may have nothing in them, or be shown
    auto found = library->find({}, 0, RecentRuns::most + besides);
    if (!found)
        return found.error();
    std::erase_if(*found, [](const RunEntry &run) { return run.tokens == 0; });
    return found;
}

} // namespace

void RecentRuns::setLibrary(const std::filesystem::path &folder)
{
    job_.drop();
    folder_ = folder;
    known_ = false;
    found_.clear();
    runs_.clear();
    problem_.clear();
    emit changed();
}

void RecentRuns::ask()
{
    if (hasLibrary())
        job_.ask(
            this, [folder = folder_](const std::stop_token &) { return newestOf(folder); },
            [this](Result<std::vector<RunEntry>> runs) { take(std::move(runs)); });
}

void RecentRuns::take(Result<std::vector<RunEntry>> runs)
{
    known_ = true;
    problem_ = runs ? QString() : engineWords(runs.error());
    found_ = runs ? std::move(*runs) : std::vector<RunEntry>();
    choose();
}

void RecentRuns::setShown(std::optional<RunId> run)
{
    if (run == shown_)
        return;
    shown_ = run;
    choose();
}

void RecentRuns::choose()
{
    runs_ = found_;
    std::erase_if(runs_, [this](const RunEntry &run) { return run.id == shown_; });
    if (runs_.size() > most)
        runs_.resize(most);
    emit changed();
}

} // namespace fastcar::ui

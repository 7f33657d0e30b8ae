// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar library` does, one function for each of its commands. Each gives the exit status.
#pragma once

#include "engine/library/clean_up.h"
#include "engine/library/library.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace fastcar::cli {

struct LibraryPlace {
    std::filesystem::path folder = defaultLibraryFolder();
    bool json = false;
};
CLI::Option *addLibraryOption(CLI::App &parser, std::filesystem::path &folder);

struct ExportPlan {
    std::filesystem::path output;
    std::optional<int> framesPerSecond;
    int scale = 0;
};

/// `most` of 0: all.
int listRuns(const LibraryPlace &place, const LibraryQuery &query, std::int64_t most);
int showRun(const LibraryPlace &place, RunId id);
int exportRun(const LibraryPlace &place, RunId id, const ExportPlan &plan);
int deleteRuns(const LibraryPlace &place, const std::vector<RunId> &ids);
int restoreRuns(const LibraryPlace &place, const std::vector<RunId> &ids);
int rateRun(const LibraryPlace &place, RunId id, int stars);
int noteRun(const LibraryPlace &place, RunId id, const std::string &note);
int cleanLibrary(const LibraryPlace &place, const CleanUp &cleanUp, bool dryRun);
int rebuild(const LibraryPlace &place);

/// Now, in milliseconds since 1970.
std::int64_t systemClockMs();

} // namespace fastcar::cli

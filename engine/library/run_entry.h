// SPDX-License-Identifier: Apache-2.0
//
// What the library knows of a run without opening its files: the row that lists, searches and galleries are
// made of. Everything else lies in the run's folder (run_folder.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fastcar {

using RunId = std::int64_t;

enum class RunState {
    Running, // somebody writes it
    Done,
    Cancelled,
    Failed,      // for `reason`
    Interrupted, // it was running, and whoever wrote it is gone
};

/// "running", "done", ...: in the database, in JSON and on the command line.
std::string_view nameOf(RunState state);
std::optional<RunState> runStateFrom(std::string_view name);

inline constexpr int mostStars = 5;

struct RunEntry {
    RunId id = 0;
    std::int64_t madeMs = 0; // when it began, since 1970 (UTC)
    RunState state = RunState::Running;
    std::string reason; // of a failure
    std::string prompt;
    std::string settingsJson; // RunSettings
    std::string modelName;
    std::string modelDigest;
    std::string device; // that computes it, or computed it last
    int videos = 1;
    int tokens = 0;      // of each video, that are there
    int totalTokens = 0; // that were asked for
    std::int64_t replayed = 0;
    std::int64_t eligible = 0;
    double seconds = 0.0; // from its begin to the last token
    int rating = 0;       // stars, 0: none given
    std::string note;
    std::int64_t bytes = 0;                // on disk
    std::optional<std::int64_t> deletedMs; // when it was deleted; its files are there until a clean-up

    /// Something is there, and something is missing: it can go on.
    bool unfinished() const { return tokens > 0 && tokens < totalTokens; }
    /// Nothing where no MLP was eligible.
    std::optional<double> replayOfEligible() const;
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// A run on its way into the library: takes what the engine says and writes it at once, so that a program that
// is killed leaves all that the run can go on from. The first error is kept, and from then on nothing more is
// written; the run itself does not care.
#pragma once

#include "engine/base/result.h"
#include "engine/decode/run_sink.h"
#include "engine/library/database.h"
#include "engine/library/run_entry.h"
#include "engine/library/run_folder.h"
#include "engine/replay/replay_statistics.h"
#include "engine/trace/trace_file.h"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fastcar {

/// How far a run is, as its entry tells.
struct RunAdvance {
    int tokens = 0;
    ReplayCount replay;
    double seconds = 0.0;

    static RunAdvance of(const Trace &trace);
};

class KeptRun final : public RunSink {
public:
    /// Library makes them. `database` outlives the run.
    KeptRun(Database &database, RunId id, RunFolder folder, TraceWriter writer, RunAdvance advance);
    /// Without end() before, the run counts as interrupted from the next open on.
    ~KeptRun() override = default;

    RunId id() const { return id_; }

    void onEvent(const Event &event) override;
    void onPolicy(std::uint32_t number, const ReplayPolicy &policy) override;
    void onContinued(const Continuation &continuation) override;
    void onFrame(int video, int frame, SharedFrame picture) override;
    /// Many at once, which reach the disk together.
    void takeEvents(std::span<const Event> events);

    /// Nothing is written from here on, for this reason.
    void giveUp(Error reason) { keep(std::move(reason)); }
    /// What went wrong first, if anything did.
    const std::optional<Error> &error() const { return error_; }

    /// How it ended: Done, Cancelled or Failed, with the reason. `frames` are all whole ones of each video,
    /// where they are at hand: one whose file is missing (the program before was killed when it was about to
    /// write it) is written. A run of which not everything could be written ends as interrupted: it can go
    /// on.
    Result<void> end(RunState state, const std::string &reason = {},
                     const std::vector<std::vector<SharedFrame>> &frames = {});

private:
    using Clock = std::chrono::steady_clock;

    void keep(const Result<void> &result);
    void countOutcome(Decision decision);
    void tellEntry();
    void writePosterFromTheMiddle();

    Database &database_;
    RunId id_;
    RunFolder folder_;
    TraceWriter writer_;
    RunAdvance advance_;
    ReplayCount stepReplay_;                      // of the step whose token is not done yet
    std::map<std::uint32_t, ReplayPolicy> named_; // that no event has brought into force yet
    std::optional<Error> error_;
    Clock::time_point nextEntry_{}; // is written from then on
};

/// Writes how far a run is and what it takes on disk into its entry.
Result<void> updateEntry(Database &database, RunId id, const RunAdvance &advance, std::int64_t bytes);

} // namespace fastcar

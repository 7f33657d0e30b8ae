// SPDX-License-Identifier: Apache-2.0
//
// Where a run's events go on the command line: to the progress line, into a trace in memory, by which the run
// can go on, and if they were asked for into a file and into the library. Both are made when the prompt is
// read, not before: a run that is refused leaves an older file alone, and no entry.
#pragma once

#include "app/cli/progress_line.h"
#include "engine/backend/card_sensors.h"
#include "engine/decode/run_sink.h"
#include "engine/library/library.h"
#include "engine/trace/trace_file.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace fastcar::cli {

/// The names have been approved of.
struct TraceFiles {
    std::filesystem::path to;   // empty: none. A native one grows on the disk, an .npz is written at the end
    std::filesystem::path from; // the trace of the run that goes on; empty: the run begins
};

/// Where the run is kept, and what it is there.
struct KeepingPlan {
    std::shared_ptr<Library> library; // null: it is not kept
    std::string modelName;
    RunId goesOn = 0; // the run that goes on; 0: it is a new one
};

class RunRecorder : public RunSink {
public:
    /// `begun`: what is there of the run; empty but for shape and settings where it begins.
    RunRecorder(ProgressLine &progress, Trace begun, TraceFiles files, KeepingPlan keeping);

    void onEvent(const Event &event) override;
    void onFrame(int video, int frame, SharedFrame picture) override;
    void onPolicy(std::uint32_t number, const ReplayPolicy &policy) override;
    void onContinued(const Continuation &continuation) override;

    /// The device that the run's steps are made on from here on.
    void watch(const std::string &device);

    const Trace &trace() const { return trace_; }
    /// What the device's sensors said when the last frame was made.
    const CardSensors &sensors() const { return sensors_; }

    /// The first thing that went wrong with the trace's file, if any did.
    Result<void> finishTrace();
    /// The run has ended like this. The first thing that went wrong with keeping it, if any did.
    Result<void> finishKeeping(const Result<GenerationResult> &result);
    /// In the library; 0: it is not there.
    RunId keptAs() const { return kept_ ? kept_->id() : 0; }

private:
    Result<void> startFile();
    Result<void> startKeeping();

    ProgressLine &progress_;
    Trace trace_;
    std::string device_;
    CardSensors sensors_;
    TraceFiles files_;
    std::optional<Result<void>> started_; // the file
    std::optional<TraceWriter> native_;
    KeepingPlan keeping_;
    std::optional<Result<void>> keepingStarted_;
    std::unique_ptr<KeptRun> kept_;
};

} // namespace fastcar::cli

// SPDX-License-Identifier: Apache-2.0
//
// Where a run's events go on the command line: to the progress line and, if one was asked for, into a trace.
// The trace's file is made when the prompt is read, not before: a run that is refused leaves an older file
// alone.
#pragma once

#include "app/cli/progress_line.h"
#include "engine/decode/generation.h"
#include "engine/decode/run_sink.h"
#include "engine/trace/trace_file.h"

#include <filesystem>
#include <optional>

namespace fastcar::cli {

class RunRecorder : public RunSink {
public:
    /// `traceFile`: empty for none; else checkTraceFile() has approved of it. A native one grows on the disk,
    /// an .npz is kept until finishTrace().
    RunRecorder(ProgressLine &progress, const Model &model, RunSettings settings,
                std::filesystem::path traceFile);

    void onEvent(const Event &event) override;
    void onPolicy(std::uint32_t number, const ReplayPolicy &policy) override;

    /// The first thing that went wrong with the trace, if any did.
    Result<void> finishTrace();

private:
    Result<void> startTrace();

    ProgressLine &progress_;
    const Model &model_;
    RunSettings settings_;
    std::filesystem::path traceFile_;
    Result<void> started_;
    std::optional<Trace> npz_;
    std::optional<TraceWriter> native_;
};

} // namespace fastcar::cli

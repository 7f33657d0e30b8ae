// SPDX-License-Identifier: Apache-2.0
//
// One run of `fastcar generate`, from the opened model to the written files: with what was there of it
// before, and on another device when the one that it runs on fails.
#pragma once

#include "app/cli/progress_line.h"
#include "app/cli/run_recorder.h"
#include "engine/decode/generation.h"
#include "engine/media/video_file.h"

#include <filesystem>
#include <optional>
#include <string>

namespace fastcar::cli {

/// What is made and where it goes, all of it checked.
struct GenerationPlan {
    RunSettings settings; // with the model's digest
    std::filesystem::path output;
    std::filesystem::path codes; // empty: none
    TraceFiles trace;
    KeepingPlan keeping;
    std::optional<Trace> begun; // of the run that stopped
    std::string onFailure;      // the device that goes on where settings.device fails; empty: none
    VideoFileOptions file;
    int threads = 0;
    bool json = false;
    double loadSeconds = 0.0;
};

/// Gives the exit status.
int runGeneration(const Model &model, const GenerationPlan &plan, ProgressLine &progress);

} // namespace fastcar::cli

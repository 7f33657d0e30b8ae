// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar inspect` can look at. Each prints what it found and gives the exit status.
#pragma once

#include "app/cli/model_options.h"

#include <filesystem>
#include <string>

namespace fastcar::cli {

struct InspectOptions {
    std::filesystem::path what;
    bool json = false;
    bool tensors = false; // of a model: list them
    std::string card;     // of a trace: the described card that its run is timed on; empty: none
    ModelOptions model;   // of a trace with a card; otherwise the one that the trace names
};

int inspectLibrary(const InspectOptions &options);
int inspectModel(const InspectOptions &options);
int inspectTrace(const InspectOptions &options);
int inspectVideoFile(const InspectOptions &options);

} // namespace fastcar::cli

// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar inspect` can look at. Each prints what it found and gives the exit status.
#pragma once

#include <filesystem>

namespace fastcar::cli {

struct InspectOptions {
    std::filesystem::path what;
    bool json = false;
    bool tensors = false; // of a model: list them
};

int inspectModel(const InspectOptions &options);
int inspectTrace(const InspectOptions &options);
int inspectVideoFile(const InspectOptions &options);

} // namespace fastcar::cli

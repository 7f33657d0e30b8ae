// SPDX-License-Identifier: Apache-2.0
//
// What `fastcar generate` says when it is done.
#pragma once

#include "engine/backend/card_sensors.h"
#include "engine/decode/generation.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fastcar::cli {

/// The run went on behind tokens that were there: those of a trace, or of a device that failed.
struct WentOn {
    int tokens = 0; // that were there
    std::string device;
    std::filesystem::path trace; // empty: a device had failed
    std::string failedDevice, failure;
    bool sameNumbers = true; // GenerationResult has it
};

struct GenerationReport {
    const Model &model;
    const GenerationResult &result;
    std::vector<std::filesystem::path> files; // that were written
    std::filesystem::path trace;              // empty: none
    std::vector<std::filesystem::path> codes; // empty: none
    int threads = 1;
    std::int64_t keptAs = 0; // the run's number in the library; 0: it is not kept
    std::vector<WentOn> goingOn;
    CardSensors sensors; // when the last frame was made
};

/// docs/command_line.md has the fields.
nlohmann::ordered_json toJsonValue(const GenerationReport &report);
void printForPeople(const GenerationReport &report);

} // namespace fastcar::cli

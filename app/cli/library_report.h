// SPDX-License-Identifier: Apache-2.0
//
// Runs of the library in lists, in full and as JSON.
#pragma once

#include "engine/library/clean_up.h"
#include "engine/library/library.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace fastcar::cli {

/// docs/command_line.md has the fields.
nlohmann::ordered_json toJsonValue(const RunEntry &entry, const Library &library);
nlohmann::ordered_json toJsonValue(const DiskUse &use);
nlohmann::ordered_json toJsonValue(const std::vector<RunEntry> &entries, const Library &library);

/// A line each.
void printEntries(const std::vector<RunEntry> &entries);
void printEntry(const RunEntry &entry, const Library &library);
void printDiskUse(const DiskUse &use);

} // namespace fastcar::cli

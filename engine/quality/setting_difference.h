// SPDX-License-Identifier: Apache-2.0
//
// What was set otherwise: the fields of two runs' settings that differ, by the names that they have in the
// settings' JSON (docs/file_formats.md, "Run settings").
#pragma once

#include "engine/decode/run_settings.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fastcar {

struct SettingDifference {
    std::string name;    // "seed", "sampler.cfg"; lists are compared as a whole
    nlohmann::json a, b; // null where a run does not have it
};

/// In alphabetical order.
std::vector<SettingDifference> settingDifferences(const RunSettings &a, const RunSettings &b);

} // namespace fastcar

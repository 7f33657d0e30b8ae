// SPDX-License-Identifier: Apache-2.0
//
// fastcar.json: what whoever made a checkpoint recommends for it. Optional; every field in it is, too.
#pragma once

#include "engine/base/json_document.h"
#include "engine/checkpoint/checkpoint.h"

namespace fastcar {

/// Fields that it does not know are left alone, those that it knows must be right. `layers`: each list of
/// thresholds has as many.
Result<ModelDefaults> parseModelDefaults(const nlohmann::json &json, const std::string &where, int layers);

} // namespace fastcar

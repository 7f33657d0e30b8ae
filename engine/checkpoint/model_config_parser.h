// SPDX-License-Identifier: Apache-2.0
//
// The four config files of a checkpoint -> ModelConfig. What is asked for here and how it must agree is told
// in docs/checkpoints.md; whether the tensors agree with it is the business of bind_weights.h.
#pragma once

#include "engine/base/json_document.h"
#include "engine/checkpoint/model_config.h"

#include <string>

namespace fastcar {

/// A config and where it was found: its own file, or a field of the root's.
struct ConfigSource {
    nlohmann::json json;
    std::string where;
};

struct ConfigSources {
    ConfigSource root;
    ConfigSource llm;
    ConfigSource projector;
    ConfigSource vision;
};

Result<ModelConfig> parseModelConfig(const ConfigSources &sources);

} // namespace fastcar

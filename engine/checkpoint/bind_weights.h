// SPDX-License-Identifier: Apache-2.0
//
// Names and shapes of each network's tensors (docs/checkpoints.md lists them): config and files ->
// ModelWeights.
#pragma once

#include "engine/checkpoint/component.h"
#include "engine/checkpoint/model_config.h"

namespace fastcar {

/// Fails on the first tensor that is missing, has another shape or type, or should not be there. Marks what
/// it takes as used.
Result<ModelWeights> bindWeights(const ModelConfig &config, Component &llm, Component &projector,
                                 Component &vision);

} // namespace fastcar

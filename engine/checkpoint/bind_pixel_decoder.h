// SPDX-License-Identifier: Apache-2.0
//
// The RQ-VAE decoder's tensors: names and shapes follow from its configuration, level by level.
#pragma once

#include "engine/checkpoint/model_config.h"
#include "engine/checkpoint/weight_binder.h"

namespace fastcar {

PixelDecoderWeights bindPixelDecoder(WeightBinder bind, const PixelDecoderConfig &config);

} // namespace fastcar

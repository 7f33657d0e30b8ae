// SPDX-License-Identifier: Apache-2.0
//
// The order of a step's instructions (docs/accelerator.md, "A step"). What may go on side by side on the card
// is decided here: the sequencer holds back only what a `wait` names, and keys and values that are not in
// memory yet.
#pragma once

#include "fpga/program/instructions.h"
#include "fpga/program/quantised_model.h"
#include "fpga/program/row_order.h"

#include <vector>

namespace fastcar::fpga {

/// Where a layer's weights and caches lie.
struct LayerPlaces {
    std::uint32_t inputNorm = 0, postAttentionNorm = 0;
    std::uint32_t queryKeyValue = 0, output = 0, gateUp = 0, down = 0;
    std::uint32_t mlpCache = 0;
    CachePlace cache;
};

struct ModelPlaces {
    std::vector<LayerPlaces> layers;
    std::uint32_t finalNorm = 0;
};

/// One step of the whole backbone.
std::vector<Beat> scheduleOf(const QuantisedModel &model, const ModelPlaces &places, const CardShape &shape,
                             RowOrder order);

} // namespace fastcar::fpga

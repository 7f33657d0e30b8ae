// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/model_weights.h"

namespace fastcar {

void rowToF32(const LinearWeights &linear, std::int64_t o, std::span<float> to)
{
    assert(static_cast<std::int64_t>(to.size()) == linear.in());
    if (linear.narrow) {
        for (std::int64_t i = 0; i < linear.in(); ++i)
            to[static_cast<std::size_t>(i)] = valueOf(linear.narrow, o, i);
        return;
    }
    const std::size_t rowBytes = to.size() * byteSize(linear.weight.type);
    convertToF32({.data = linear.weight.data + static_cast<std::size_t>(o) * rowBytes,
                  .type = linear.weight.type,
                  .shape = {linear.in()}},
                 to);
}

std::vector<const LinearWeights *> matricesOf(const BackboneWeights &backbone)
{
    std::vector<const LinearWeights *> matrices;
    for (const BackboneLayerWeights &layer : backbone.layers)
        matrices.insert(matrices.end(), {&layer.query, &layer.key, &layer.value, &layer.output, &layer.gate, &layer.up,
                                         &layer.down});
    return matrices;
}

std::vector<const LinearWeights *> matricesOf(const DepthWeights &depth)
{
    std::vector<const LinearWeights *> matrices{&depth.stateInput, &depth.codeInput};
    for (const DepthLayerWeights &layer : depth.layers)
        matrices.insert(matrices.end(), {&layer.query, &layer.key, &layer.value, &layer.output, &layer.up, &layer.down});
    matrices.push_back(&depth.classifier);
    return matrices;
}

} // namespace fastcar

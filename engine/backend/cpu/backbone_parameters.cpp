// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/backbone_parameters.h"

#include "engine/backend/cpu/kept_parameters.h"

namespace fastcar::cpu {

BackboneParameters::BackboneParameters(const BackboneWeights &weights, std::optional<NarrowFormat> format,
                                       ThreadPool &pool, WeightStore::Converted converted)
    : store_(std::move(converted))
{
    const auto linear = [&](const LinearWeights &stored) { return store_.linear(stored, format, pool); };
    for (const BackboneLayerWeights &stored : weights.layers) {
        Layer &layer = layers.emplace_back();
        layer.inputNorm = store_.vector(stored.inputNorm.weight);
        layer.query = linear(stored.query);
        layer.key = linear(stored.key);
        layer.value = linear(stored.value);
        layer.output = linear(stored.output);
        layer.postAttentionNorm = store_.vector(stored.postAttentionNorm.weight);
        layer.gate = linear(stored.gate);
        layer.up = linear(stored.up);
        layer.down = linear(stored.down);
        if (!layer.gate.panels || !layer.up.panels) // one in 4 bits: they are read together
            layer.gate.panels = layer.up.panels = nullptr;
        for (const Linear *of : {&layer.query, &layer.key, &layer.value, &layer.output})
            layer.attentionBytes += of->bytes();
        for (const Linear *of : {&layer.gate, &layer.up, &layer.down})
            layer.mlpBytes += of->bytes();
        for (const Linear *of :
             {&layer.query, &layer.key, &layer.value, &layer.output, &layer.gate, &layer.up, &layer.down})
            if (of->narrow)
                formats.add(of->narrow->format);
    }
    finalNorm = store_.vector(weights.finalNorm.weight);
}

std::uint64_t BackboneParameters::bytes() const
{
    std::uint64_t all = 0;
    for (const Layer &layer : layers)
        all += layer.attentionBytes + layer.mlpBytes;
    return all;
}

std::shared_ptr<const BackboneParameters> parametersOf(std::shared_ptr<const Checkpoint> checkpoint,
                                                       std::optional<NarrowFormat> narrow, ThreadPool &pool)
{
    return keptParameters<BackboneParameters>(
        std::move(checkpoint), narrow, pool,
        [](const Checkpoint &of) -> const BackboneWeights & { return of.weights().backbone; });
}

} // namespace fastcar::cpu

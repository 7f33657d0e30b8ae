// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/backbone_parameters.h"

#include <mutex>

namespace fastcar::cpu {

BackboneParameters::BackboneParameters(const BackboneWeights &weights, std::optional<NarrowFormat> format,
                                       ThreadPool &pool)
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
        for (const Linear *of : {&layer.query, &layer.key, &layer.value, &layer.output})
            layer.attentionBytes += of->bytes();
        for (const Linear *of : {&layer.gate, &layer.up, &layer.down})
            layer.mlpBytes += of->bytes();
        for (const Linear *of : {&layer.query, &layer.key, &layer.value, &layer.output, &layer.gate, &layer.up, &layer.down})
            if (of->narrow)
                formats.add(of->narrow->format);
    }
    finalNorm = store_.vector(weights.finalNorm.weight);
}

namespace {

/// The checkpoint beside what was made of it.
struct Kept {
    std::shared_ptr<const Checkpoint> checkpoint;
    std::optional<NarrowFormat> format;
    BackboneParameters parameters;

    Kept(std::shared_ptr<const Checkpoint> of, std::optional<NarrowFormat> narrow, ThreadPool &pool)
        : checkpoint(std::move(of))
        , format(narrow)
        , parameters(checkpoint->weights().backbone, narrow, pool)
    {
    }
};

} // namespace

std::shared_ptr<const BackboneParameters> parametersOf(std::shared_ptr<const Checkpoint> checkpoint,
                                                       std::optional<NarrowFormat> narrow, ThreadPool &pool)
{
    static std::mutex mutex;
    static std::shared_ptr<const Kept> last; // quantised ones only: the others cost nothing to make

    const auto parametersIn = [](std::shared_ptr<const Kept> kept) {
        const BackboneParameters *const parameters = &kept->parameters;
        return std::shared_ptr<const BackboneParameters>(std::move(kept), parameters);
    };
    if (!narrow)
        return parametersIn(std::make_shared<const Kept>(std::move(checkpoint), narrow, pool));
    const std::lock_guard lock(mutex);
    if (!last || last->checkpoint != checkpoint || last->format != narrow)
        last = std::make_shared<const Kept>(std::move(checkpoint), narrow, pool);
    return parametersIn(last);
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/depth_parameters.h"

#include "engine/backend/cpu/kept_parameters.h"

namespace fastcar {

DepthParameters::DepthParameters(const DepthWeights &weights, std::optional<NarrowFormat> format,
                                 ThreadPool &pool, cpu::WeightStore::Converted converted)
    : store_(std::move(converted))
{
    const auto linear = [&](const LinearWeights &stored) {
        const cpu::Linear made = store_.linear(stored, format, pool);
        if (made.narrow)
            formats.add(made.narrow->format);
        return made;
    };
    const auto affine = [&](const NormWeights &norm) {
        return cpu::Affine{.weight = store_.vector(norm.weight), .bias = store_.vector(norm.bias)};
    };
    codeInput = linear(weights.codeInput);
    stateInput = linear(weights.stateInput);
    classifier = linear(weights.classifier);
    positions = store_.vector(weights.positionEmbeddings);
    classifierNorm = affine(weights.classifierNorm);
    bytesPerDepth = codeInput.bytes() + classifier.bytes();
    for (const DepthLayerWeights &layer : weights.layers) {
        layers.push_back({.norm1 = affine(layer.norm1),
                          .norm2 = affine(layer.norm2),
                          .query = linear(layer.query),
                          .key = linear(layer.key),
                          .value = linear(layer.value),
                          .output = linear(layer.output),
                          .up = linear(layer.up),
                          .down = linear(layer.down)});
        const Layer &made = layers.back();
        for (const cpu::Linear *of :
             {&made.query, &made.key, &made.value, &made.output, &made.up, &made.down})
            bytesPerDepth += of->bytes();
    }
}

std::shared_ptr<const DepthParameters> depthParametersOf(std::shared_ptr<const Checkpoint> checkpoint,
                                                         std::optional<NarrowFormat> backbone,
                                                         ThreadPool &pool)
{
    const auto format = backbone ? std::optional<NarrowFormat>(depthFormat(*backbone)) : std::nullopt;
    return cpu::keptParameters<DepthParameters>(
        std::move(checkpoint), format, pool,
        [](const Checkpoint &of) -> const DepthWeights & { return of.weights().depth; });
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/depth_parameters.h"

#include <mutex>

namespace fastcar {

DepthParameters::DepthParameters(const DepthWeights &weights, std::optional<NarrowFormat> format, ThreadPool &pool)
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
        for (const cpu::Linear *of : {&made.query, &made.key, &made.value, &made.output, &made.up, &made.down})
            bytesPerDepth += of->bytes();
    }
}

namespace {

/// The checkpoint beside what was made of it.
struct Kept {
    std::shared_ptr<const Checkpoint> checkpoint;
    std::optional<NarrowFormat> format;
    DepthParameters parameters;

    Kept(std::shared_ptr<const Checkpoint> of, std::optional<NarrowFormat> narrow, ThreadPool &pool)
        : checkpoint(std::move(of))
        , format(narrow)
        , parameters(checkpoint->weights().depth, narrow, pool)
    {
    }
};

} // namespace

std::shared_ptr<const DepthParameters> depthParametersOf(std::shared_ptr<const Checkpoint> checkpoint,
                                                         std::optional<NarrowFormat> backbone, ThreadPool &pool)
{
    static std::mutex mutex;
    static std::shared_ptr<const Kept> last; // quantised ones only: the others cost nothing to make

    const auto parametersIn = [](std::shared_ptr<const Kept> kept) {
        const DepthParameters *const parameters = &kept->parameters;
        return std::shared_ptr<const DepthParameters>(std::move(kept), parameters);
    };
    if (!backbone)
        return parametersIn(std::make_shared<const Kept>(std::move(checkpoint), std::nullopt, pool));
    const std::optional<NarrowFormat> format = depthFormat(*backbone);
    const std::lock_guard lock(mutex);
    if (!last || last->checkpoint != checkpoint || last->format != format)
        last = std::make_shared<const Kept>(std::move(checkpoint), format, pool);
    return parametersIn(last);
}

} // namespace fastcar

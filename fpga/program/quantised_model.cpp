// SPDX-License-Identifier: Apache-2.0
#include "fpga/program/quantised_model.h"

#include <algorithm>
#include <cmath>

namespace fastcar::fpga {

namespace {

Norm normOf(const NormWeights &weights, float eps)
{
    std::vector<float> values(static_cast<std::size_t>(weights.weight.elements()));
    convertToF32(weights.weight, values);
    return Norm::of(values, eps);
}

QuantisedMatrix matrixOf(std::initializer_list<const LinearWeights *> stacked)
{
    return quantiseWeights({stacked.begin(), stacked.size()});
}

void appendRow(QuantisedMatrix &matrix, std::span<const float> row)
{
    float largest = 0.0f;
    for (const float w : row)
        largest = std::max(largest, std::abs(w));
    const Scale scale = scaleOf(largest / 127.0);
    const double step = valueOf(scale);
    for (const float w : row)
        matrix.values.push_back(
            step == 0.0 ? std::int8_t{0}
                        : static_cast<std::int8_t>(std::clamp<long>(std::lround(w / step), -127, 127)));
    matrix.scales.push_back(scale);
}

} // namespace

QuantisedMatrix quantiseWeights(std::span<const LinearWeights *const> stacked)
{
    QuantisedMatrix matrix;
    std::vector<float> row;
    for (const LinearWeights *linear : stacked) {
        matrix.columns = static_cast<int>(linear->in());
        matrix.rows += static_cast<int>(linear->out());
        row.resize(static_cast<std::size_t>(linear->in()));
        for (std::int64_t o = 0; o < linear->out(); ++o) {
            rowToF32(*linear, o, row);
            appendRow(matrix, row);
        }
    }
    return matrix;
}

QuantisedModel QuantisedModel::of(const BackboneConfig &config, int stride, const BackboneWeights &weights)
{
    QuantisedModel model{.config = config,
                         .stride = stride,
                         .layers = {},
                         .finalNorm = normOf(weights.finalNorm, config.rmsNormEps),
                         .constants = AttentionConstants::of(config.heads, config.headDim)};
    for (const BackboneLayerWeights &layer : weights.layers)
        model.layers.push_back({.inputNorm = normOf(layer.inputNorm, config.rmsNormEps),
                                .postAttentionNorm = normOf(layer.postAttentionNorm, config.rmsNormEps),
                                .queryKeyValue = matrixOf({&layer.query, &layer.key, &layer.value}),
                                .output = matrixOf({&layer.output}),
                                .gateUp = matrixOf({&layer.gate, &layer.up}),
                                .down = matrixOf({&layer.down})});
    return model;
}

QuantisedModel QuantisedModel::outline(const BackboneConfig &config, int stride)
{
    const Norm norm{.weights = std::vector<std::int16_t>(static_cast<std::size_t>(config.hidden)),
                    .constant = {},
                    .epsilon = 0};
    const auto matrix = [](int rows, int columns) {
        return QuantisedMatrix{.rows = rows, .columns = columns, .values = {}, .scales = {}};
    };
    const int heads = config.heads * config.headDim, keys = config.kvHeads * config.headDim;
    const QuantisedLayer layer{.inputNorm = norm,
                               .postAttentionNorm = norm,
                               .queryKeyValue = matrix(heads + 2 * keys, config.hidden),
                               .output = matrix(config.hidden, heads),
                               .gateUp = matrix(2 * config.intermediate, config.hidden),
                               .down = matrix(config.hidden, config.intermediate)};
    return {.config = config,
            .stride = stride,
            .layers = std::vector<QuantisedLayer>(static_cast<std::size_t>(config.layers), layer),
            .finalNorm = norm,
            .constants = AttentionConstants::of(config.heads, config.headDim)};
}

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
//
// A backbone in the accelerator's numbers: int8 weights with a Scale for each output row, int16 norms,
// rotation tables and constants. Made from a checkpoint when a device is opened.
#pragma once

#include "engine/checkpoint/model_config.h"
#include "engine/checkpoint/model_weights.h"
#include "fpga/arithmetic/attention.h"
#include "fpga/arithmetic/norm.h"
#include "fpga/program/matrix_layout.h"

#include <vector>

namespace fastcar::fpga {

struct QuantisedLayer {
    Norm inputNorm, postAttentionNorm;
    QuantisedMatrix queryKeyValue; // [(heads + 2 kvHeads) headDim, D]
    QuantisedMatrix output;        // [D, heads headDim]
    QuantisedMatrix gateUp;        // [2 intermediate, D]
    QuantisedMatrix down;          // [D, intermediate]
};

struct QuantisedModel {
    BackboneConfig config;
    int stride = 1;
    std::vector<QuantisedLayer> layers;
    Norm finalNorm;
    AttentionConstants constants;

    static QuantisedModel of(const BackboneConfig &config, int stride, const BackboneWeights &weights);
    /// Sizes alone: matrices and norms without weights. What a program is compiled from where only its course
    /// matters, and not what it computes.
    static QuantisedModel outline(const BackboneConfig &config, int stride);
    bool isOutline() const { return layers.front().queryKeyValue.values.empty(); }
};

/// Matrices of f32, f16 or bf16 over one another to int8: each output row is divided by its largest magnitude
/// / 127.
QuantisedMatrix quantiseWeights(std::span<const LinearWeights *const> stacked);

} // namespace fastcar::fpga

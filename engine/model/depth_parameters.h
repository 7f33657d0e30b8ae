// SPDX-License-Identifier: Apache-2.0
//
// What the depth transformer multiplies with, ready for the kernels: the file's matrices as they are mapped,
// or quantised. Made once for a model and a format; runs share it.
#pragma once

#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/quantised_rows.h"
#include "engine/backend/cpu/weight_store.h"
#include "engine/checkpoint/checkpoint.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace fastcar {

struct DepthParameters {
    struct Layer {
        cpu::Affine norm1, norm2;
        cpu::Linear query, key, value, output, up, down;
    };

    /// `weights` must live as long as what is returned. `converted` is told of matrices that will not be read
    /// again.
    DepthParameters(const DepthWeights &weights, std::optional<NarrowFormat> format, ThreadPool &pool,
                    cpu::WeightStore::Converted converted = {});
    DepthParameters(const DepthParameters &) = delete;
    DepthParameters &operator=(const DepthParameters &) = delete;

    cpu::NarrowFormats formats; // of those matrices that are narrow
    cpu::Linear codeInput, stateInput, classifier;
    std::span<const float> positions; // [K, hidden]
    cpu::Affine classifierNorm;
    std::vector<Layer> layers;
    /// Of the matrices, read once for each depth; of the inputs one or the other.
    std::uint64_t bytesPerDepth = 0;

private:
    cpu::WeightStore store_;
};

/// Those of `checkpoint`, which they keep mapped. `backbone` is the format that the device holds the backbone
/// in (depthFormat() says what follows); they are kept until others are asked for. Any thread.
std::shared_ptr<const DepthParameters> depthParametersOf(std::shared_ptr<const Checkpoint> checkpoint,
                                                         std::optional<NarrowFormat> backbone,
                                                         ThreadPool &pool);

} // namespace fastcar

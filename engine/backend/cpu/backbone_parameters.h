// SPDX-License-Identifier: Apache-2.0
//
// What the backbone multiplies with, ready for the kernels: the file's matrices as they are mapped, in
// panels, or quantised to 8 or 4 bits. Made once for a model and a format; runs share it.
#pragma once

#include "engine/backend/cpu/quantised_rows.h"
#include "engine/backend/cpu/weight_store.h"
#include "engine/checkpoint/checkpoint.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace fastcar::cpu {

struct BackboneParameters {
    struct Layer {
        std::span<const float> inputNorm, postAttentionNorm;
        Linear query, key, value, output;
        Linear gate, up, down;
        std::uint64_t attentionBytes = 0, mlpBytes = 0; // of the matrices
    };

    /// `weights` must live as long as what is returned, unless all of it was converted. `converted` is told
    /// of matrices that will not be read again.
    BackboneParameters(const BackboneWeights &weights, std::optional<NarrowFormat> format, ThreadPool &pool,
                       WeightStore::Converted converted = {});
    BackboneParameters(const BackboneParameters &) = delete;
    BackboneParameters &operator=(const BackboneParameters &) = delete;

    NarrowFormats formats;        // of those matrices that are narrow
    std::vector<Layer> layers;
    std::span<const float> finalNorm;

    /// Of all layers' matrices: what a step reads that computes every MLP.
    std::uint64_t bytes() const;

private:
    WeightStore store_;
};

/// Those of `checkpoint`, which they keep mapped. Made at the first call for a checkpoint and a format, and
/// kept until others are asked for. Any thread.
std::shared_ptr<const BackboneParameters> parametersOf(std::shared_ptr<const Checkpoint> checkpoint,
                                                       std::optional<NarrowFormat> narrow, ThreadPool &pool);

} // namespace fastcar::cpu

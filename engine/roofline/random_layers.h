// SPDX-License-Identifier: Apache-2.0
//
// A backbone of any size out of a few random numbers, for timing: every matrix is a stretch of the same ones, for what is
// multiplied does not change how long it takes. Quantised matrices are copies of their own, as many bytes as the real ones.
#pragma once

#include "engine/checkpoint/model_config.h"
#include "engine/checkpoint/model_weights.h"

#include <cstdint>
#include <vector>

namespace fastcar::roofline {

class RandomLayers {
public:
    explicit RandomLayers(const BackboneConfig &config);
    RandomLayers(const RandomLayers &) = delete;
    RandomLayers &operator=(const RandomLayers &) = delete;

    const BackboneWeights &weights() const { return weights_; }

private:
    LinearWeights linear(std::int64_t out, std::int64_t in) const;

    std::vector<std::uint16_t> numbers_;
    std::vector<float> ones_;
    BackboneWeights weights_;
};

} // namespace fastcar::roofline

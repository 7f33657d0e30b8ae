// SPDX-License-Identifier: Apache-2.0
//
// From guided logits to one code (docs/model.md, "One visual token"): temperature, top-k, softmax, top-p, one
// draw.
#pragma once

#include "engine/base/result.h"
#include "engine/decode/run_settings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fastcar {

/// Says what is wrong with the numbers, e.g. a temperature of zero.
Result<void> checkSampler(const SamplerSettings &settings);

/// guided = uncond + cfg * (cond - uncond)
void guide(std::span<const float> conditional, std::span<const float> unconditional, float cfg,
           std::span<float> guided);

/// One thread at a time; allocates nothing after construction.
class Sampler {
public:
    explicit Sampler(int codes);

    /// Probabilities of all codes, 0 for those that top-k or top-p dropped. A NaN among the logits counts as
    /// -inf (but takes one of top-k's places, as published); if nothing is left, all codes are equally
    /// likely. Values equal to the k-th largest stay; top-p keeps the codes, most likely first (the lower
    /// code first among equals), up to and including the one that reaches it.
    void probabilities(std::span<const float> logits, const SamplerSettings &settings,
                       std::span<float> result);

    /// The code that `uniform` in [0, 1) falls on, or the most likely one if the settings are greedy (the
    /// lowest of equals).
    int draw(std::span<const float> logits, const SamplerSettings &settings, double uniform);

private:
    /// Returns how many codes are kept: those are the first of order_, most likely first, with weight_
    /// (unnormalised).
    std::size_t keep(std::span<const float> logits, const SamplerSettings &settings);

    std::vector<float> logits_;
    std::vector<std::int32_t> ranks_;  // of codes: how their logits sort, the greatest first
    std::vector<std::uint64_t> order_; // what top-k kept: rank and code
    std::vector<double> weight_;       // of order_
};

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
//
// What a device's or a model's numbers cost: the same codes, fed through a reference and through what is in
// question.
#pragma once

#include "engine/decode/forward.h"

#include <cstdint>
#include <span>

namespace fastcar {

struct ForwardComparison {
    std::int64_t codes = 0; // of the conditional row
    double nats = 0.0;      // divergence of their distributions, all together
    double most = 0.0;      // of one code
    std::int64_t sameLikeliest = 0;
    std::int64_t decisions = 0; // that could have been to replay, of both rows
    std::int64_t sameDecisions = 0;

    double natsPerCode() const { return codes ? nats / static_cast<double>(codes) : 0.0; }
    double shareOfSameLikeliest() const
    {
        return codes ? static_cast<double>(sameLikeliest) / static_cast<double>(codes) : 0.0;
    }
    double shareOfSameDecisions() const
    {
        return decisions ? static_cast<double>(sameDecisions) / static_cast<double>(decisions) : 0.0;
    }
    ForwardComparison &operator+=(const ForwardComparison &other);
};

/// The logarithm of the sum of their exponentials, without overflow.
double logMass(std::span<const float> logits);

/// Nats that coding by `other` costs where the truth is `reference` (the Kullback-Leibler divergence of what
/// their logits mean).
double divergence(std::span<const float> reference, std::span<const float> other);

/// Of two runs of the same codes through models of one shape, which `config` tells.
ForwardComparison compareForward(const ForwardResult &reference, const ForwardResult &other,
                                 const ModelConfig &config);

} // namespace fastcar

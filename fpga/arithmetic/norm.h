// SPDX-License-Identifier: Apache-2.0
//
// RMSNorm of the residual stream: x / sqrt(mean(x^2) + eps) * w (docs/accelerator.md, "RMSNorm").
#pragma once

#include "fpga/arithmetic/scale.h"

#include <span>
#include <vector>

namespace fastcar::fpga {

struct Norm {
    std::vector<std::int16_t> weights; // [D], all with the exponent that is in `constant`
    Scale constant;                    // sqrt(D) * 2^exponent of the weights
    std::uint64_t epsilon = 0;         // eps * D * 2^32

    /// From weights as the checkpoint has them.
    static Norm of(std::span<const float> weights, float eps);
};

/// x [D] Q16 -> q [D]; returns the worth of one q.
Scale normQuantised(const Norm &norm, std::span<const std::int32_t> x, std::span<std::int8_t> q);

/// x [D] Q16 -> y [D] Q16: the final norm, whose result leaves the card.
void normFixed(const Norm &norm, std::span<const std::int32_t> x, std::span<std::int32_t> y);

} // namespace fastcar::fpga

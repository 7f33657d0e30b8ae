// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/rope.h"

#include "engine/backend/cpu/kernel_table.h"

#include <cmath>

namespace fastcar::cpu {

RopeTable::RopeTable(const BackboneConfig &config, std::int64_t positions)
    : positions_(positions)
    , half_(config.headDim / 2)
    , cosines_(positions, half_)
    , sines_(positions, half_)
{
    for (std::int64_t i = 0; i < half_; ++i) {
        const double exponent = 2.0 * static_cast<double>(i) / config.headDim;
        const float frequency =
            static_cast<float>(std::pow(static_cast<double>(config.ropeTheta), -exponent));
        for (std::int64_t p = 0; p < positions; ++p) {
            const float angle = static_cast<float>(p) / config.ropeScaling * frequency;
            cosines_.data()[p * half_ + i] = static_cast<float>(std::cos(static_cast<double>(angle)));
            sines_.data()[p * half_ + i] = static_cast<float>(std::sin(static_cast<double>(angle)));
        }
    }
}

void RopeTable::rotate(std::span<const float> from, std::int64_t position, std::span<float> to) const
{
    assert(position >= 0 && position < positions_);
    assert(from.size() == static_cast<std::size_t>(2 * half_) && to.size() == from.size());
    kernels().rotate(from, cosines_.data() + position * half_, sines_.data() + position * half_, to);
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// Rotary position embedding, "rotate-half": element i turns with element i + headDim / 2, by the angle
// p / scaling * theta^(-2 i / headDim). Angles and their sines are f32 as in the published code.
#pragma once

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/checkpoint/model_config.h"

#include <span>

namespace fastcar::cpu {

class RopeTable {
public:
    RopeTable() = default;
    RopeTable(const BackboneConfig &config, std::int64_t positions);

    std::int64_t positions() const { return positions_; }
    /// Rotates a head [headDim] to `position`. `to` may be `from`.
    void rotate(std::span<const float> from, std::int64_t position, std::span<float> to) const;

private:
    std::int64_t positions_ = 0;
    std::int64_t half_ = 0;
    AlignedBuffer cosines_, sines_; // [positions, half]
};

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
//
// What is done element by element: SiLU, GELU, softmax, sums, and dot products of vectors. In place, f32, on
// the calling thread.
#pragma once

#include <span>

namespace fastcar::cpu {

/// x = x / (1 + e^-x)
void silu(std::span<float> x);
/// gate = silu(gate) * up
void siluTimes(std::span<float> gate, std::span<const float> up);
/// x = x Phi(x), with the exact normal distribution (erf), to about 2e-7 relative.
void gelu(std::span<float> x);
/// x = e^(x - max) / sum. Elements of -inf become 0; at least one is finite.
void softmax(std::span<float> x);
/// x += y
void add(std::span<float> x, std::span<const float> y);
/// x += factor * y, fused where the processor does it.
void addScaled(std::span<float> x, float factor, std::span<const float> y);
/// The order of the sums depends on the length alone.
float dot(std::span<const float> a, std::span<const float> b);

} // namespace fastcar::cpu

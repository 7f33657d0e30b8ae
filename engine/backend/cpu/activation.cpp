// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/activation.h"

#include "engine/backend/cpu/kernel_table.h"

namespace fastcar::cpu {

void silu(std::span<float> x)
{
    kernels().silu(x);
}

void siluTimes(std::span<float> gate, std::span<const float> up)
{
    kernels().siluTimes(gate, up);
}

void gelu(std::span<float> x)
{
    kernels().gelu(x);
}

void softmax(std::span<float> x)
{
    kernels().softmax(x);
}

void add(std::span<float> x, std::span<const float> y)
{
    kernels().add(x, y);
}

void addScaled(std::span<float> x, float factor, std::span<const float> y)
{
    kernels().addScaled(x, factor, y);
}

float dot(std::span<const float> a, std::span<const float> b)
{
    return kernels().dot(a, b);
}

} // namespace fastcar::cpu

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/backend/cpu/simd/lanes16.h"

namespace fastcar::cpu::FASTCAR_SIMD {

namespace {

std::int64_t length(std::span<const float> x)
{
    return static_cast<std::int64_t>(x.size());
}

Vec8 siluOf(Vec8 x)
{
    const Vec8 one = broadcast(1.0f);
    return x / (one + exp(zero() - x));
}

/// erfc(a) for a >= 0: with t = 1 / (1 + 0.4 a), t e^(-a^2) times a polynomial of degree 9 in t, interpolated
/// at Chebyshev nodes over 0 <= a <= 9; 1.3e-8 relative before rounding.
Vec8 erfcOf(Vec8 a)
{
    const Vec8 t = broadcast(1.0f) / fma(broadcast(0.4f), a, broadcast(1.0f));
    Vec8 p = broadcast(-0.0351682979f);
    for (const float c : {0.228259911f, -0.569881956f, 0.642154338f, -0.363114909f, 0.314336244f,
                          0.115057638f, 0.21805726f, 0.224573293f, 0.225726479f})
        p = fma(p, t, broadcast(c));
    return p * t * exp(zero() - a * a);
}

/// x Phi(x) = x erfc(-x / sqrt 2) / 2
Vec8 geluOf(Vec8 x)
{
    const Vec8 upper = erfcOf(absolute(x) * broadcast(0.707106781f)); // 2 (1 - Phi(|x|))
    const Vec8 phi2 = whereNegative(x, upper, broadcast(2.0f) - upper);
    return broadcast(0.5f) * x * phi2;
}

} // namespace

void silu(std::span<float> x)
{
    mapLanes(length(x), x.data(), x.data(), siluOf);
}

void siluTimes(std::span<float> gate, std::span<const float> up)
{
    assert(gate.size() == up.size());
    const std::int64_t n = length(gate), sixteens = n / Lanes16::count * Lanes16::count;
    const Lanes16 one = Lanes16::all(1.0f);
    for (std::int64_t i = 0; i < sixteens; i += Lanes16::count) {
        const Lanes16 g = Lanes16::load(gate.data() + i);
        (g / (one + exp(Lanes16::zero() - g)) * Lanes16::load(up.data() + i)).store(gate.data() + i);
    }
    mapLanes(n - sixteens, gate.data() + sixteens, up.data() + sixteens, gate.data() + sixteens,
             [](Vec8 g, Vec8 u) { return siluOf(g) * u; });
}

void gelu(std::span<float> x)
{
    mapLanes(length(x), x.data(), x.data(), geluOf);
}

void softmax(std::span<float> x)
{
    constexpr float least = -std::numeric_limits<float>::infinity();
    float *const at = x.data();
    const std::int64_t n = length(x);
    const std::int64_t whole = n / lanes * lanes;

    Vec8 top = loadFirst(at + whole, n - whole, least);
    for (std::int64_t i = 0; i < whole; i += lanes)
        top = maximum(top, load(at + i));
    const Vec8 shift = broadcast(largest(top));

    Vec8 total = zero();
    for (std::int64_t i = 0; i < whole; i += lanes) {
        const Vec8 e = exp(load(at + i) - shift);
        store(at + i, e);
        total = total + e;
    }
    const Vec8 rest = exp(loadFirst(at + whole, n - whole, least) - shift);
    storeFirst(at + whole, rest, n - whole);

    const Vec8 scale = broadcast(1.0f / sum(total + rest));
    mapLanes(n, at, at, [&](Vec8 e) { return e * scale; });
}

void add(std::span<float> x, std::span<const float> y)
{
    assert(x.size() == y.size());
    mapLanes(length(x), x.data(), y.data(), x.data(), [](Vec8 a, Vec8 b) { return a + b; });
}

void addScaled(std::span<float> x, float factor, std::span<const float> y)
{
    assert(x.size() == y.size());
    const Vec8 f = broadcast(factor);
    mapLanes(length(x), x.data(), y.data(), x.data(), [&](Vec8 a, Vec8 b) { return fma(f, b, a); });
}

float dot(std::span<const float> a, std::span<const float> b)
{
    assert(a.size() == b.size());
    return dot(a.data(), b.data(), length(a));
}

} // namespace fastcar::cpu::FASTCAR_SIMD

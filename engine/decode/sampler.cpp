// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/sampler.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace fastcar {

Result<void> checkSampler(const SamplerSettings &settings)
{
    const auto refuse = [](const std::string &text) { return Error{ErrorKind::BadInput, text}; };
    if (!std::isfinite(settings.cfg))
        return refuse("The guidance scale (cfg) must be a finite number; 1 means no guidance.");
    if (settings.greedy)
        return {};
    if (!(settings.temperature > 0.0f) || !std::isfinite(settings.temperature))
        return refuse("The temperature must be above 0, but is " + std::to_string(settings.temperature) +
                      "; for the most likely code every time use greedy decoding.");
    if (settings.topK < 0)
        return refuse("Top-k must be 0 (all codes) or more, but is " + std::to_string(settings.topK) + ".");
    if (!(settings.topP > 0.0f && settings.topP <= 1.0f))
        return refuse("Top-p must be above 0 and at most 1, but is " + std::to_string(settings.topP) + ".");
    return {};
}

void guide(std::span<const float> conditional, std::span<const float> unconditional, float cfg,
           std::span<float> guided)
{
    for (std::size_t i = 0; i < guided.size(); ++i)
        guided[i] = unconditional[i] + cfg * (conditional[i] - unconditional[i]);
}

namespace {

/// Ascending by this: the greater logit first, of equal ones the lower code. Whole numbers, which sort
/// several times as fast as codes whose logits have to be looked up.
std::uint64_t rankKey(float logit, std::size_t code)
{
    const auto bits = std::bit_cast<std::uint32_t>(logit + 0.0f); // -0 is 0
    const std::uint32_t descending = bits >> 31 ? bits : ~bits & 0x7fffffffu;
    return std::uint64_t{descending} << 32 | code;
}

std::size_t codeOf(std::uint64_t key)
{
    return key & 0xffffffffu;
}

} // namespace

Sampler::Sampler(int codes)
    : logits_(static_cast<std::size_t>(codes))
    , order_(static_cast<std::size_t>(codes))
    , weight_(static_cast<std::size_t>(codes))
{
}

std::size_t Sampler::keep(std::span<const float> logits, const SamplerSettings &settings)
{
    constexpr float lowest = -std::numeric_limits<float>::infinity();
    std::size_t notNumbers = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const bool isNumber = !std::isnan(logits[i]);
        notNumbers += isNumber ? 0 : 1;
        logits_[i] = isNumber ? logits[i] / settings.temperature : lowest;
    }
    for (std::size_t code = 0; code < order_.size(); ++code)
        order_[code] = rankKey(logits_[code], code);

    // Top-k first, by value: only what it keeps needs to be sorted. As published, a NaN takes one of the k
    // places before it becomes -inf; where NaNs take them all, none is dropped.
    std::size_t kept = logits.size();
    const auto topK = static_cast<std::size_t>(settings.topK);
    if (topK > notNumbers && topK < kept) {
        const auto kth = order_.begin() + static_cast<std::ptrdiff_t>(topK - notNumbers - 1);
        std::nth_element(order_.begin(), kth, order_.end());
        const std::uint64_t bound = *kth | 0xffffffffu; // and its equals
        const auto end =
            std::partition(kth + 1, order_.end(), [bound](std::uint64_t key) { return key <= bound; });
        kept = static_cast<std::size_t>(end - order_.begin());
    }
    std::sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(kept));

    const float top = logits_[codeOf(order_[0])];
    double sum = 0.0;
    for (std::size_t rank = 0; rank < kept; ++rank) {
        const float value = logits_[codeOf(order_[rank])];
        // Equal infinities are equally likely; exp(inf - inf) would be NaN.
        weight_[rank] = value == top ? 1.0 : std::exp(static_cast<double>(value) - static_cast<double>(top));
        sum += weight_[rank];
    }
    if (settings.topP < 1.0f) {
        double cumulative = 0.0;
        for (std::size_t rank = 0; rank < kept; ++rank) {
            cumulative += weight_[rank] / sum;
            if (cumulative >= static_cast<double>(settings.topP))
                return rank + 1;
        }
    }
    return kept;
}

void Sampler::probabilities(std::span<const float> logits, const SamplerSettings &settings,
                            std::span<float> result)
{
    const std::size_t kept = keep(logits, settings);
    const double sum =
        std::accumulate(weight_.begin(), weight_.begin() + static_cast<std::ptrdiff_t>(kept), 0.0);
    std::fill(result.begin(), result.end(), 0.0f);
    for (std::size_t rank = 0; rank < kept; ++rank)
        result[codeOf(order_[rank])] = static_cast<float>(weight_[rank] / sum);
}

int Sampler::draw(std::span<const float> logits, const SamplerSettings &settings, double uniform)
{
    if (settings.greedy) {
        int best = 0;
        for (std::size_t i = 1; i < logits.size(); ++i) {
            const float bestValue = logits[static_cast<std::size_t>(best)];
            if (logits[i] > bestValue || (std::isnan(bestValue) && !std::isnan(logits[i])))
                best = static_cast<int>(i);
        }
        return best;
    }
    const std::size_t kept = keep(logits, settings);
    const double sum =
        std::accumulate(weight_.begin(), weight_.begin() + static_cast<std::ptrdiff_t>(kept), 0.0);
    double left = uniform * sum;
    std::size_t rank = 0;
    while (rank + 1 < kept && left >= weight_[rank])
        left -= weight_[rank++];
    while (rank > 0 && weight_[rank] == 0.0) // rounding at the far end must not pick what cannot be
        --rank;
    return static_cast<int>(codeOf(order_[rank]));
}

} // namespace fastcar

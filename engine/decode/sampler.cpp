// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/sampler.h"

#include "engine/checkpoint/checkpoint.h"

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
    if (!(settings.cfg >= leastGuidance && settings.cfg <= mostGuidance))
        return refuse("The guidance scale (cfg) must be from 0 to 100, where 1 means no guidance, but is " +
                      std::to_string(settings.cfg) + ".");
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

/// Whole numbers that sort as logits do, the greatest first: they sort and count several times as fast.
std::int32_t rankOf(float logit)
{
    const auto bits = std::bit_cast<std::int32_t>(logit + 0.0f); // -0 is 0
    // Of a negative one the sign is turned, of others all bits.
    return bits ^ (~(bits >> 31) | std::numeric_limits<std::int32_t>::min());
}

/// The lowest rank that at least `count` of `ranks` do not lie behind.
std::int32_t boundOf(std::span<const std::int32_t> ranks, std::int32_t count)
{
    // Logits of both signs have ranks from nearly one end to the other: to look for the ends saves nothing.
    std::int64_t low = std::numeric_limits<std::int32_t>::min();
    std::int64_t high = std::numeric_limits<std::int32_t>::max();
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto bound = static_cast<std::int32_t>(middle);
        std::int32_t notBehind = 0;
        for (const std::int32_t rank : ranks)
            notBehind += rank <= bound ? 1 : 0;
        if (notBehind == count)
            return bound;
        notBehind > count ? high = middle : low = middle + 1;
    }
    return static_cast<std::int32_t>(low);
}

/// Sorts by rank, of equal ones the lower code first.
std::uint64_t keyOf(std::int32_t rank, std::size_t code)
{
    return std::uint64_t{static_cast<std::uint32_t>(rank) ^ 0x80000000u} << 32 | code;
}

std::size_t codeOf(std::uint64_t key)
{
    return key & 0xffffffffu;
}

} // namespace

Sampler::Sampler(int codes)
    : logits_(static_cast<std::size_t>(codes))
    , ranks_(static_cast<std::size_t>(codes))
    , weight_(static_cast<std::size_t>(codes))
{
    order_.reserve(static_cast<std::size_t>(codes));
}

std::size_t Sampler::keep(std::span<const float> logits, const SamplerSettings &settings)
{
    constexpr float lowest = -std::numeric_limits<float>::infinity();
    // No branches, and numbers of one size: the compiler takes several at a time.
    std::int32_t notNumbers = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const float scaled = logits[i] / settings.temperature;
        notNumbers += scaled == scaled ? 0 : 1;
        logits_[i] = scaled == scaled ? scaled : lowest;
    }
    for (std::size_t i = 0; i < logits.size(); ++i)
        ranks_[i] = rankOf(logits_[i]);

    // Top-k, by value. As published, a NaN takes one of the k places before it becomes -inf; where NaNs take
    // them all, none is dropped.
    const bool some = settings.topK > notNumbers && static_cast<std::size_t>(settings.topK) < logits.size();
    const std::int32_t bound =
        some ? boundOf(ranks_, settings.topK - notNumbers) : std::numeric_limits<std::int32_t>::max();
    order_.resize(ranks_.size());
    std::size_t among = 0;
    for (std::size_t code = 0; code < ranks_.size(); ++code) { // which are, no branch predicts
        order_[among] = keyOf(ranks_[code], code);
        among += ranks_[code] <= bound ? 1u : 0u;
    }
    order_.resize(among);

    const float top = logits_[codeOf(std::ranges::min(order_))];
    const auto weightOf = [&](std::uint64_t key) {
        const float value = logits_[codeOf(key)];
        // Equal infinities are equally likely; exp(inf - inf) would be NaN.
        return value == top ? 1.0 : std::exp(static_cast<double>(value) - static_cast<double>(top));
    };
    double sum = 0.0;
    for (const std::uint64_t key : order_)
        sum += weightOf(key);

    // Top-p. Only what it keeps needs to be sorted, which is little where the model is sure.
    const bool all = settings.topP >= 1.0f;
    double cumulative = 0.0;
    for (std::size_t rank = 0, sorted = 0; rank < order_.size(); ++rank) {
        if (rank == sorted) {
            sorted = all ? order_.size() : std::min(order_.size(), std::max<std::size_t>(8, 2 * sorted));
            const auto from = order_.begin();
            std::partial_sort(from + static_cast<std::ptrdiff_t>(rank),
                              from + static_cast<std::ptrdiff_t>(sorted), order_.end());
        }
        weight_[rank] = weightOf(order_[rank]);
        cumulative += weight_[rank] / sum;
        if (!all && cumulative >= static_cast<double>(settings.topP))
            return rank + 1;
    }
    return order_.size();
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

// SPDX-License-Identifier: Apache-2.0
#include "engine/decode/forward_comparison.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace fastcar {

namespace {

std::ptrdiff_t likeliest(std::span<const float> logits)
{
    return std::ranges::max_element(logits) - logits.begin();
}

} // namespace

double logMass(std::span<const float> logits)
{
    const double top = static_cast<double>(*std::ranges::max_element(logits));
    double mass = 0.0;
    for (const float logit : logits)
        mass += std::exp(static_cast<double>(logit) - top);
    return top + std::log(mass);
}

ForwardComparison &ForwardComparison::operator+=(const ForwardComparison &other)
{
    codes += other.codes;
    nats += other.nats;
    most = std::max(most, other.most);
    sameLikeliest += other.sameLikeliest;
    decisions += other.decisions;
    sameDecisions += other.sameDecisions;
    return *this;
}

double divergence(std::span<const float> reference, std::span<const float> other)
{
    assert(reference.size() == other.size());
    const double mass = logMass(reference), otherMass = logMass(other);
    double nats = 0.0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const double p = static_cast<double>(reference[i]) - mass;
        nats += std::exp(p) * (p - (static_cast<double>(other[i]) - otherMass));
    }
    return nats;
}

ForwardComparison compareForward(const ForwardResult &reference, const ForwardResult &other,
                                 const ModelConfig &config)
{
    assert(reference.logits.size() == other.logits.size() && reference.tas.size() == other.tas.size());
    ForwardComparison comparison;
    const auto width = static_cast<std::size_t>(config.depth.codes);
    const std::size_t ofRow = reference.logits.size() / 2;
    for (std::size_t at = 0; at < ofRow; at += width) {
        const auto expected = std::span(reference.logits).subspan(at, width);
        const auto found = std::span(other.logits).subspan(at, width);
        const double nats = divergence(expected, found);
        comparison.nats += nats;
        comparison.most = std::max(comparison.most, nats);
        comparison.sameLikeliest += likeliest(expected) == likeliest(found);
        ++comparison.codes;
    }
    for (std::size_t at = 0; at < reference.eligible.size(); ++at) {
        if (!reference.eligible[at])
            continue;
        ++comparison.decisions;
        comparison.sameDecisions += reference.replayed[at] == other.replayed[at];
    }
    return comparison;
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/roofline/random_layers.h"

#include <algorithm>
#include <random>

namespace fastcar::roofline {

RandomLayers::RandomLayers(const BackboneConfig &config)
    : numbers_(static_cast<std::size_t>(config.hidden) *
               static_cast<std::size_t>(std::max(config.intermediate, config.heads * config.headDim)))
    , ones_(static_cast<std::size_t>(config.hidden), 1.0f)
{
    std::mt19937 random(1);
    for (std::uint16_t &number : numbers_) // bf16: sign, an exponent about 2^-7, seven bits
        number = static_cast<std::uint16_t>((random() & 0x807fu) | (120u << 7));
    const std::int64_t d = config.hidden, wide = config.intermediate;
    const std::int64_t queries = std::int64_t{config.heads} * config.headDim;
    const std::int64_t keys = std::int64_t{config.kvHeads} * config.headDim;
    const NormWeights norm{
        .weight = {.data = reinterpret_cast<const std::byte *>(ones_.data()), .shape = {d}}, .bias = {}};
    for (int i = 0; i < config.layers; ++i)
        weights_.layers.push_back({.inputNorm = norm,
                                   .query = linear(queries, d),
                                   .key = linear(keys, d),
                                   .value = linear(keys, d),
                                   .output = linear(d, queries),
                                   .postAttentionNorm = norm,
                                   .gate = linear(wide, d),
                                   .up = linear(wide, d),
                                   .down = linear(d, wide)});
    weights_.finalNorm = norm;
}

LinearWeights RandomLayers::linear(std::int64_t out, std::int64_t in) const
{
    return {.weight = {.data = reinterpret_cast<const std::byte *>(numbers_.data()),
                       .type = DType::BF16,
                       .shape = {out, in}},
            .bias = {}};
}

} // namespace fastcar::roofline

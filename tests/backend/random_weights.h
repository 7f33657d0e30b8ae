// SPDX-License-Identifier: Apache-2.0
//
// Tensors of random numbers that f32, f16 and bf16 hold exactly, and small backbones made of them.
#pragma once

#include "engine/checkpoint/model_config.h"
#include "engine/checkpoint/model_weights.h"
#include "engine/tensor/tensor.h"

#include <bit>
#include <cstring>
#include <deque>
#include <random>
#include <vector>

namespace fastcar {

/// Owns what it makes; views stay valid as long as it lives.
class RandomWeights {
public:
    explicit RandomWeights(DType type, unsigned seed = 1)
        : type_(type)
        , random_(seed)
    {
    }

    /// Multiples of scale / 128 in (-scale, scale); scale is a power of two.
    TensorView tensor(Shape shape, float scale)
    {
        std::vector<std::byte> &bytes =
            storage_.emplace_back(static_cast<std::size_t>(shape.elements()) * byteSize(type_));
        for (std::size_t at = 0; at < bytes.size(); at += byteSize(type_))
            write(number() * scale, bytes.data() + at);
        return {.data = bytes.data(), .type = type_, .shape = shape};
    }
    std::vector<float> floats(std::int64_t count, float scale = 1.0f)
    {
        std::vector<float> values(static_cast<std::size_t>(count));
        for (float &value : values)
            value = number() * scale;
        return values;
    }
    NormWeights norm(int width) { return {.weight = tensor({width}, 2.0f), .bias = tensor({width}, 0.5f)}; }
    LinearWeights linear(int out, int in, bool biased)
    {
        float scale = 2.0f;
        while (scale * scale * static_cast<float>(in) > 4.0f)
            scale *= 0.5f;
        return {.weight = tensor({out, in}, scale), .bias = biased ? tensor({out}, 0.5f) : TensorView{}};
    }
    ConvWeights conv(int out, int in, int kernel)
    {
        const TensorView flat = linear(out, in * kernel * kernel, false).weight;
        return {.weight = {.data = flat.data, .type = flat.type, .shape = {out, in, kernel, kernel}},
                .bias = tensor({out}, 0.5f)};
    }

private:
    float number() { return static_cast<float>(static_cast<int>(random_() % 255) - 127) / 128.0f; }
    void write(float value, std::byte *to) const
    {
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
        if (type_ == DType::F32) {
            std::memcpy(to, &bits, 4);
            return;
        }
        std::uint16_t half = static_cast<std::uint16_t>(bits >> 16);
        if (type_ == DType::F16) {
            const std::uint32_t sign = bits >> 16 & 0x8000u;
            const std::uint32_t rest = value == 0.0f ? 0 : ((bits & 0x7fffffffu) >> 13) - (112u << 10);
            half = static_cast<std::uint16_t>(sign | rest);
        }
        std::memcpy(to, &half, 2);
    }

    DType type_;
    std::mt19937 random_;
    std::deque<std::vector<std::byte>> storage_;
};

struct RandomBackbone {
    explicit RandomBackbone(const BackboneConfig &c, DType type = DType::F32, unsigned seed = 1)
        : config(c)
        , made(type, seed)
    {
        for (int layer = 0; layer < c.layers; ++layer)
            weights.layers.push_back(
                {.inputNorm = {.weight = made.tensor({c.hidden}, 2.0f), .bias = {}},
                 .query = made.linear(c.heads * c.headDim, c.hidden, false),
                 .key = made.linear(c.kvHeads * c.headDim, c.hidden, false),
                 .value = made.linear(c.kvHeads * c.headDim, c.hidden, false),
                 .output = made.linear(c.hidden, c.heads * c.headDim, false),
                 .postAttentionNorm = {.weight = made.tensor({c.hidden}, 2.0f), .bias = {}},
                 .gate = made.linear(c.intermediate, c.hidden, false),
                 .up = made.linear(c.intermediate, c.hidden, false),
                 .down = made.linear(c.hidden, c.intermediate, false)});
        weights.finalNorm = {.weight = made.tensor({c.hidden}, 2.0f), .bias = {}};
    }

    BackboneConfig config;
    RandomWeights made;
    BackboneWeights weights;
};

} // namespace fastcar

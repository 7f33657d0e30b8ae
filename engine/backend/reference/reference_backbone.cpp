// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/reference/reference_backbone.h"

#include "engine/replay/gate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fastcar::reference {

namespace {

Values plus(Values a, const Values &b)
{
    for (std::size_t i = 0; i < a.size(); ++i)
        a[i] += b[i];
    return a;
}

Values part(const Values &all, int which, int width)
{
    const auto begin = all.begin() + std::ptrdiff_t{which} * width;
    return Values(begin, begin + width);
}

double dot(const Values &a, const Values &b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

Values linear(const Values &x, const Values &weight)
{
    return matmul(x, {.rows = 1, .cols = static_cast<std::int64_t>(x.size())}, weight, {});
}

void copyTo(const Values &from, std::span<float> to)
{
    std::transform(from.begin(), from.end(), to.begin(), [](double v) { return static_cast<float>(v); });
}

} // namespace

ReferenceBackbone::ReferenceBackbone(const BackboneConfig &config, int stride, const BackboneWeights &weights)
    : config_(config)
    , stride_(stride)
    , finalNorm_(valuesOf(weights.finalNorm.weight))
{
    for (const BackboneLayerWeights &layer : weights.layers)
        layers_.push_back({.inputNorm = valuesOf(layer.inputNorm.weight),
                           .query = valuesOf(layer.query.weight),
                           .key = valuesOf(layer.key.weight),
                           .value = valuesOf(layer.value.weight),
                           .output = valuesOf(layer.output.weight),
                           .postAttentionNorm = valuesOf(layer.postAttentionNorm.weight),
                           .gate = valuesOf(layer.gate.weight),
                           .up = valuesOf(layer.up.weight),
                           .down = valuesOf(layer.down.weight)});
}

Result<void> ReferenceBackbone::begin(RowLayout layout, int, int)
{
    const Memory empty{.keys = std::vector<Values>(static_cast<std::size_t>(config_.kvHeads)),
                       .values = std::vector<Values>(static_cast<std::size_t>(config_.kvHeads)),
                       .mlp = std::vector<Values>(static_cast<std::size_t>(stride_))};
    layout_ = layout;
    memory_.assign(static_cast<std::size_t>(layout.rows()), std::vector<Memory>(layers_.size(), empty));
    hidden_.resize(static_cast<std::size_t>(layout.rows() * config_.hidden));
    outcome_.resize(layers_.size() * static_cast<std::size_t>(layout.rows()));
    return {};
}

/// One token's attention at one layer, its key and value appended; *tas receives the score where there is
/// one.
Values ReferenceBackbone::attend(const Layer &layer, Memory &memory, const Values &x, const StepInput *step,
                                 float *tas) const
{
    const int headDim = config_.headDim;
    const Rotation rotation{.theta = static_cast<double>(config_.ropeTheta),
                            .scaling = static_cast<double>(config_.ropeScaling)};
    const Values normed = rmsNorm(x, layer.inputNorm, static_cast<double>(config_.rmsNormEps));
    const Values query = linear(normed, layer.query); // [heads * headDim]
    const Values key = linear(normed, layer.key);     // [kvHeads * headDim]
    const Values value = linear(normed, layer.value);
    const std::size_t position = memory.keys[0].size() / static_cast<std::size_t>(headDim);

    for (int kv = 0; kv < config_.kvHeads; ++kv) {
        const Values rotated = rope(part(key, kv, headDim), static_cast<double>(position), rotation);
        const Values plain = part(value, kv, headDim);
        Values &keys = memory.keys[static_cast<std::size_t>(kv)];
        Values &values = memory.values[static_cast<std::size_t>(kv)];
        keys.insert(keys.end(), rotated.begin(), rotated.end());
        values.insert(values.end(), plain.begin(), plain.end());
    }

    Values attended;
    double score = 0.0;
    for (int head = 0; head < config_.heads; ++head) {
        const std::size_t kv = static_cast<std::size_t>(head / (config_.heads / config_.kvHeads));
        const Values raw = part(query, head, headDim);
        const Values rotated = rope(raw, static_cast<double>(position), rotation);
        if (step && step->visualToken >= stride_) {
            const Values earlier = part(memory.keys[kv], static_cast<int>(position) - stride_, headDim);
            const bool paper = step->policy && step->policy->definition == TasDefinition::Paper;
            score += dot(paper ? rotated : raw, earlier) / std::sqrt(headDim) / config_.heads;
        }
        const Values out =
            attention(rotated, memory.keys[kv], memory.values[kv], step ? step->attention : AttentionSpan{});
        attended.insert(attended.end(), out.begin(), out.end());
    }
    if (tas)
        *tas = step && step->visualToken >= stride_ ? static_cast<float>(score)
                                                    : std::numeric_limits<float>::quiet_NaN();
    return linear(attended, layer.output);
}

Values ReferenceBackbone::mlp(const Layer &layer, const Values &x) const
{
    const Values normed = rmsNorm(x, layer.postAttentionNorm, static_cast<double>(config_.rmsNormEps));
    Values gated = silu(linear(normed, layer.gate));
    const Values up = linear(normed, layer.up);
    for (std::size_t i = 0; i < gated.size(); ++i)
        gated[i] *= up[i];
    return linear(gated, layer.down);
}

Result<void> ReferenceBackbone::prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                                        MatrixView<float> allHidden)
{
    std::vector<Memory> &memory = memory_[static_cast<std::size_t>(row)];
    for (std::int64_t p = 0; p < embeddings.rows; ++p) {
        Values x = valuesOf(embeddings.row(p));
        for (std::size_t l = 0; l < layers_.size(); ++l) {
            x = plus(x, attend(layers_[l], memory[l], x, nullptr, nullptr));
            x = plus(x, mlp(layers_[l], x));
        }
        const Values state = rmsNorm(x, finalNorm_, static_cast<double>(config_.rmsNormEps));
        if (allHidden.data)
            copyTo(state, allHidden.row(p));
        copyTo(state, hidden);
    }
    return {};
}

Result<StepReport> ReferenceBackbone::step(const StepInput &input)
{
    const std::size_t rows = static_cast<std::size_t>(layout_.rows());
    const std::size_t slot = static_cast<std::size_t>(input.visualToken % stride_);
    std::vector<Values> x;
    for (std::size_t r = 0; r < rows; ++r)
        x.push_back(valuesOf(input.embeddings.row(static_cast<std::int64_t>(r))));
    for (std::size_t l = 0; l < layers_.size(); ++l) {
        const std::span<LayerOutcome> outcome = std::span(outcome_).subspan(l * rows, rows);
        for (std::size_t r = 0; r < rows; ++r)
            x[r] = plus(x[r], attend(layers_[l], memory_[r][l], x[r], &input, &outcome[r].tas));
        decide(input.policy ? input.policy->gate : GateMode::Row,
               input.policy ? input.policy->threshold(static_cast<int>(l)) : std::nullopt,
               input.visualToken >= stride_, layout_, outcome);
        for (std::size_t r = 0; r < rows; ++r) {
            Values &cached = memory_[r][l].mlp[slot];
            if (outcome[r].decision != Decision::Replayed)
                cached = mlp(layers_[l], x[r]);
            x[r] = plus(x[r], cached);
        }
    }
    for (std::size_t r = 0; r < rows; ++r)
        copyTo(rmsNorm(x[r], finalNorm_, static_cast<double>(config_.rmsNormEps)),
               std::span(hidden_).subspan(r * static_cast<std::size_t>(config_.hidden),
                                          static_cast<std::size_t>(config_.hidden)));
    return StepReport{.hidden = {hidden_.data(), layout_.rows(), config_.hidden},
                      .outcome = {outcome_.data(), config_.layers, layout_.rows()}};
}

} // namespace fastcar::reference

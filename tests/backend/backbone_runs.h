// SPDX-License-Identifier: Apache-2.0
//
// Small backbones, what is fed to them, and everything that they said, to be compared.
#pragma once

#include "engine/backend/cpu/cpu_backbone.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace fastcar::runs {

inline constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr int stride = 6;
constexpr int frames = 4;
constexpr int fedTokens = frames * stride - 1; // the last token is never an input

inline BackboneConfig smallConfig()
{
    return {.layers = 3,
            .hidden = 32,
            .intermediate = 72,
            .heads = 4,
            .kvHeads = 4,
            .headDim = 8,
            .vocabulary = 10,
            .maxPositions = 256,
            .ropeTheta = 10000.0f,
            .ropeScaling = 1.0f,
            .rmsNormEps = 1e-5f};
}

inline ReplayPolicy uniform(float threshold, int layers = 3)
{
    ReplayPolicy policy;
    policy.thresholds.assign(static_cast<std::size_t>(layers), threshold);
    return policy;
}

/// Everything that a run said.
struct Run {
    std::vector<std::vector<float>> hidden;         // per step [rows * D]
    std::vector<std::vector<LayerOutcome>> outcome; // per step [layers * rows]
    std::vector<std::uint64_t> bytes;               // per step

    LayerOutcome at(int token, int layer, int row, int rows) const
    {
        return outcome[static_cast<std::size_t>(token)][static_cast<std::size_t>(layer * rows + row)];
    }
    int replays() const
    {
        int count = 0;
        for (const auto &step : outcome)
            count += static_cast<int>(std::count_if(step.begin(), step.end(), [](const LayerOutcome &o) {
                return o.decision == Decision::Replayed;
            }));
        return count;
    }
};

/// A video's inputs: random, the same for the same seed. Rows of a pair get the same visual tokens, as in
/// generation.
struct Inputs {
    explicit Inputs(const BackboneConfig &config, std::vector<unsigned> videoSeeds = {1},
                    bool guidedRows = true)
        : layout{.videos = static_cast<int>(videoSeeds.size()), .guided = guidedRows}
        , width(config.hidden)
    {
        for (int row = 0; row < layout.rows(); ++row) {
            const unsigned seed = videoSeeds[static_cast<std::size_t>(layout.videoOf(row))];
            const bool conditional = layout.isConditional(row);
            RandomWeights random(DType::F32, seed);
            // Slow changes from frame to frame, as videos have.
            std::vector<float> frame = random.floats(std::int64_t{stride} * width);
            std::vector<float> &video = tokens.emplace_back();
            for (int f = 0; f < frames; ++f) {
                const std::vector<float> change = random.floats(std::int64_t{stride} * width, 0.5f);
                for (std::size_t i = 0; i < frame.size(); ++i)
                    video.push_back(frame[i] + static_cast<float>(f) * change[i]);
            }
            const int length = conditional ? 11 + static_cast<int>(seed % 5) : 7;
            prompts.push_back(
                RandomWeights(DType::F32, conditional ? seed + 100 : 99).floats(length * width));
        }
    }

    RowLayout layout;
    std::int64_t width;
    std::vector<std::vector<float>> prompts; // per row [P, D]
    std::vector<std::vector<float>> tokens;  // per row [tokens, D]
};

using PolicyOf = std::function<const ReplayPolicy *(int token)>;

inline Run run(Backbone &backbone, const Inputs &inputs, const PolicyOf &policyOf,
               AttentionSpan attention = {})
{
    Run result;
    const Result<void> begun = backbone.begin(inputs.layout, 32, frames * stride);
    if (!begun)
        qFatal("%s", begun.error().message.c_str());
    std::vector<float> state(static_cast<std::size_t>(inputs.width));
    std::vector<float> promptStates;
    for (int row = 0; row < inputs.layout.rows(); ++row) {
        const std::vector<float> &prompt = inputs.prompts[static_cast<std::size_t>(row)];
        const std::int64_t length = static_cast<std::int64_t>(prompt.size()) / inputs.width;
        if (!backbone.prefill(row, {prompt.data(), length, inputs.width}, state))
            qFatal("prefill failed");
        promptStates.insert(promptStates.end(), state.begin(), state.end());
    }
    result.hidden.push_back(promptStates);
    std::vector<float> embeddings(promptStates.size());
    for (int token = 0; token < fedTokens; ++token) {
        for (int row = 0; row < inputs.layout.rows(); ++row)
            std::copy_n(inputs.tokens[static_cast<std::size_t>(row)].data() + token * inputs.width,
                        inputs.width, embeddings.data() + row * inputs.width);
        const Result<StepReport> report =
            backbone.step({.embeddings = {embeddings.data(), inputs.layout.rows(), inputs.width},
                           .visualToken = token,
                           .policy = policyOf(token),
                           .attention = attention});
        if (!report)
            qFatal("%s", report.error().message.c_str());
        const auto hidden = report->hidden.all();
        const auto outcome = report->outcome.all();
        result.hidden.emplace_back(hidden.begin(), hidden.end());
        result.outcome.emplace_back(outcome.begin(), outcome.end());
        result.bytes.push_back(report->weightBytesRead);
    }
    return result;
}

/// With one policy throughout.
inline Run run(Backbone &backbone, const Inputs &inputs, const ReplayPolicy *policy,
               AttentionSpan attention = {})
{
    return run(
        backbone, inputs, [policy](int) { return policy; }, attention);
}

/// Decisions equal; numbers within 2e-5 of the largest, some fifty times the rounding of one f32 layer.
inline void compareRuns(const Run &actual, const Run &expected)
{
    QCOMPARE(actual.hidden.size(), expected.hidden.size());
    float largest = 0.0f;
    for (const auto &step : expected.hidden)
        for (const float v : step)
            largest = std::max(largest, std::abs(v));
    for (std::size_t t = 0; t < actual.hidden.size(); ++t)
        for (std::size_t i = 0; i < actual.hidden[t].size(); ++i)
            if (!(std::abs(actual.hidden[t][i] - expected.hidden[t][i]) <= 2e-5f * largest))
                QFAIL(qPrintable(QString("state %1 element %2: %3 instead of %4")
                                     .arg(t)
                                     .arg(i)
                                     .arg(static_cast<double>(actual.hidden[t][i]))
                                     .arg(static_cast<double>(expected.hidden[t][i]))));
    float largestTas = 0.0f;
    for (const auto &step : expected.outcome)
        for (const LayerOutcome &o : step)
            largestTas = std::isnan(o.tas) ? largestTas : std::max(largestTas, std::abs(o.tas));
    for (std::size_t t = 0; t < actual.outcome.size(); ++t) {
        for (std::size_t i = 0; i < actual.outcome[t].size(); ++i) {
            const LayerOutcome a = actual.outcome[t][i], e = expected.outcome[t][i];
            QCOMPARE(static_cast<int>(a.decision), static_cast<int>(e.decision));
            QCOMPARE(std::isnan(a.tas), std::isnan(e.tas));
            if (!std::isnan(e.tas))
                QVERIFY(std::abs(a.tas - e.tas) <= 2e-5f * largestTas);
        }
    }
}

inline cpu::CpuBackbone makeBackbone(const RandomBackbone &model, ThreadPool &pool,
                                     std::optional<NarrowFormat> narrow = std::nullopt,
                                     DType cache = DType::F32)
{
    return cpu::CpuBackbone(
        {.config = model.config,
         .stride = stride,
         .parameters = std::make_shared<const cpu::BackboneParameters>(model.weights, narrow, pool),
         .cache = cache},
        pool);
}

/// The middle of the scores that a dense run measures at a layer.
inline float middleScore(const Run &dense, int layer, int rows)
{
    std::vector<float> scores;
    for (int token = stride; token < fedTokens; ++token)
        for (int row = 0; row < rows; ++row)
            scores.push_back(dense.at(token, layer, row, rows).tas);
    std::sort(scores.begin(), scores.end());
    const std::size_t middle = scores.size() / 2;
    return 0.5f * (scores[middle - 1] + scores[middle]); // between two, so that rounding decides nothing
}

inline ReplayPolicy halfReplaying(cpu::CpuBackbone &backbone, const Inputs &inputs, TasDefinition definition)
{
    ReplayPolicy policy{.definition = definition, .gate = GateMode::Row, .thresholds = {}};
    const Run dense = run(backbone, inputs, &policy);
    const int layers = static_cast<int>(dense.outcome[0].size()) / inputs.layout.rows();
    for (int layer = 0; layer < layers; ++layer)
        policy.thresholds.emplace_back(middleScore(dense, layer, inputs.layout.rows()));
    return policy;
}

} // namespace fastcar::runs

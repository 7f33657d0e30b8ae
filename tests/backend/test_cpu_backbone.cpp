// SPDX-License-Identifier: Apache-2.0
//
// The processor's backbone against the one that is written as the description reads, and against what replay
// promises.
#include "engine/backend/cpu/cpu_backbone.h"
#include "engine/backend/reference/reference_backbone.h"
#include "engine/replay/replay_statistics.h"
#include "tests/backend/counted_allocations.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace fastcar;
using cpu::CpuBackbone;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr int stride = 6;
constexpr int frames = 4;
constexpr int fedTokens = frames * stride - 1; // the last token is never an input

BackboneConfig smallConfig()
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

ReplayPolicy uniform(float threshold, int layers = 3)
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

Run run(Backbone &backbone, const Inputs &inputs, const ReplayPolicy *policy, AttentionSpan attention = {})
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
                           .policy = policy,
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

/// Decisions equal; numbers within 2e-5 of the largest, some fifty times the rounding of one f32 layer.
void compareRuns(const Run &actual, const Run &expected)
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

CpuBackbone makeBackbone(const RandomBackbone &model, ThreadPool &pool,
                         std::optional<NarrowFormat> narrow = std::nullopt)
{
    return CpuBackbone(
        {.config = model.config,
         .stride = stride,
         .parameters = std::make_shared<const cpu::BackboneParameters>(model.weights, narrow, pool)},
        pool);
}

/// The middle of the scores that a dense run measures at a layer.
float middleScore(const Run &dense, int layer, int rows)
{
    std::vector<float> scores;
    for (int token = stride; token < fedTokens; ++token)
        for (int row = 0; row < rows; ++row)
            scores.push_back(dense.at(token, layer, row, rows).tas);
    std::sort(scores.begin(), scores.end());
    const std::size_t middle = scores.size() / 2;
    return 0.5f * (scores[middle - 1] + scores[middle]); // between two, so that rounding decides nothing
}

ReplayPolicy halfReplaying(CpuBackbone &backbone, const Inputs &inputs, TasDefinition definition)
{
    ReplayPolicy policy{.definition = definition, .gate = GateMode::Row, .thresholds = {}};
    const Run dense = run(backbone, inputs, &policy);
    const int layers = static_cast<int>(dense.outcome[0].size()) / inputs.layout.rows();
    for (int layer = 0; layer < layers; ++layer)
        policy.thresholds.emplace_back(middleScore(dense, layer, inputs.layout.rows()));
    return policy;
}

} // namespace

class TestCpuBackbone : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheReference_data();
    void agreesWithTheReference();
    void groupedQueriesEqualRepeatedKeys();
    void anInfiniteThresholdChangesNothing();
    void aThresholdOfMinusInfinityReplaysAllThatCanBe();
    void theScoreIsMeasuredWithoutThresholds();
    void aLayerWithoutThresholdNeverReplays();
    void replaysChainUntilRecomputed();
    void replayedWeightsStayUnread();
    void aPolicyMayComeInTheMiddle();
    void threadsDoNotChangeABit();
    void aVideoDoesNotNoticeItsNeighbour();
    void jointGatesDecideForBothRows_data();
    void jointGatesDecideForBothRows();
    void aNarrowWindowKeepsTheScore();
    void aPromptIsTheSameInOnePieceOrTokenByToken();
    void storedFormsOfWeightsGiveTheSameNumbers();
    void beginForgetsEverything();
    void nothingIsAllocatedAfterBegin();
    void tooManyPositionsAreRefused();
    void moreMemoryThanThereIsIsRefused();
    void callsOutOfOrderAreRefused();
};

void TestCpuBackbone::agreesWithTheReference_data()
{
    QTest::addColumn<int>("kvHeads");
    QTest::addColumn<float>("ropeScaling");
    QTest::addColumn<TasDefinition>("definition");
    QTest::addColumn<AttentionSpan>("attention");
    const AttentionSpan full;
    for (const TasDefinition definition : {TasDefinition::Official, TasDefinition::Paper}) {
        const std::string d = toString(definition);
        QTest::addRow("%s", d.c_str()) << 4 << 1.0f << definition << full;
        QTest::addRow("%s grouped queries", d.c_str()) << 2 << 1.0f << definition << full;
        QTest::addRow("%s one key head", d.c_str()) << 1 << 1.0f << definition << full;
        QTest::addRow("%s linear rope scaling", d.c_str()) << 4 << 2.0f << definition << full;
        QTest::addRow("%s window 3+4", d.c_str()) << 4 << 1.0f << definition << AttentionSpan{true, 3, 4};
        QTest::addRow("%s window 0+1", d.c_str()) << 4 << 1.0f << definition << AttentionSpan{true, 0, 1};
        QTest::addRow("%s window 9+9 grouped", d.c_str())
            << 2 << 2.0f << definition << AttentionSpan{true, 9, 9};
    }
}

void TestCpuBackbone::agreesWithTheReference()
{
    QFETCH(int, kvHeads);
    QFETCH(float, ropeScaling);
    QFETCH(TasDefinition, definition);
    QFETCH(AttentionSpan, attention);
    BackboneConfig config = smallConfig();
    config.kvHeads = kvHeads;
    config.ropeScaling = ropeScaling;
    const RandomBackbone model(config);
    ThreadPool pool(2);
    CpuBackbone backbone = makeBackbone(model, pool);
    reference::ReferenceBackbone expected(config, stride, model.weights);
    const Inputs inputs(config, {1, 2});

    const ReplayPolicy policy = halfReplaying(backbone, inputs, definition);
    const Run actual = run(backbone, inputs, &policy, attention);
    compareRuns(actual, run(expected, inputs, &policy, attention));
    QVERIFY(actual.replays() > 0);
    QVERIFY(actual.replays() < 3 * 4 * (fedTokens - stride));
    compareRuns(run(backbone, inputs, nullptr, attention), run(expected, inputs, nullptr, attention));
}

void TestCpuBackbone::groupedQueriesEqualRepeatedKeys()
{
    BackboneConfig grouped = smallConfig();
    grouped.kvHeads = 2;
    const RandomBackbone model(grouped);
    // The same model with each key and value head written twice.
    BackboneConfig dense = grouped;
    dense.kvHeads = 4;
    BackboneWeights repeated = model.weights;
    std::vector<std::vector<std::byte>> storage;
    for (BackboneLayerWeights &layer : repeated.layers) {
        for (TensorView *view : {&layer.key.weight, &layer.value.weight}) {
            const std::size_t headBytes = view->bytes() / 2;
            std::vector<std::byte> &bytes = storage.emplace_back();
            for (const std::size_t head : {0u, 0u, 1u, 1u})
                bytes.insert(bytes.end(), view->data + head * headBytes, view->data + (head + 1) * headBytes);
            *view = {.data = bytes.data(), .type = view->type, .shape = {32, 32}};
        }
    }
    ThreadPool pool(1);
    const Inputs inputs(grouped);
    CpuBackbone one = makeBackbone(model, pool);
    CpuBackbone two(
        {.config = dense,
         .stride = stride,
         .parameters = std::make_shared<const cpu::BackboneParameters>(repeated, std::nullopt, pool)},
        pool);
    const ReplayPolicy policy = halfReplaying(one, inputs, TasDefinition::Official);
    const Run a = run(one, inputs, &policy), b = run(two, inputs, &policy);
    QCOMPARE(a.hidden, b.hidden);
    QCOMPARE(a.replays(), b.replays());
}

void TestCpuBackbone::anInfiniteThresholdChangesNothing()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(2);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    const ReplayPolicy never = uniform(infinity);
    const Run gated = run(backbone, inputs, &never);
    const Run dense = run(backbone, inputs, nullptr);
    QCOMPARE(gated.hidden, dense.hidden);
    QCOMPARE(gated.replays(), 0);
    QVERIFY(gated.at(stride, 0, 0, 2).decision == Decision::Computed);
    QVERIFY(dense.at(stride, 0, 0, 2).decision == Decision::NotEligible);
}

void TestCpuBackbone::aThresholdOfMinusInfinityReplaysAllThatCanBe()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(2);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    const ReplayPolicy always = uniform(-infinity);
    const Run result = run(backbone, inputs, &always);
    ReplayStatistics statistics(3, frames, stride);
    for (int token = 0; token < fedTokens; ++token)
        statistics.add(token, {result.outcome[static_cast<std::size_t>(token)].data(), 3, 2});
    QCOMPARE(statistics.all().ofEligible(), 1.0);
    QCOMPARE(statistics.all().ofAll(), ReplayStatistics::ceiling(frames, stride));
    QCOMPARE(statistics.all().ofAll(), ((frames - 1.0) * stride - 1.0) / (frames * stride - 1.0));
    QCOMPARE(statistics.ofFrame(0).eligible, 0);
    QCOMPARE(statistics.fullySkippedLayers(), std::int64_t{3} * (fedTokens - stride));
}

void TestCpuBackbone::theScoreIsMeasuredWithoutThresholds()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    const ReplayPolicy never = uniform(infinity);
    const Run without = run(backbone, inputs, nullptr);
    const Run with = run(backbone, inputs, &never);
    for (int token = 0; token < fedTokens; ++token) {
        for (int layer = 0; layer < 3; ++layer) {
            for (int row = 0; row < 2; ++row) {
                QCOMPARE(std::isnan(without.at(token, layer, row, 2).tas), token < stride);
                if (token >= stride)
                    QCOMPARE(without.at(token, layer, row, 2).tas, with.at(token, layer, row, 2).tas);
            }
        }
    }
}

void TestCpuBackbone::aLayerWithoutThresholdNeverReplays()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    ReplayPolicy policy = uniform(-infinity);
    policy.thresholds[1].reset();
    const Run result = run(backbone, inputs, &policy);
    for (int token = stride; token < fedTokens; ++token) {
        QVERIFY(result.at(token, 0, 0, 2).decision == Decision::Replayed);
        QVERIFY(result.at(token, 1, 0, 2).decision == Decision::NotEligible);
        QVERIFY(result.at(token, 2, 1, 2).decision == Decision::Replayed);
    }
}

/// Frame 1 computes, frame 2 replays frame 1's outputs, frame 3 computes again, frame 4 replays frame 3's.
void TestCpuBackbone::replaysChainUntilRecomputed()
{
    BackboneConfig config = smallConfig();
    config.layers = 1; // so that the residual stream shows the MLP's output
    const RandomBackbone model(config);
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    reference::ReferenceBackbone expected(config, stride, model.weights);
    const Inputs inputs(config);
    const ReplayPolicy always = uniform(-infinity, 1), never = uniform(infinity, 1);
    std::vector<float> state(32), embeddings(64);
    for (Backbone *b : {static_cast<Backbone *>(&backbone), static_cast<Backbone *>(&expected)}) {
        QVERIFY(b->begin(inputs.layout, 32, frames * stride));
        for (int row = 0; row < 2; ++row)
            QVERIFY(b->prefill(row, {inputs.prompts[static_cast<std::size_t>(row)].data(), 7, 32}, state));
    }
    for (int token = 0; token < fedTokens; ++token) {
        for (int row = 0; row < 2; ++row)
            std::copy_n(inputs.tokens[static_cast<std::size_t>(row)].data() + token * 32, 32,
                        embeddings.data() + row * 32);
        const int frame = token / stride;
        const StepInput input{.embeddings = {embeddings.data(), 2, 32},
                              .visualToken = token,
                              .policy = frame % 2 ? &always : &never,
                              .attention = {}};
        const Result<StepReport> a = backbone.step(input), e = expected.step(input);
        QVERIFY(a && e);
        QCOMPARE(a->outcome.row(0)[0].decision == Decision::Replayed, frame % 2 == 1);
        for (std::size_t i = 0; i < 64; ++i)
            QVERIFY(std::abs(a->hidden.all()[i] - e->hidden.all()[i]) < 1e-4f);
    }
}

void TestCpuBackbone::replayedWeightsStayUnread()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    const ReplayPolicy always = uniform(-infinity);
    const Run result = run(backbone, inputs, &always);
    const std::uint64_t attention = 3 * 4 * 32 * 32 * 4, mlp = 3 * 3 * 32 * 72 * 4;
    QCOMPARE(result.bytes[0], attention + mlp);
    QCOMPARE(result.bytes[stride], attention);
}

void TestCpuBackbone::aPolicyMayComeInTheMiddle()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    reference::ReferenceBackbone expected(model.config, stride, model.weights);
    const Inputs inputs(model.config);
    const ReplayPolicy always = uniform(-infinity);
    std::vector<float> state(32), embeddings(64);
    for (Backbone *b : {static_cast<Backbone *>(&backbone), static_cast<Backbone *>(&expected)}) {
        QVERIFY(b->begin(inputs.layout, 32, frames * stride));
        for (int row = 0; row < 2; ++row)
            QVERIFY(b->prefill(row, {inputs.prompts[static_cast<std::size_t>(row)].data(), 7, 32}, state));
    }
    for (int token = 0; token < 2 * stride + 3; ++token) {
        for (int row = 0; row < 2; ++row)
            std::copy_n(inputs.tokens[static_cast<std::size_t>(row)].data() + token * 32, 32,
                        embeddings.data() + row * 32);
        const StepInput input{.embeddings = {embeddings.data(), 2, 32},
                              .visualToken = token,
                              .policy = token < 2 * stride ? nullptr : &always,
                              .attention = {}};
        const Result<StepReport> a = backbone.step(input), e = expected.step(input);
        QVERIFY(a && e);
        for (std::size_t i = 0; i < 64; ++i)
            QVERIFY(std::abs(a->hidden.all()[i] - e->hidden.all()[i]) < 1e-4f);
    }
}

void TestCpuBackbone::threadsDoNotChangeABit()
{
    BackboneConfig config = smallConfig();
    config.hidden = 128; // several tiles per matrix
    config.intermediate = 700;
    config.headDim = 32;
    const RandomBackbone model(config, DType::BF16);
    const Inputs inputs(config, {4, 5});
    ThreadPool single(1), pair(2), five(5);
    CpuBackbone one = makeBackbone(model, single), two = makeBackbone(model, pair),
                many = makeBackbone(model, five);
    const ReplayPolicy policy = halfReplaying(one, inputs, TasDefinition::Official);
    const Run a = run(one, inputs, &policy);
    QVERIFY(a.replays() > 0);
    QCOMPARE(run(two, inputs, &policy).hidden, a.hidden);
    QCOMPARE(run(many, inputs, &policy).hidden, a.hidden);
}

void TestCpuBackbone::aVideoDoesNotNoticeItsNeighbour()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(2);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs first(model.config, {3}), second(model.config, {8}), both(model.config, {3, 8});
    const ReplayPolicy policy = halfReplaying(backbone, first, TasDefinition::Official);
    const Run a = run(backbone, first, &policy), b = run(backbone, second, &policy);
    const Run together = run(backbone, both, &policy);
    QVERIFY(a.replays() > 0 && b.replays() > 0);
    QCOMPARE(together.replays(), a.replays() + b.replays());
    for (std::size_t t = 0; t < together.hidden.size(); ++t) {
        // Rows: conditional a, conditional b, unconditional a, unconditional b.
        const std::vector<float> &h = together.hidden[t];
        const auto part = [&](const std::vector<float> &all, int row) {
            return std::vector<float>(all.begin() + row * 32, all.begin() + (row + 1) * 32);
        };
        QCOMPARE(part(h, 0), part(a.hidden[t], 0));
        QCOMPARE(part(h, 1), part(b.hidden[t], 0));
        QCOMPARE(part(h, 2), part(a.hidden[t], 1));
        QCOMPARE(part(h, 3), part(b.hidden[t], 1));
    }
}

void TestCpuBackbone::jointGatesDecideForBothRows_data()
{
    QTest::addColumn<GateMode>("mode");
    for (const GateMode mode : {GateMode::All, GateMode::Conditional, GateMode::Mean})
        QTest::addRow("%s", toString(mode).c_str()) << mode;
}

void TestCpuBackbone::jointGatesDecideForBothRows()
{
    QFETCH(GateMode, mode);
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    reference::ReferenceBackbone expected(model.config, stride, model.weights);
    const Inputs inputs(model.config);
    ReplayPolicy policy = halfReplaying(backbone, inputs, TasDefinition::Official);
    policy.gate = mode;
    const Run result = run(backbone, inputs, &policy);
    for (int token = 0; token < fedTokens; ++token)
        for (int layer = 0; layer < 3; ++layer)
            QVERIFY(result.at(token, layer, 0, 2).decision == result.at(token, layer, 1, 2).decision);
    QVERIFY(result.replays() > 0);
    compareRuns(result, run(expected, inputs, &policy));
}

void TestCpuBackbone::aNarrowWindowKeepsTheScore()
{
    // In the first layer the score depends on the inputs alone, so a window must not change it.
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    const Run full = run(backbone, inputs, nullptr);
    const Run narrow = run(backbone, inputs, nullptr, {.windowed = true, .sinks = 0, .window = 2});
    for (int token = stride; token < fedTokens; ++token)
        QCOMPARE(narrow.at(token, 0, 0, 2).tas, full.at(token, 0, 0, 2).tas);
    QVERIFY(narrow.hidden.back() != full.hidden.back());
}

void TestCpuBackbone::aPromptIsTheSameInOnePieceOrTokenByToken()
{
    BackboneConfig config = smallConfig();
    const RandomBackbone model(config);
    ThreadPool pool(2);
    CpuBackbone backbone = makeBackbone(model, pool);
    // Longer than what runs through the layers at a time.
    std::vector<float> prompt = RandomWeights(DType::F32, 77).floats(101 * 32);
    std::vector<float> whole(32), all(101 * 32), steps(32);
    const RowLayout layout{.videos = 1, .guided = false};
    QVERIFY(backbone.begin(layout, 101, 50));
    QVERIFY(backbone.prefill(0, {prompt.data(), 101, 32}, whole, {all.data(), 101, 32}));
    QCOMPARE(std::vector<float>(all.end() - 32, all.end()), whole);

    QVERIFY(backbone.begin(layout, 101, 50));
    QVERIFY(backbone.prefill(0, {prompt.data(), 60, 32}, steps));
    QCOMPARE(steps, std::vector<float>(all.begin() + 59 * 32, all.begin() + 60 * 32));
    for (int token = 0; token < 41; ++token) {
        const Result<StepReport> report =
            backbone.step({.embeddings = {prompt.data() + (60 + token) * 32, 1, 32},
                           .visualToken = token,
                           .policy = nullptr,
                           .attention = {}});
        QVERIFY(report);
        const auto hidden = report->hidden.row(0);
        const auto expected = all.begin() + (60 + token) * 32;
        QCOMPARE(std::vector<float>(hidden.begin(), hidden.end()),
                 std::vector<float>(expected, expected + 32));
    }
}

void TestCpuBackbone::storedFormsOfWeightsGiveTheSameNumbers()
{
    const Inputs inputs(smallConfig());
    ThreadPool pool(2);
    std::vector<std::vector<std::vector<float>>> results;
    for (const DType type : {DType::F32, DType::F16, DType::BF16}) {
        const RandomBackbone model(smallConfig(), type); // the same numbers, exact in all three
        CpuBackbone backbone = makeBackbone(model, pool);
        results.push_back(run(backbone, inputs, nullptr).hidden);
    }
    for (const auto &result : results)
        QCOMPARE(result, results.front());
}

void TestCpuBackbone::beginForgetsEverything()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone used = makeBackbone(model, pool), fresh = makeBackbone(model, pool);
    const Inputs first(model.config, {3}), second(model.config, {8});
    const ReplayPolicy always = uniform(-infinity);
    run(used, first, &always);
    const Run again = run(used, second, &always);
    QCOMPARE(again.hidden, run(fresh, second, &always).hidden);
    QVERIFY(again.at(0, 0, 0, 2).decision == Decision::NotEligible);
}

void TestCpuBackbone::nothingIsAllocatedAfterBegin()
{
    if (!AllocationCount::possible)
        QSKIP("a sanitizer has the allocator");
    const RandomBackbone model(smallConfig(), DType::BF16);
    ThreadPool pool(2);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Inputs inputs(model.config);
    const ReplayPolicy policy = halfReplaying(backbone, inputs, TasDefinition::Paper);
    std::vector<float> state(32), embeddings(64);
    QVERIFY(backbone.begin(inputs.layout, 40, frames * stride));
    const AllocationCount allocations;
    bool fine = true;
    for (int row = 0; row < 2; ++row)
        fine =
            fine &&
            backbone.prefill(row, {inputs.prompts[static_cast<std::size_t>(row)].data(), 7, 32}, state).ok();
    for (int token = 0; token < fedTokens; ++token) {
        std::copy_n(inputs.tokens[0].data() + token * 32, 32, embeddings.data());
        fine = fine && backbone
                           .step({.embeddings = {embeddings.data(), 2, 32},
                                  .visualToken = token,
                                  .policy = &policy,
                                  .attention = {}})
                           .ok();
    }
    const std::int64_t count = allocations.sofar();
    QVERIFY(fine);
    QCOMPARE(count, 0);
}

void TestCpuBackbone::tooManyPositionsAreRefused()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    QVERIFY(backbone.begin({}, 56, 200));
    const Result<void> refused = backbone.begin({}, 57, 200);
    QVERIFY(!refused);
    for (const char *word : {"57", "200", "257", "256"})
        QVERIFY2(refused.error().message.find(word) != std::string::npos, word);
}

void TestCpuBackbone::moreMemoryThanThereIsIsRefused()
{
    BackboneConfig config = smallConfig();
    config.maxPositions = 2'000'000'000;
    const RandomBackbone model(config);
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    const Result<void> refused = backbone.begin({.videos = 100, .guided = true}, 10, 1'900'000'000);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("GiB") != std::string::npos);
    QVERIFY(backbone.begin({}, 10, 10)); // and it can be used after that
}

void TestCpuBackbone::callsOutOfOrderAreRefused()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    std::vector<float> prompt(7 * 32, 0.5f), state(32), embeddings(64, 0.25f);
    StepInput input{
        .embeddings = {embeddings.data(), 2, 32}, .visualToken = 0, .policy = nullptr, .attention = {}};
    QVERIFY(!backbone.step(input));
    QVERIFY(!backbone.prefill(0, {prompt.data(), 7, 32}, state));
    QVERIFY(backbone.begin({}, 7, 12));
    QVERIFY(backbone.prefill(0, {prompt.data(), 7, 32}, state));
    QVERIFY(!backbone.step(input)); // row 1 has no prompt
    QVERIFY(backbone.prefill(1, {prompt.data(), 5, 32}, state));
    QVERIFY(!backbone.prefill(2, {prompt.data(), 5, 32}, state));
    QVERIFY(!backbone.prefill(1, {prompt.data(), 8, 28}, state));
    input.visualToken = 1;
    QVERIFY(!backbone.step(input));
    input.visualToken = 0;
    const ReplayPolicy wrong = uniform(0.0f, 2);
    input.policy = &wrong;
    QVERIFY(!backbone.step(input));
    input.policy = nullptr;
    QVERIFY(backbone.step(input));
    QVERIFY(!backbone.prefill(1, {prompt.data(), 5, 32}, state));
}

QTEST_APPLESS_MAIN(TestCpuBackbone)
#include "test_cpu_backbone.moc"

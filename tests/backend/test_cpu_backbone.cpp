// SPDX-License-Identifier: Apache-2.0
//
// The processor's backbone against the one that is written as the description reads, and what it promises.
#include "engine/backend/reference/reference_backbone.h"
#include "tests/backend/backbone_runs.h"
#include "tests/backend/counted_allocations.h"

#include <QTest>

using namespace fastcar;
using namespace fastcar::runs;
using cpu::CpuBackbone;

class TestCpuBackbone : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheReference_data();
    void agreesWithTheReference();
    void groupedQueriesEqualRepeatedKeys();
    void threadsDoNotChangeABit();
    void longContextsAreTheSameOnAnyThreadsAndBesideAnyRow();
    void aVideoDoesNotNoticeItsNeighbour();
    void aNarrowWindowKeepsTheScore();
    void aPromptIsTheSameInOnePieceOrTokenByToken();
    void storedFormsOfWeightsGiveTheSameNumbers();
    void keysAndValuesMayBeKeptInFewerBits_data();
    void keysAndValuesMayBeKeptInFewerBits();
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

/// A context of some hundred positions is cut into parts, of which a shorter row beside it has fewer.
void TestCpuBackbone::longContextsAreTheSameOnAnyThreadsAndBesideAnyRow()
{
    BackboneConfig config = smallConfig();
    config.kvHeads = 2;
    config.maxPositions = 512;
    QVERIFY(cpu::contextParts(400, 2) > cpu::contextParts(270, 2) && cpu::contextParts(270, 2) > 1);
    const RandomBackbone model(config, DType::F16);
    const std::vector<float> numbers = RandomWeights(DType::F32, 5).floats(420 * 32);
    constexpr int steps = 9;
    // Hidden states of the steps behind prompts of these lengths, a row each.
    const auto hiddenStates = [&](ThreadPool &pool, const std::vector<int> &lengths) {
        CpuBackbone backbone = makeBackbone(model, pool, std::nullopt, DType::F16);
        const auto rows = static_cast<std::int64_t>(lengths.size());
        if (!backbone.begin({.videos = static_cast<int>(rows), .guided = false}, 400, steps))
            qFatal("begin() failed");
        std::vector<float> state(32);
        for (std::size_t row = 0; row < lengths.size(); ++row)
            if (!backbone.prefill(static_cast<int>(row), {numbers.data(), lengths[row], 32}, state))
                qFatal("prefill() failed");
        std::vector<std::vector<float>> all(lengths.size());
        for (int token = 0; token < steps; ++token) {
            std::vector<float> inputs;
            for (std::int64_t row = 0; row < rows; ++row)
                inputs.insert(inputs.end(), numbers.begin() + (410 + token) * 32,
                              numbers.begin() + (411 + token) * 32);
            const Result<StepReport> report = backbone.step({.embeddings = {inputs.data(), rows, 32},
                                                             .visualToken = token,
                                                             .policy = nullptr,
                                                             .attention = {}});
            if (!report)
                qFatal("step() failed");
            for (std::int64_t row = 0; row < rows; ++row) {
                const auto hidden = report->hidden.row(row);
                std::vector<float> &to = all[static_cast<std::size_t>(row)];
                to.insert(to.end(), hidden.begin(), hidden.end());
            }
        }
        return all;
    };

    ThreadPool single(1), pair(2), five(5);
    const auto expected = hiddenStates(single, {400, 270, 20});
    QCOMPARE(hiddenStates(pair, {400, 270, 20}), expected);
    QCOMPARE(hiddenStates(five, {400, 270, 20}), expected);
    for (std::size_t row = 0; row < expected.size(); ++row)
        QCOMPARE(hiddenStates(pair, {std::array{400, 270, 20}[row]}).front(), expected[row]);
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

/// A key or value is off by 2^-11 of it at the most in f16, in 8 bits by 1/254 of the greatest of its head:
/// 0.002 and 0.02 of the greatest number here, 5, for each.
void TestCpuBackbone::keysAndValuesMayBeKeptInFewerBits_data()
{
    QTest::addColumn<DType>("type");
    QTest::addColumn<double>("bound");
    QTest::newRow("f16") << DType::F16 << 0.005;
    QTest::newRow("8 bits") << DType::I8 << 0.05;
}

void TestCpuBackbone::keysAndValuesMayBeKeptInFewerBits()
{
    QFETCH(DType, type);
    QFETCH(double, bound);
    const Inputs inputs(smallConfig());
    const RandomBackbone model(smallConfig(), DType::F16);
    ThreadPool pool(2);
    CpuBackbone whole = makeBackbone(model, pool);
    CpuBackbone fewer = makeBackbone(model, pool, std::nullopt, type);
    const Run f32 = run(whole, inputs, nullptr), kept = run(fewer, inputs, nullptr);
    double farthest = 0.0;
    for (std::size_t step = 0; step < f32.hidden.size(); ++step)
        for (std::size_t i = 0; i < f32.hidden[step].size(); ++i)
            farthest =
                std::max(farthest, std::abs(static_cast<double>(f32.hidden[step][i]) - kept.hidden[step][i]));
    QVERIFY(farthest > 0.0 && farthest < bound);
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

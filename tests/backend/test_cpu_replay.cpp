// SPDX-License-Identifier: Apache-2.0
//
// What replay does within the processor's backbone, and against the one that is written as the description
// reads.
#include "engine/backend/reference/reference_backbone.h"
#include "engine/replay/replay_statistics.h"
#include "tests/backend/backbone_runs.h"

#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::runs;
using cpu::CpuBackbone;

class TestCpuReplay : public QObject {
    Q_OBJECT

private slots:
    void anInfiniteThresholdChangesNothing();
    void aThresholdOfMinusInfinityReplaysAllThatCanBe();
    void theScoreIsMeasuredWithoutThresholds();
    void aLayerWithoutThresholdNeverReplays();
    void replaysChainUntilRecomputed();
    void replayedWeightsStayUnread();
    void aPolicyMayComeInTheMiddle();
    void jointGatesDecideForBothRows_data();
    void jointGatesDecideForBothRows();
};

void TestCpuReplay::anInfiniteThresholdChangesNothing()
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

void TestCpuReplay::aThresholdOfMinusInfinityReplaysAllThatCanBe()
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

void TestCpuReplay::theScoreIsMeasuredWithoutThresholds()
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

void TestCpuReplay::aLayerWithoutThresholdNeverReplays()
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
void TestCpuReplay::replaysChainUntilRecomputed()
{
    BackboneConfig config = smallConfig();
    config.layers = 1; // so that the residual stream shows the MLP's output
    const RandomBackbone model(config);
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    reference::ReferenceBackbone expected(config, stride, model.weights);
    const Inputs inputs(config);
    const ReplayPolicy always = uniform(-infinity, 1), never = uniform(infinity, 1);
    const auto replays = [](int token) { return token / stride % 2 == 1; };
    const PolicyOf policyOf = [&](int token) { return replays(token) ? &always : &never; };
    const Run result = run(backbone, inputs, policyOf);
    for (int token = 0; token < fedTokens; ++token)
        QCOMPARE(result.at(token, 0, 0, 2).decision == Decision::Replayed, replays(token));
    compareRuns(result, run(expected, inputs, policyOf));
}

void TestCpuReplay::replayedWeightsStayUnread()
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

void TestCpuReplay::aPolicyMayComeInTheMiddle()
{
    const RandomBackbone model(smallConfig());
    ThreadPool pool(1);
    CpuBackbone backbone = makeBackbone(model, pool);
    reference::ReferenceBackbone expected(model.config, stride, model.weights);
    const Inputs inputs(model.config);
    const ReplayPolicy always = uniform(-infinity);
    const PolicyOf policyOf = [&](int token) { return token < 2 * stride ? nullptr : &always; };
    const Run result = run(backbone, inputs, policyOf);
    QVERIFY(result.at(2 * stride, 0, 0, 2).decision == Decision::Replayed);
    compareRuns(result, run(expected, inputs, policyOf));
}

void TestCpuReplay::jointGatesDecideForBothRows_data()
{
    QTest::addColumn<GateMode>("mode");
    for (const GateMode mode : {GateMode::All, GateMode::Conditional, GateMode::Mean})
        QTest::addRow("%s", toString(mode).c_str()) << mode;
}

void TestCpuReplay::jointGatesDecideForBothRows()
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

QTEST_APPLESS_MAIN(TestCpuReplay)
#include "test_cpu_replay.moc"

// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/replay_statistics.h"

#include <QTest>

#include <vector>

using namespace fastcar;

namespace {

/// Two layers of two rows from letters: R replayed, C computed, - not eligible.
std::vector<LayerOutcome> outcome(const char *letters)
{
    std::vector<LayerOutcome> rows;
    for (; *letters; ++letters)
        rows.push_back({.tas = 0.0f,
                        .decision = *letters == 'R'   ? Decision::Replayed
                                    : *letters == 'C' ? Decision::Computed
                                                      : Decision::NotEligible});
    return rows;
}

} // namespace

class TestReplayStatistics : public QObject {
    Q_OBJECT

private slots:
    void callsAreCountedByLayerAndFrame();
    void skippedLayersNeedEveryRow();
    void emptyCountsHaveRatioZero();
    void theCeilingLeavesOutTheFirstFrame();
};

void TestReplayStatistics::callsAreCountedByLayerAndFrame()
{
    ReplayStatistics statistics(2, 2, 3);
    const std::vector<LayerOutcome> first = outcome("----"), mixed = outcome("RC-R"), all = outcome("RRRR");
    for (int token = 0; token < 3; ++token)
        statistics.add(token, {first.data(), 2, 2});
    statistics.add(3, {mixed.data(), 2, 2});
    statistics.add(4, {all.data(), 2, 2});

    QCOMPARE(statistics.at(0, 0), (ReplayCount{.replayed = 0, .eligible = 0, .total = 6}));
    QCOMPARE(statistics.at(0, 1), (ReplayCount{.replayed = 3, .eligible = 4, .total = 4}));
    QCOMPARE(statistics.at(1, 1), (ReplayCount{.replayed = 3, .eligible = 3, .total = 4}));
    QCOMPARE(statistics.ofLayer(0), (ReplayCount{.replayed = 3, .eligible = 4, .total = 10}));
    QCOMPARE(statistics.ofFrame(1), (ReplayCount{.replayed = 6, .eligible = 7, .total = 8}));
    QCOMPARE(statistics.all(), (ReplayCount{.replayed = 6, .eligible = 7, .total = 20}));
    QCOMPARE(statistics.all().ofEligible(), 6.0 / 7.0);
    QCOMPARE(statistics.all().ofAll(), 0.3);
}

void TestReplayStatistics::skippedLayersNeedEveryRow()
{
    ReplayStatistics statistics(2, 1, 4);
    const std::vector<LayerOutcome> half = outcome("RRRC"), all = outcome("RRRR");
    statistics.add(0, {half.data(), 2, 2});
    statistics.add(1, {all.data(), 2, 2});
    QCOMPARE(statistics.fullySkippedLayers(), 3);
    QCOMPARE(statistics.layerSteps(), 4);
}

void TestReplayStatistics::emptyCountsHaveRatioZero()
{
    QCOMPARE(ReplayCount{}.ofEligible(), 0.0);
    QCOMPARE(ReplayCount{}.ofAll(), 0.0);
    QCOMPARE(ReplayStatistics().all(), ReplayCount{});
}

void TestReplayStatistics::theCeilingLeavesOutTheFirstFrame()
{
    QCOMPARE(ReplayStatistics::ceiling(8, 256), 1791.0 / 2047.0);
    QCOMPARE(ReplayStatistics::ceiling(4, 16), 47.0 / 63.0);
    QCOMPARE(ReplayStatistics::ceiling(1, 256), 0.0);
}

QTEST_APPLESS_MAIN(TestReplayStatistics)
#include "test_replay_statistics.moc"

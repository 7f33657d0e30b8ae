// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/gate.h"

#include <QTest>

#include <limits>

using namespace fastcar;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

/// Decisions as letters: R replayed, C computed, - not eligible.
QByteArray decisions(GateMode mode, std::optional<float> threshold, RowLayout layout,
                     const std::vector<float> &scores, bool hasEarlierFrame = true)
{
    std::vector<LayerOutcome> rows;
    for (const float tas : scores)
        rows.push_back({.tas = tas, .decision = Decision::NotEligible});
    decide(mode, threshold, hasEarlierFrame, layout, rows);
    QByteArray letters;
    for (const LayerOutcome &row : rows)
        letters += row.decision == Decision::Replayed ? 'R' : row.decision == Decision::Computed ? 'C' : '-';
    return letters;
}

constexpr RowLayout onePair{.videos = 1, .guided = true};
constexpr RowLayout twoPairs{.videos = 2, .guided = true};
constexpr RowLayout threePlain{.videos = 3, .guided = false};

} // namespace

class TestGate : public QObject {
    Q_OBJECT

private slots:
    void theComparisonIsStrict();
    void infiniteThresholdsDecideAlone();
    void aScoreThatIsNotANumberNeverReplays();
    void withoutThresholdOrEarlierFrameNothingIsEligible();
    void rowsDecideForThemselves();
    void allMeansAllRowsOfTheStep();
    void theConditionalRowDecidesForItsVideo();
    void theMeanDecidesForItsVideo();
    void unguidedVideosHaveOneRowEach();
};

void TestGate::theComparisonIsStrict()
{
    QVERIFY(!exceeds(-4.0f, -4.0f));
    QVERIFY(exceeds(std::nextafter(-4.0f, 0.0f), -4.0f));
    QVERIFY(!exceeds(-4.5f, -4.0f));
}

void TestGate::infiniteThresholdsDecideAlone()
{
    for (const float tas : {-infinity, -3.0f, 0.0f, infinity}) {
        QVERIFY(exceeds(tas, -infinity));
        QVERIFY(!exceeds(tas, infinity));
    }
    QVERIFY(exceeds(notANumber, -infinity));
    QVERIFY(!exceeds(notANumber, infinity));
}

void TestGate::aScoreThatIsNotANumberNeverReplays()
{
    QVERIFY(!exceeds(notANumber, -1e30f));
    QCOMPARE(decisions(GateMode::Mean, 0.0f, onePair, {notANumber, 5.0f}), QByteArray("CC"));
}

void TestGate::withoutThresholdOrEarlierFrameNothingIsEligible()
{
    for (const GateMode mode : {GateMode::Row, GateMode::All, GateMode::Conditional, GateMode::Mean}) {
        QCOMPARE(decisions(mode, std::nullopt, onePair, {5.0f, 5.0f}), QByteArray("--"));
        QCOMPARE(decisions(mode, -infinity, onePair, {notANumber, notANumber}, false), QByteArray("--"));
    }
}

void TestGate::rowsDecideForThemselves()
{
    QCOMPARE(decisions(GateMode::Row, 0.0f, twoPairs, {1.0f, -1.0f, -1.0f, 1.0f}), QByteArray("RCCR"));
}

void TestGate::allMeansAllRowsOfTheStep()
{
    QCOMPARE(decisions(GateMode::All, 0.0f, twoPairs, {1.0f, 1.0f, 1.0f, 1.0f}), QByteArray("RRRR"));
    QCOMPARE(decisions(GateMode::All, 0.0f, twoPairs, {1.0f, 1.0f, 0.0f, 1.0f}), QByteArray("CCCC"));
}

void TestGate::theConditionalRowDecidesForItsVideo()
{
    // Rows: conditional 0, conditional 1, unconditional 0, unconditional 1.
    QCOMPARE(decisions(GateMode::Conditional, 0.0f, twoPairs, {1.0f, -1.0f, -9.0f, 9.0f}),
             QByteArray("RCRC"));
}

void TestGate::theMeanDecidesForItsVideo()
{
    QCOMPARE(decisions(GateMode::Mean, 0.0f, twoPairs, {1.0f, 1.0f, -2.0f, -0.5f}), QByteArray("CRCR"));
    QCOMPARE(decisions(GateMode::Mean, 0.5f, onePair, {2.0f, -1.0f}), QByteArray("CC")); // strict here too
}

void TestGate::unguidedVideosHaveOneRowEach()
{
    for (const GateMode mode : {GateMode::Row, GateMode::Conditional, GateMode::Mean})
        QCOMPARE(decisions(mode, 0.0f, threePlain, {1.0f, -1.0f, 2.0f}), QByteArray("RCR"));
    QCOMPARE(decisions(GateMode::All, 0.0f, threePlain, {1.0f, -1.0f, 2.0f}), QByteArray("CCC"));
}

QTEST_APPLESS_MAIN(TestGate)
#include "test_gate.moc"

// SPDX-License-Identifier: Apache-2.0
//
// The pyramid against the plain loop over a trace's steps, at every scale and while the trace grows.
#include "engine/trace/decision_pyramid.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace fastcar;

namespace {

constexpr TraceShape longShape{.layers = 2,
                               .rows = 2,
                               .videos = 1,
                               .depth = 1,
                               .stride = 7,
                               .gridHeight = 1,
                               .gridWidth = 7,
                               .frames = 150};

/// Every place its own; a layer's first row replays for frames on end, and some scores are no numbers.
LayerOutcome outcomeAt(int step, int layer, int row)
{
    if (step < longShape.stride)
        return {std::numeric_limits<float>::quiet_NaN(), Decision::NotEligible};
    const int mixed = (step * 131 + layer * 29 + row * 17) % 101;
    const float tas = mixed == 100  ? std::numeric_limits<float>::infinity()
                      : mixed == 99 ? std::numeric_limits<float>::quiet_NaN()
                                    : 0.125f * static_cast<float>(mixed) - 3.0f;
    if (layer == 1 && row == 1 && step > 500)
        return {tas, Decision::NotEligible};
    const bool replays = row == 0 ? (step / longShape.stride) % 9 != 0 : mixed % 2 == 0;
    return {tas, replays ? Decision::Replayed : Decision::Computed};
}

void appendToken(Trace &trace)
{
    const auto token = static_cast<std::uint32_t>(trace.tokens());
    for (int layer = 0; token > 0 && layer < longShape.layers; ++layer)
        for (int row = 0; row < longShape.rows; ++row) {
            const LayerOutcome outcome = outcomeAt(static_cast<int>(token) - 1, layer, row);
            trace.append({.kind = Event::Kind::LayerOutcome,
                          .decision = outcome.decision,
                          .layer = static_cast<std::uint16_t>(layer),
                          .row = static_cast<std::uint16_t>(row),
                          .token = token - 1,
                          .tas = outcome.tas});
        }
    trace.append({.kind = Event::Kind::CodeDrawn, .token = token});
    trace.append({.kind = Event::Kind::TokenDone, .token = token});
}

Trace traceOf(int tokens)
{
    Trace trace(longShape, {});
    while (trace.tokens() < tokens)
        appendToken(trace);
    return trace;
}

/// As docs/replay.md tells it: how often in a row the position's output was replayed.
int chainAt(int step, int layer, int row)
{
    int chain = 0;
    for (; step >= 0 && outcomeAt(step, layer, row).decision == Decision::Replayed; step -= longShape.stride)
        ++chain;
    return chain;
}

DecisionSummary plainly(StepRange range, int layer, int row)
{
    DecisionSummary sum;
    for (int step = range.begin; step < range.end; ++step)
        sum.add(outcomeAt(step, layer, row), chainAt(step, layer, row));
    return sum;
}

} // namespace

class TestDecisionPyramid : public QObject {
    Q_OBJECT

private slots:
    void aSummaryTellsWhatItsStepsDid()
    {
        const DecisionSummary sum = plainly({3, 500}, 1, 1);
        int replayed = 0;
        int scored = 0;
        double tas = 0.0;
        for (int step = 3; step < 500; ++step) {
            const LayerOutcome outcome = outcomeAt(step, 1, 1);
            replayed += outcome.decision == Decision::Replayed;
            if (std::isfinite(outcome.tas)) {
                ++scored;
                tas += static_cast<double>(outcome.tas);
            }
        }
        QCOMPARE(sum.steps, 497);
        QCOMPARE(sum.notEligible(), 4); // of frame 0
        QCOMPARE(sum.replayed, replayed);
        QCOMPARE(sum.computed(), 493 - replayed);
        QCOMPARE(sum.scored, scored);
        QVERIFY(scored < 493); // infinite scores and none are left out
        QCOMPARE(sum.meanTas(), static_cast<float>(tas / scored));
        QCOMPARE(sum.lowestTas, -3.0f);
        QCOMPARE(sum.highestTas, 0.125f * 98 - 3.0f);
        QVERIFY(std::isnan(DecisionSummary{}.meanTas()));
    }

    void chainsCountReplaysOfAPosition()
    {
        const Trace trace = traceOf(1050);
        DecisionPyramid pyramid(longShape);
        pyramid.append(trace);
        for (int step = 0; step < trace.steps(); ++step)
            for (int layer = 0; layer < longShape.layers; ++layer)
                for (int row = 0; row < longShape.rows; ++row)
                    QCOMPARE(pyramid.chain(step, layer, row), chainAt(step, layer, row));
        QCOMPARE(pyramid.chain(8 * longShape.stride, 0, 0), 8); // frames 1 to 8
        QCOMPARE(pyramid.chain(9 * longShape.stride, 0, 0), 0); // computed in frame 9
    }

    void aStretchIsTheSumOfItsSteps()
    {
        const Trace trace = traceOf(1050);
        DecisionPyramid pyramid(longShape);
        pyramid.append(trace);
        for (int begin = 0; begin <= trace.steps(); begin += 13)
            for (int end = begin; end <= trace.steps(); end += 31)
                QVERIFY2(pyramid.over(trace, {begin, end}, 1, 0) == plainly({begin, end}, 1, 0),
                         qPrintable(QString("%1 to %2").arg(begin).arg(end)));
        // What is not there yet counts nothing.
        QVERIFY(pyramid.over(trace, {1000, 5000}, 0, 1) == plainly({1000, 1049}, 0, 1));
        QVERIFY(pyramid.over(trace, {5000, 6000}, 0, 1) == DecisionSummary{});
    }

    void sharesAreTheSumsOfManyTracksAtOnce()
    {
        const Trace trace = traceOf(1050);
        DecisionPyramid pyramid(longShape);
        pyramid.append(trace);
        const std::array places{std::pair(1, 1), std::pair(0, 0), std::pair(1, 0)};
        std::vector<std::size_t> tracks;
        for (const auto &[layer, row] : places)
            tracks.push_back(pyramid.track(layer, row));
        std::vector<DecisionShares> shares(places.size());
        for (int begin = 0; begin <= trace.steps() + 20; begin += 11)
            for (const int length : {1, 3, 40, 700}) {
                pyramid.shares(trace, {begin, begin + length}, tracks, shares);
                for (std::size_t i = 0; i < places.size(); ++i) {
                    const DecisionSummary sum =
                        pyramid.over(trace, {begin, begin + length}, places[i].first, places[i].second);
                    const DecisionShares expected{.steps = sum.steps,
                                                  .replayed = sum.replayed,
                                                  .computed = sum.computed(),
                                                  .longestChain = sum.longestChain};
                    QVERIFY2(shares[i] == expected,
                             qPrintable(QString("%1 and %2 on").arg(begin).arg(length)));
                }
            }
    }

    void itGrowsWithItsTrace()
    {
        Trace trace(longShape, {});
        DecisionPyramid pyramid(longShape);
        for (int tokens = 1; tokens <= 301; ++tokens) {
            appendToken(trace);
            if (tokens % 3 != 1)
                continue; // sometimes one step came, sometimes several
            pyramid.append(trace);
            QCOMPARE(pyramid.steps(), trace.steps());
            QVERIFY(pyramid.over(trace, {0, trace.steps()}, 1, 1) == plainly({0, trace.steps()}, 1, 1));
        }
        DecisionPyramid atOnce(longShape);
        atOnce.append(trace);
        std::vector<DecisionSummary> grown(11);
        std::vector<DecisionSummary> filled(11);
        pyramid.fill(trace, {0, 300}, 0, 0, grown);
        atOnce.fill(trace, {0, 300}, 0, 0, filled);
        QVERIFY(grown == filled);
    }

    void everyStepIsInOnePixel_data()
    {
        QTest::addColumn<int>("begin");
        QTest::addColumn<int>("end");
        QTest::addColumn<int>("pixels");
        QTest::newRow("a step a pixel") << 100 << 400 << 300;
        QTest::newRow("some steps a pixel") << 100 << 1000 << 77;
        QTest::newRow("a stretch a pixel") << 0 << 1049 << 60;
        QTest::newRow("many a pixel") << 0 << 1049 << 5;
        QTest::newRow("one pixel") << 0 << 1049 << 1;
        QTest::newRow("steps to come") << 0 << 100'000 << 50;
    }

    void everyStepIsInOnePixel()
    {
        QFETCH(int, begin);
        QFETCH(int, end);
        QFETCH(int, pixels);
        const Trace trace = traceOf(1050);
        DecisionPyramid pyramid(longShape);
        pyramid.append(trace);
        std::vector<DecisionSummary> filled(static_cast<std::size_t>(pixels));
        pyramid.fill(trace, {begin, end}, 0, 1, filled);
        DecisionSummary sum;
        for (const DecisionSummary &pixel : filled)
            sum += pixel;
        const int width = (end - begin) / pixels;
        const DecisionSummary whole = plainly({begin, std::min(end, 1049)}, 0, 1);
        if (begin % 16 == 0 || width < 16) {
            QVERIFY(sum == whole);
        } else {
            QVERIFY(sum.steps >= whole.steps && sum.steps <= whole.steps + 2 * width);
        }
        // Each pixel is less than one off its place.
        int before = begin;
        for (std::size_t i = 0; i < filled.size(); ++i) {
            const auto place = begin + static_cast<int>(static_cast<qint64>(i) * (end - begin) / pixels);
            if (place < 1049)
                QVERIFY2(std::abs(before - place) <= width, qPrintable(QString::number(i)));
            before += filled[i].steps;
        }
    }

    void aStepFillsAllPixelsThatLieInIt()
    {
        const Trace trace = traceOf(60);
        DecisionPyramid pyramid(longShape);
        pyramid.append(trace);
        std::vector<DecisionSummary> filled(40);
        pyramid.fill(trace, {50, 60}, 0, 0, filled); // four pixels a step; step 59 is to come
        for (std::size_t i = 0; i < 36; ++i)
            QVERIFY(filled[i] == plainly({50 + int(i) / 4, 51 + int(i) / 4}, 0, 0));
        for (std::size_t i = 36; i < 40; ++i)
            QCOMPARE(filled[i].steps, 0);
    }

    void anEmptyTraceGivesEmptyPixels()
    {
        DecisionPyramid pyramid(longShape);
        const Trace trace(longShape, {});
        pyramid.append(trace);
        std::vector<DecisionSummary> filled(3, plainly({0, 9}, 0, 0));
        pyramid.fill(trace, {0, 1000}, 0, 0, filled);
        QVERIFY(filled == std::vector<DecisionSummary>(3));
        QVERIFY(pyramid.over(trace, {0, 1000}, 0, 0) == DecisionSummary{});
    }
};

QTEST_APPLESS_MAIN(TestDecisionPyramid)
#include "test_decision_pyramid.moc"

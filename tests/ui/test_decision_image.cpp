// SPDX-License-Identifier: Apache-2.0
//
// What the timeline of decisions paints, and where: against a plain reading of the run.
#include "tests/ui/mixed_run.h"
#include "ui/theme/decision_colors.h"
#include "ui/theme/theme.h"
#include "ui/timeline/decision_image.h"
#include "ui/timeline/decision_layout.h"

#include <QApplication>
#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

/// What a pixel of the timeline has to be, counted step by step.
QRgb expectedColor(StepRange tokens, int layer, int row, int steps)
{
    const DecisionColors &colors = decisionColors();
    int there = 0, replayed = 0, computed = 0, longest = 0;
    for (int step = std::max(0, tokens.begin); step < std::min(tokens.end, steps); ++step) {
        const LayerOutcome outcome = MixedRun::outcome(step, layer, row);
        ++there;
        replayed += outcome.decision == Decision::Replayed;
        computed += outcome.decision == Decision::Computed;
        longest = std::max(longest, MixedRun::chain(step, layer, row));
    }
    if (there == 0)
        return colors.ground;
    const QRgb replay = colors.replayed(longest, MixedRun::frames - 1);
    const auto channel = [&](int (*of)(QRgb)) {
        return (of(replay) * replayed + of(colors.computed) * computed +
                of(colors.notEligible) * (there - replayed - computed)) /
               there;
    };
    return qRgb(channel(qRed), channel(qGreen), channel(qBlue));
}

DecisionImage::View viewOf(double begin, double tokensPerPixel, int width)
{
    DecisionImage::View view;
    view.columns = TokenColumns(begin, tokensPerPixel);
    view.width = width;
    view.height = 40;
    view.colors = &decisionColors();
    for (int layer = 0; layer < MixedRun::layers; ++layer)
        for (int row = 0; row < MixedRun::rows; ++row)
            view.lanes.push_back({.layer = layer, .row = row, .top = layer * 8 + row * 3, .height = 3});
    return view;
}

} // namespace

class TestDecisionImage : public QObject, private ViewsOfMixedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { begin(); }
    void cleanup() { end(); }

    void theRangeOfTokensZoomsAroundAPlaceAndStaysInTheVideo();
    void revealingMovesNoFartherThanItMust();
    void columnsHoldTheSameTokensWhereverTheScreenBegins();
    void everyTokenLiesInOneColumn();
    void lanesFitTheHeightOrAreScrolledTo();
    void thePictureIsWhatTheTraceSays_data();
    void thePictureIsWhatTheTraceSays();
    void aRunThatGoesOnPaintsItsNewTokensAlone();
    void movingPaintsWhatComesIntoViewAlone();
};

void TestDecisionImage::theRangeOfTokensZoomsAroundAPlaceAndStaysInTheVideo()
{
    TokenRange range;
    range.setTokens(4096);
    int changes = 0;
    connect(&range, &TokenRange::changed, this, [&] { ++changes; });
    range.zoom(0.25, 1000.0);
    QCOMPARE(range.axis().width(), 1024.0);
    QCOMPARE((1000.0 - range.axis().begin()) / range.axis().width(), 1000.0 / 4096.0);
    range.pan(-5000.0);
    QCOMPARE(range.axis().begin(), 0.0);
    range.pan(-1.0); // nothing moves, nothing is said
    QCOMPARE(changes, 2);
    range.zoom(1e-9, 10.0);
    QVERIFY(range.axis().width() >= 1.0);
    range.setTokens(100); // another video
    QVERIFY(range.axis().isWhole());
    QCOMPARE(range.tokens(), 100);
}

void TestDecisionImage::revealingMovesNoFartherThanItMust()
{
    TokenRange range;
    range.setTokens(1000);
    range.show(100.0, 200.0);
    range.reveal(150);
    QCOMPARE(range.axis().begin(), 100.0);
    range.reveal(200); // just outside
    QVERIFY(range.contains(200));
    QVERIFY(range.contains(120));
    QCOMPARE(range.axis().width(), 100.0);
    range.reveal(0);
    QCOMPARE(range.axis().begin(), 0.0);
}

void TestDecisionImage::columnsHoldTheSameTokensWhereverTheScreenBegins()
{
    for (const double scale : {0.04, 0.5, 1.0, 3.37, 4.0, 41.5}) {
        const TokenColumns still(0.0, scale);
        for (const double begin : {0.0, 0.3 * scale, 17.2, 1234.5678}) {
            const TokenColumns moved(begin, scale);
            for (int column = 0; column < 50; ++column)
                QVERIFY(moved.tokens(column) == still.tokens(column + static_cast<int>(moved.first())));
            // Never farther than half a pixel from where it should be.
            QVERIFY(std::abs(static_cast<double>(moved.first()) * scale - begin) <= 0.51 * scale);
        }
    }
}

void TestDecisionImage::everyTokenLiesInOneColumn()
{
    for (const double scale : {1.5, 3.37, 8.0}) {
        const TokenColumns columns(100.0, scale);
        int next = columns.tokens(0).begin;
        for (int column = 0; column < 400; ++column) {
            QCOMPARE(columns.tokens(column).begin, next);
            next = columns.tokens(column).end;
            QVERIFY(std::abs(columns.columnOf(columns.tokens(column).begin) - column) <= 1);
        }
    }
    const TokenColumns wide(10.0, 0.125); // eight pixels a token
    for (int column = 0; column < 400; ++column)
        QCOMPARE(wide.tokens(column).begin, 10 + column / 8);
}

void TestDecisionImage::lanesFitTheHeightOrAreScrolledTo()
{
    const DecisionLayout roomy = layOut(5, {0, 1}, {900, 320});
    QCOMPARE(roomy.lanes.size(), std::size_t{10});
    QVERIFY(roomy.contentHeight <= 320.0);
    for (const DecisionLane &lane : roomy.lanes) {
        QVERIFY(roomy.laneAt(lane.top + 0.5) == &lane);
        QVERIFY(roomy.laneAt(lane.bottom() - 0.5) == &lane);
        QVERIFY(roomy.lane(lane.layer, lane.row) == &lane);
    }
    QVERIFY(!roomy.laneAt(-1.0));
    QVERIFY(!roomy.laneAt(roomy.lanes.back().bottom() + 1.0));
    const DecisionLayout large = layOut(32, {0, 1}, {900, 120});
    QVERIFY(large.contentHeight > 120.0);
    QVERIFY(large.lanes.front().height >= 2.0);
    const double x = roomy.xOf(run_->range.axis(), 37.25);
    QCOMPARE(roomy.tokenAt(run_->range.axis(), x), 37.25);
    QVERIFY(layOut(0, {}, {900, 320}).lanes.empty());
}

void TestDecisionImage::thePictureIsWhatTheTraceSays_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("tokensPerPixel");
    QTest::addColumn<int>("drawn");
    QTest::newRow("all of it") << 0.0 << MixedRun::tokens / 40.0 << MixedRun::tokens - 1;
    QTest::newRow("some tokens a pixel") << 11.0 << 1.7 << MixedRun::tokens - 1;
    QTest::newRow("a token a pixel") << 20.0 << 1.0 << MixedRun::tokens - 1;
    QTest::newRow("some pixels a token") << 30.5 << 0.4 << MixedRun::tokens - 1;
    QTest::newRow("tokens to come") << 0.0 << 1.3 << 40;
}

void TestDecisionImage::thePictureIsWhatTheTraceSays()
{
    QFETCH(double, begin);
    QFETCH(double, tokensPerPixel);
    QFETCH(int, drawn);
    run_->drawUpTo(drawn);
    DecisionImage image;
    const DecisionImage::View view = viewOf(begin, tokensPerPixel, 60);
    QCOMPARE(image.update(run_->record.trace(), run_->record.decisions(), view), 60);
    for (const DecisionImage::Lane &lane : view.lanes)
        for (int column = 0; column < 60; ++column) {
            const StepRange tokens = view.columns.tokens(column);
            const QRgb wanted = expectedColor(tokens, lane.layer, lane.row, drawn);
            for (int line = lane.top; line < lane.top + lane.height; ++line)
                QVERIFY2(image.picture().pixel(column, line) == wanted,
                         qPrintable(QStringLiteral("column %1, line %2").arg(column).arg(line)));
        }
    QCOMPARE(image.picture().pixel(0, 7), decisionColors().ground); // between two layers
}

void TestDecisionImage::aRunThatGoesOnPaintsItsNewTokensAlone()
{
    run_->drawUpTo(30);
    DecisionImage image;
    const DecisionImage::View view = viewOf(0.0, 0.5, 2 * MixedRun::tokens);
    image.update(run_->record.trace(), run_->record.decisions(), view);
    QCOMPARE(image.update(run_->record.trace(), run_->record.decisions(), view), 0);
    run_->drawUpTo(36);
    const int painted = image.update(run_->record.trace(), run_->record.decisions(), view);
    QVERIFY2(painted >= 12 && painted <= 18, qPrintable(QString::number(painted)));
    run_->drawAll();
    image.update(run_->record.trace(), run_->record.decisions(), view);
    DecisionImage atOnce;
    atOnce.update(run_->record.trace(), run_->record.decisions(), view);
    QVERIFY(image.picture() == atOnce.picture());
}

void TestDecisionImage::movingPaintsWhatComesIntoViewAlone()
{
    run_->drawAll();
    DecisionImage image;
    image.update(run_->record.trace(), run_->record.decisions(), viewOf(20.0, 0.7, 60));
    for (const double begin : {22.1, 19.0, 30.0, 0.0, 55.5}) {
        const DecisionImage::View view = viewOf(begin, 0.7, 60);
        const int painted = image.update(run_->record.trace(), run_->record.decisions(), view);
        QVERIFY(painted <= 60);
        DecisionImage atOnce;
        atOnce.update(run_->record.trace(), run_->record.decisions(), view);
        QVERIFY2(image.picture() == atOnce.picture(), qPrintable(QString::number(begin)));
    }
    const int painted =
        image.update(run_->record.trace(), run_->record.decisions(), viewOf(55.5 + 3 * 0.7, 0.7, 60));
    QCOMPARE(painted, 3);
}

QTEST_MAIN(TestDecisionImage)
#include "test_decision_image.moc"

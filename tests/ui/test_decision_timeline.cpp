// SPDX-License-Identifier: Apache-2.0
//
// The timeline of decisions, in its panel, under mouse and keys.
#include "tests/ui/cut_words.h"
#include "tests/ui/mixed_run.h"
#include "tests/ui/painted_parts.h"
#include "ui/models/decision_words.h"
#include "ui/models/paced_refresh.h"
#include "ui/tables/csv_table_view.h"
#include "ui/tables/csv_text.h"
#include "ui/theme/theme.h"
#include "ui/timeline/decision_legend.h"
#include "ui/timeline/decision_panel.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace fastcar;
using namespace fastcar::ui;

class TestDecisionTimeline : public QObject, private ViewsOfMixedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { begin(); }
    void cleanup() { end(); }

    void aClickOnTheTimelineChoosesTokenLayerAndRow();
    void whatOtherViewsChooseIsBroughtIntoView();
    void theWheelZoomsAroundThePointer();
    void draggingMovesAndChoosesNothing();
    void keysZoomMoveAndFit();
    void arrowsMoveTheCursorThroughTokensAndLanes();
    void pointingTellsTheTokenAndItsChain();
    void whereAPixelIsSeveralTokensTheirSumIsTold();
    void oneRowAloneHasTheWholeHeight();
    void theTimelinesTableHasTheSameDecisions();
    void aHiddenTimelinePaintsNothing();
    void theNewestTokenStaysInViewForWhoLooksAtIt();
    void newStepsAlonePaintTheTimeline();
    void theLegendLosesNoNameWhereItIsNarrow();

private:
    DecisionTimeline &openTimeline();
    QPoint placeOf(DecisionTimeline &timeline, int token, int layer, int row);
    static void wheel(QWidget &widget, QPoint at, int delta, Qt::KeyboardModifiers modifiers = {});
};

DecisionTimeline &TestDecisionTimeline::openTimeline()
{
    auto *panel = new DecisionPanel({run_->record, run_->selection, run_->range});
    show(panel);
    return panel->timeline();
}

QPoint TestDecisionTimeline::placeOf(DecisionTimeline &timeline, int token, int layer, int row)
{
    const DecisionLayout &layout = timeline.layoutOfLanes();
    const DecisionLane *lane = layout.lane(layer, row);
    return {static_cast<int>(std::floor(layout.xOf(run_->range.axis(), token + 0.5))),
            static_cast<int>(DecisionLayout::headerHeight + lane->top + lane->height / 2.0)};
}

void TestDecisionTimeline::wheel(QWidget &widget, QPoint at, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&widget, &event);
}

void TestDecisionTimeline::aClickOnTheTimelineChoosesTokenLayerAndRow()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    const int token = 3 * MixedRun::stride + 7;
    QTest::mouseClick(timeline.viewport(), Qt::LeftButton, {}, placeOf(timeline, token, 2, 1));
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 7);
    QCOMPARE(run_->selection.layer(), 2);
    QCOMPARE(run_->selection.row(), 1);
    QVERIFY(!run_->selection.following());
}

void TestDecisionTimeline::whatOtherViewsChooseIsBroughtIntoView()
{
    run_->drawAll();
    openTimeline();
    run_->range.show(0.0, 20.0);
    run_->selection.chooseFrame(6);
    QVERIFY(run_->range.contains(0)); // a frame alone is no token
    run_->selection.choosePosition(5);
    QVERIFY(run_->range.contains(6 * MixedRun::stride + 5));
    const double begin = run_->range.axis().begin();
    run_->selection.chooseLayer(3);
    QCOMPARE(run_->range.axis().begin(), begin);
    // From a frame to another at once: the old position of the new frame is not looked at on the way.
    run_->selection.chooseToken(2, 11);
    run_->range.show(30.0, 40.0);
    run_->selection.chooseToken(3, 0);
    QCOMPARE(run_->range.axis().begin(), 30.0);
}

void TestDecisionTimeline::theWheelZoomsAroundThePointer()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    const QPoint at(500, 100);
    const double token = timeline.layoutOfLanes().tokenAt(run_->range.axis(), at.x());
    wheel(*timeline.viewport(), at, 120);
    wheel(*timeline.viewport(), at, 120);
    QVERIFY(run_->range.axis().width() < 0.7 * MixedRun::tokens);
    QVERIFY(std::abs(timeline.layoutOfLanes().tokenAt(run_->range.axis(), at.x()) - token) < 1e-6);
    const double begin = run_->range.axis().begin();
    wheel(*timeline.viewport(), at, -120, Qt::ShiftModifier);
    QVERIFY(run_->range.axis().begin() > begin);
    for (int i = 0; i < 10; ++i)
        wheel(*timeline.viewport(), at, -120);
    QVERIFY(run_->range.axis().isWhole());
}

void TestDecisionTimeline::draggingMovesAndChoosesNothing()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    run_->range.show(40.0, 60.0);
    const double perPixel = timeline.layoutOfLanes().tokensPerPixel(run_->range.axis());
    QTest::mousePress(timeline.viewport(), Qt::LeftButton, {}, {400, 100});
    QTest::mouseMove(timeline.viewport(), {300, 100});
    QTest::mouseRelease(timeline.viewport(), Qt::LeftButton, {}, {300, 100});
    QVERIFY(std::abs(run_->range.axis().begin() - (40.0 + 100.0 * perPixel)) < 1e-6);
    QCOMPARE(run_->selection.position(), -1);
}

void TestDecisionTimeline::keysZoomMoveAndFit()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    QTest::keyClick(&timeline, Qt::Key_W);
    const double width = run_->range.axis().width();
    QVERIFY(width < MixedRun::tokens);
    QTest::keyClick(&timeline, Qt::Key_Plus);
    QVERIFY(run_->range.axis().width() < width);
    const double begin = run_->range.axis().begin();
    QTest::keyClick(&timeline, Qt::Key_D);
    QVERIFY(run_->range.axis().begin() > begin);
    QTest::keyClick(&timeline, Qt::Key_A);
    QTest::keyClick(&timeline, Qt::Key_S);
    QVERIFY(std::abs(run_->range.axis().width() - width) < 1e-6);
    QTest::keyClick(&timeline, Qt::Key_F);
    QVERIFY(run_->range.axis().isWhole());
}

void TestDecisionTimeline::arrowsMoveTheCursorThroughTokensAndLanes()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    run_->selection.chooseFrame(2);
    run_->selection.choosePosition(11);
    QTest::keyClick(&timeline, Qt::Key_Right);
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 0);
    QTest::keyClick(&timeline, Qt::Key_Left);
    QTest::keyClick(&timeline, Qt::Key_PageDown);
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 11);
    QTest::keyClick(&timeline,
                    Qt::Key_Down); // from a layer's first row to its second, then to the next layer
    QCOMPARE(run_->selection.layer(), 0);
    QCOMPARE(run_->selection.row(), 1);
    QTest::keyClick(&timeline, Qt::Key_Down);
    QCOMPARE(run_->selection.layer(), 1);
    QCOMPARE(run_->selection.row(), 0);
    QTest::keyClick(&timeline, Qt::Key_Home);
    QCOMPARE(run_->selection.frame() * MixedRun::stride + run_->selection.position(), 0);
    QTest::keyClick(&timeline, Qt::Key_End);
    QCOMPARE(run_->selection.frame() * MixedRun::stride + run_->selection.position(), MixedRun::tokens - 1);
    // Who does not see the picture hears what is under the cursor.
    QVERIFY(timeline.accessibleDescription().contains(QStringLiteral("frame 9, position 12")));
    QVERIFY(timeline.accessibleDescription().contains(QStringLiteral("needs no step")));
}

void TestDecisionTimeline::pointingTellsTheTokenAndItsChain()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    int step = MixedRun::tokens - 2;
    while (MixedRun::chain(step, 3, 0) < 3)
        --step;
    const QStringList words = timeline.wordsAt(placeOf(timeline, step, 3, 0));
    QCOMPARE(words.size(), 5);
    QCOMPARE(words[0], QStringLiteral("Layer 4, conditional row"));
    QVERIFY(words[1].startsWith(QStringLiteral("step %1: frame %2, position %3")
                                    .arg(step + 1)
                                    .arg(step / MixedRun::stride + 1)
                                    .arg(step % MixedRun::stride + 1)));
    QVERIFY(words[2].contains(tasText(MixedRun::outcome(step, 3, 0).tas)));
    QVERIFY(words[2].endsWith(QStringLiteral("τ 0.500")));
    const int chain = MixedRun::chain(step, 3, 0);
    QVERIFY(words[3].contains(QString::number(chain)));
    QVERIFY(words[4].endsWith(QString::number(step / MixedRun::stride + 1 - chain)));
    QVERIFY(timeline.wordsAt(placeOf(timeline, 3, 3, 0))
                .contains(QStringLiteral("computed: frame 1 has no earlier frame")));
    QVERIFY(
        timeline.wordsAt(placeOf(timeline, step, 4, 0)).last().contains(QStringLiteral("off at this layer")));
    QVERIFY(timeline.wordsAt({5, 100}).isEmpty());
    // A note that is hovered is heard of in the other views of the frame.
    run_->selection.chooseFrame(2);
    QTest::mouseMove(timeline.viewport(), placeOf(timeline, 2 * MixedRun::stride + 4, 1, 0));
    QCOMPARE(run_->selection.hovered(), 4);
    QTest::mouseMove(timeline.viewport(), placeOf(timeline, 5 * MixedRun::stride + 4, 1, 0));
    QCOMPARE(run_->selection.hovered(), -1);
}

void TestDecisionTimeline::whereAPixelIsSeveralTokensTheirSumIsTold()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    host_->resize(240, 320); // fewer pixels than tokens would need
    QVERIFY(timeline.layoutOfLanes().tokensPerPixel(run_->range.axis()) < 1.0);
    QVERIFY(timeline.tokensAt(100.0).end - timeline.tokensAt(100.0).begin == 1);
    const StepRange several{50, 54};
    const QStringList words = decisionWords(run_->record, several, 1, 0);
    int replayed = 0, longest = 0;
    for (int step = several.begin; step < several.end; ++step) {
        replayed += MixedRun::outcome(step, 1, 0).decision == Decision::Replayed;
        longest = std::max(longest, MixedRun::chain(step, 1, 0));
    }
    QVERIFY(words.contains(QStringLiteral("%1 of 4 eligible replayed").arg(replayed)));
    QVERIFY(words.contains(QStringLiteral("the longest chain: %1 frames on end").arg(longest)));
    QVERIFY(words[1].startsWith(QStringLiteral("steps 51 to 54")));
}

void TestDecisionTimeline::oneRowAloneHasTheWholeHeight()
{
    run_->drawAll();
    DecisionTimeline &timeline = openTimeline();
    QCOMPARE(timeline.layoutOfLanes().lanes.size(), std::size_t{10});
    choose(*find<QComboBox>("decisionRowCombo"), static_cast<int>(DecisionTimeline::Rows::Unconditional));
    QCOMPARE(timeline.layoutOfLanes().lanes.size(), std::size_t{5});
    for (const DecisionLane &lane : timeline.layoutOfLanes().lanes)
        QCOMPARE(lane.row, 1);
}

void TestDecisionTimeline::theTimelinesTableHasTheSameDecisions()
{
    run_->drawUpTo(60);
    openTimeline();
    find<QPushButton>("decisionTableButton")->click();
    QCoreApplication::processEvents();
    auto *view = find<CsvTableView>("decisionTable");
    QTRY_COMPARE(view->model()->rowCount(), 60);
    QCOMPARE(view->model()->columnCount(), 10);
    for (int step = 0; step < 60; ++step)
        for (int layer = 0; layer < MixedRun::layers; ++layer)
            for (int row = 0; row < 2; ++row) {
                const auto index = view->model()->index(step, 2 * layer + row);
                const bool eligible = MixedRun::outcome(step, layer, row).decision != Decision::NotEligible;
                QCOMPARE(index.data().toString(),
                         eligible ? QString::number(MixedRun::chain(step, layer, row)) : QStringLiteral("–"));
            }
    run_->drawUpTo(70); // and grows with the run
    QTRY_COMPARE(view->model()->rowCount(), 70);
    view->setCurrentIndex(view->model()->index(3 * MixedRun::stride + 2, 2 * 2 + 1));
    QCOMPARE(run_->selection.frame(), 3);
    QCOMPARE(run_->selection.position(), 2);
    QCOMPARE(run_->selection.layer(), 2);
    QCOMPARE(run_->selection.row(), 1);
    run_->selection.choosePosition(9);
    QCOMPARE(view->currentIndex().row(), 3 * MixedRun::stride + 9);
    const QStringList lines = csvText(*view->model()).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 72); // a header, a line for each step, and the end
    QVERIFY(lines[0].startsWith(QStringLiteral(",\"layer 1, conditional row\"")));
}

void TestDecisionTimeline::aHiddenTimelinePaintsNothing()
{
    run_->drawUpTo(20);
    DecisionTimeline &timeline = openTimeline();
    timeline.grab();
    const auto painted = timeline.columnsPainted();
    QVERIFY(painted > 0);
    host_->hide();
    run_->drawUpTo(40);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(timeline.columnsPainted(), painted);
    host_->show();
    QTRY_VERIFY(timeline.columnsPainted() > painted);
    // What stays paints nothing either.
    const auto again = timeline.columnsPainted();
    timeline.viewport()->repaint();
    QCOMPARE(timeline.columnsPainted(), again);
}

void TestDecisionTimeline::theNewestTokenStaysInViewForWhoLooksAtIt()
{
    run_->drawUpTo(30);
    DecisionTimeline &timeline = openTimeline();
    run_->range.show(20.0, 32.0);
    timeline.refresh();
    run_->drawUpTo(50);
    timeline.refresh();
    QVERIFY(run_->range.contains(49));
    run_->range.show(0.0, 12.0); // looks elsewhere
    run_->drawUpTo(70);
    timeline.refresh();
    QCOMPARE(run_->range.axis().begin(), 0.0);
}

void TestDecisionTimeline::newStepsAlonePaintTheTimeline()
{
    run_->drawUpTo(20);
    DecisionTimeline &timeline = openTimeline();
    PaintedParts parts(*timeline.viewport());
    timeline.refresh();
    QCOMPARE(parts.take(), 0.0); // nothing has come
    double least = 1.0;
    for (int steps = 21; steps <= 90; steps += 3) {
        run_->drawUpTo(steps);
        timeline.refresh();
        const double share = parts.take();
        QVERIFY(share > 0.0);
        least = std::min(least, share);
        QCOMPARE(parts.picture(), parts.whole());
    }
    QVERIFY2(least < 0.2, qPrintable(QString::number(least))); // but where the frame changes, too
}

/// In German at a larger size it has no room in one line.
void TestDecisionTimeline::theLegendLosesNoNameWhereItIsNarrow()
{
    run_->drawUpTo(60);
    openTimeline();
    auto *legend = find<DecisionLegend>("decisionLegend");
    const int wide = legend->height();
    for (const int width : {900, 420, 240}) {
        host_->resize(width, 420);
        QTRY_COMPARE(legend->width(), width);
        QTRY_COMPARE(legend->height(), legend->heightForWidth(width));
        const QStringList words = wordsOf(*legend);
        for (const char *name :
             {"not eligible", "computed", "replayed, frames on end:", "conditional", "unconditional"})
            QVERIFY2(words.contains(QLatin1String(name)), qPrintable(words.join(QLatin1Char('|'))));
        QCOMPARE(cutWordsOf(*legend), QStringList());
    }
    QVERIFY(legend->height() > 2 * wide);
}

QTEST_MAIN(TestDecisionTimeline)
#include "test_decision_timeline.moc"

// SPDX-License-Identifier: Apache-2.0
//
// What the views of decisions tell of the place under a pointer that does not move, while what lies there
// does: a run that goes on, another part of the video in view, other rows.
#include "tests/ui/made_run.h"
#include "tests/ui/painted_parts.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/heatmap/heatmap_view.h"
#include "ui/models/paced_refresh.h"
#include "ui/theme/theme.h"
#include "ui/theme/told_line.h"
#include "ui/timeline/decision_panel.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

class TestRestingPointer : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init();
    void cleanup();

    void theTimelineTellsWhatARunMakesThere();
    void theTimelineDrawsItsNoteAnewWhereARunMakesSomething();
    void theTimelineTellsWhatIsMovedThere();
    void theTimelineTellsTheRowsThatAreShownThere();
    void theTimelineTellsWhatIsScrolledThere();
    void otherViewsPointAtWhatIsThere();
    void theHeatmapDrawsItsNoteAnewWhereARunMakesSomething();

private:
    static constexpr int pointed = 9; // a token that has no step at first
    DecisionTimeline &openTimeline(QSize size = {900, 320});
    void show(QWidget *widget, QSize size);
    QPoint placeOf(const DecisionTimeline &timeline, int token, int layer, int row) const;
    QString told() const;
    /// From elsewhere: a mouse that is there already from the test before would not be heard of.
    static void rest(QWidget *on, QPoint at)
    {
        QTest::mouseMove(on, QPoint(1, 1));
        QTest::mouseMove(on, at);
    }
    static QString wordsAt(const DecisionTimeline &timeline, QPoint at)
    {
        return ToldLine::joined(timeline.wordsAt(at));
    }

    std::unique_ptr<MadeRun> run_;
    std::unique_ptr<RunRecord> record_;
    std::unique_ptr<Selection> selection_;
    std::unique_ptr<TokenRange> range_;
    std::unique_ptr<QWidget> host_;
};

void TestRestingPointer::init()
{
    run_ = std::make_unique<MadeRun>();
    record_ = std::make_unique<RunRecord>();
    selection_ = std::make_unique<Selection>();
    range_ = std::make_unique<TokenRange>();
    range_->follow(*record_, *selection_);
    record_->begin(run_->config, run_->settings);
    selection_->setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride, 1);
    record_->take(run_->upTo(8));
    selection_->setVisibleFrames(2);
    selection_->followNewest();
}

void TestRestingPointer::cleanup()
{
    host_.reset();
    range_.reset();
    selection_.reset();
    record_.reset();
    run_.reset();
}

void TestRestingPointer::show(QWidget *widget, QSize size)
{
    host_.reset(widget);
    host_->resize(size);
    host_->show();
    QVERIFY(QTest::qWaitForWindowExposed(host_.get()));
    QCoreApplication::processEvents();
}

DecisionTimeline &TestRestingPointer::openTimeline(QSize size)
{
    auto *panel = new DecisionPanel({*record_, *selection_, *range_});
    show(panel, size);
    return panel->timeline();
}

QPoint TestRestingPointer::placeOf(const DecisionTimeline &timeline, int token, int layer, int row) const
{
    const DecisionLayout &layout = timeline.layoutOfLanes();
    const DecisionLane *lane = layout.lane(layer, row);
    return QPointF(layout.xOf(range_->axis(), token + 0.5),
                   DecisionLayout::headerHeight + lane->top + lane->height / 2.0)
        .toPoint();
}

QString TestRestingPointer::told() const
{
    return host_->findChild<ToldLine *>(QStringLiteral("decisionTold"))->told();
}

void TestRestingPointer::theTimelineTellsWhatARunMakesThere()
{
    DecisionTimeline &timeline = openTimeline();
    const QPoint at = placeOf(timeline, pointed, 1, 0);
    rest(timeline.viewport(), at);
    QVERIFY2(told().contains(QStringLiteral("not drawn yet")), qPrintable(told()));
    record_->take(run_->upTo(12));
    QTRY_VERIFY2(told().contains(QStringLiteral("TAS")), qPrintable(told()));
    QCOMPARE(told(), wordsAt(timeline, at));
    QCOMPARE(timeline.accessibleDescription(), told());
}

void TestRestingPointer::theTimelineDrawsItsNoteAnewWhereARunMakesSomething()
{
    DecisionTimeline &timeline = openTimeline();
    // Left of what is drawn next, so that the note lies beside it.
    rest(timeline.viewport(), placeOf(timeline, 7, 1, 0));
    PaintedParts parts(*timeline.viewport());
    record_->take(run_->upTo(9));
    timeline.refresh();
    parts.take();
    QCOMPARE(parts.picture(), parts.whole());
}

void TestRestingPointer::theTimelineTellsWhatIsMovedThere()
{
    record_->take(run_->upTo(18));
    DecisionTimeline &timeline = openTimeline();
    const QPoint at = placeOf(timeline, pointed, 1, 0);
    rest(timeline.viewport(), at);
    const QString before = told();
    range_->show(0.0, 6.0);
    QVERIFY(told() != before);
    QCOMPARE(told(), wordsAt(timeline, at));
}

void TestRestingPointer::theTimelineTellsTheRowsThatAreShownThere()
{
    record_->take(run_->upTo(18));
    DecisionTimeline &timeline = openTimeline();
    const QPoint at = placeOf(timeline, pointed, 1, 0);
    rest(timeline.viewport(), at);
    timeline.showRows(DecisionTimeline::Rows::Unconditional);
    QVERIFY2(told().contains(QStringLiteral("unconditional")), qPrintable(told()));
    QCOMPARE(told(), wordsAt(timeline, at));
}

void TestRestingPointer::theTimelineTellsWhatIsScrolledThere()
{
    record_->take(run_->upTo(18));
    auto *timeline = new DecisionTimeline({*record_, *selection_, *range_});
    QString told;
    connect(timeline, &DecisionTimeline::told, this, [&told](const QString &text) { told = text; });
    show(timeline, {400, 46});
    const int most = timeline->verticalScrollBar()->maximum();
    QVERIFY(most > 0);
    const QPoint at(200, 42);
    rest(timeline->viewport(), at);
    const QString before = told;
    timeline->verticalScrollBar()->setValue(most);
    QVERIFY(told != before);
    QCOMPARE(told, wordsAt(*timeline, at));
}

void TestRestingPointer::otherViewsPointAtWhatIsThere()
{
    record_->take(run_->upTo(18));
    selection_->setVisibleFrames(3);
    selection_->chooseFrame(0);
    DecisionTimeline &timeline = openTimeline();
    range_->show(0.0, 6.0);
    rest(timeline.viewport(), placeOf(timeline, 4, 1, 0));
    QCOMPARE(selection_->hovered(), 4);
    range_->show(6.0, 12.0); // what is under it is in another frame
    QCOMPARE(selection_->hovered(), -1);
    selection_->chooseFrame(1);
    QCOMPARE(selection_->hovered(), 4);
}

void TestRestingPointer::theHeatmapDrawsItsNoteAnewWhereARunMakesSomething()
{
    auto *panel = new HeatmapPanel({*record_, *selection_});
    show(panel, {900, 320});
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    HeatmapView &view = panel->view();
    const auto toldNow = [&] { return view.told(); };
    rest(view.viewport(), view.cellRect(1, pointed % MadeRun::stride).center().toPoint());
    QVERIFY2(toldNow().contains(QStringLiteral("not drawn yet")), qPrintable(toldNow()));
    PaintedParts parts(*view.viewport());
    const int made = panel->made();
    record_->take(run_->upTo(12));
    QTRY_VERIFY(panel->made() > made);
    QVERIFY2(toldNow().contains(QStringLiteral("TAS")), qPrintable(toldNow()));
    parts.take();
    QCOMPARE(parts.picture(), parts.whole());
}

QTEST_MAIN(TestRestingPointer)
#include "test_resting_pointer.moc"

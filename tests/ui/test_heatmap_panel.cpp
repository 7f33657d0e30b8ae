// SPDX-License-Identifier: Apache-2.0
//
// The heatmaps in their panel, under mouse and keys.
#include "tests/ui/cut_words.h"
#include "tests/ui/mixed_run.h"
#include "tests/ui/painted_parts.h"
#include "ui/heatmap/heatmap_legend.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/heatmap/heatmap_view.h"
#include "ui/heatmap/heatmap_words.h"
#include "ui/models/decision_words.h"
#include "ui/models/paced_refresh.h"
#include "ui/tables/csv_table_view.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;

namespace {

QPoint middle(const QRectF &box)
{
    return box.center().toPoint();
}

} // namespace

class TestHeatmapPanel : public QObject, private ViewsOfMixedRun {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { begin(); }
    void cleanup() { end(); }

    void headsAreShownOfARunThatHasThem();
    void aClickOnAHeatmapChoosesInAllViews();
    void arrowsWalkThroughAFrameMap();
    void pointingAtACellReadsIt();
    void aPositionOverTimeAsksForAPosition();
    void differencesAreOfferedOfGuidedRunsAlone();
    void theHeatmapsTableIsCopiedAsCsv();
    void theTableAndTheViewsShareTheCursor();
    void theTableBeginsWhereTheWordsAboveItBegin();
    void aHeatmapIsMadeAnewOnlyWhenItChanges();
    void newStepsAlonePaintTheHeatmap();
    void mapsSayThatTheyAreFrames();
    void theLegendNamesWhatTheLastTokenLacks_data();
    void theLegendNamesWhatTheLastTokenLacks();
    void theLegendLosesNoNameWhereItIsNarrow();
    void theLegendSaysWhyPlacesAreEmpty();

private:
    HeatmapView &openHeatmap(const HeatmapChoice &choice = {});

    HeatmapPanel *heatmaps_ = nullptr;
};

HeatmapView &TestHeatmapPanel::openHeatmap(const HeatmapChoice &choice)
{
    heatmaps_ = new HeatmapPanel({run_->record, run_->selection});
    heatmaps_->choose(choice);
    show(heatmaps_);
    QTest::qWait(0);
    return heatmaps_->view();
}

void TestHeatmapPanel::headsAreShownOfARunThatHasThem()
{
    const HeatmapChoice choice{.kind = HeatmapKind::LayersByHeads};
    run_->drawUpTo(20);
    run_->selection.chooseFrame(1);
    run_->selection.choosePosition(3);
    HeatmapView &view = openHeatmap(choice);
    QVERIFY(view.grid().empty());
    QVERIFY2(view.told().contains("no scores of single heads"), qPrintable(view.told()));
    QSignalSpy asked(heatmaps_, &HeatmapPanel::recordsHeadsAsked);
    heatmaps_->findChild<QAction *>("recordHeadsAction")->trigger();
    QCOMPARE(asked.front().front().toBool(), true);

    host_.reset();
    run_ = std::make_unique<MixedRun>();
    run_->heads = 3;
    run_->begin();
    run_->drawAll();
    run_->selection.chooseRow(1);
    run_->selection.chooseFrame(5);
    run_->selection.choosePosition(7);
    const int step = 5 * MixedRun::stride + 7;
    for (const bool difference : {false, true}) {
        const HeatmapGrid grid = makeHeatmap(run_->record, run_->selection,
                                             {.kind = HeatmapKind::LayersByHeads, .difference = difference});
        QCOMPARE(grid.rows, MixedRun::layers);
        QCOMPARE(grid.columns, 3);
        for (int layer = 0; layer < grid.rows; ++layer)
            for (int head = 0; head < 3; ++head) {
                QVERIFY(grid.at(layer, head).state == CellState::There);
                QCOMPARE(grid.at(layer, head).value, difference
                                                         ? MixedRun::headScore(step, layer, 0, head) -
                                                               MixedRun::headScore(step, layer, 1, head)
                                                         : MixedRun::headScore(step, layer, 1, head));
            }
        QCOMPARE(heatmapWords(run_->record, grid, 2, 1, 1).front(),
                 difference ? QStringLiteral("Layer 3, head 2, conditional less unconditional row")
                            : QStringLiteral("Layer 3, head 2, unconditional row"));
    }
    run_->selection.chooseFrame(0); // has no earlier frame
    QVERIFY(makeHeatmap(run_->record, run_->selection, choice).at(0, 0).state == CellState::None);
}

void TestHeatmapPanel::aClickOnAHeatmapChoosesInAllViews()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap();
    run_->selection.chooseFrame(4);
    QTRY_COMPARE(view.grid().chosen.frame, 4);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.cellRect(3, 8)));
    QCOMPARE(run_->selection.layer(), 3);
    QCOMPARE(run_->selection.position(), 8);
    QCOMPARE(run_->selection.frame(), 4);
    heatmaps_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Decision});
    QTRY_COMPARE(view.grid().choice.kind, HeatmapKind::FrameMaps);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.cellRect(6, 2)));
    QCOMPARE(run_->selection.frame(), 6);
    QCOMPARE(run_->selection.position(), 2);
    QCOMPARE(run_->selection.layer(), 3);
    heatmaps_->choose({.kind = HeatmapKind::LayersByFrames, .value = HeatmapValue::Chain});
    QTRY_COMPARE(view.grid().choice.kind, HeatmapKind::LayersByFrames);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.cellRect(1, 7)));
    QCOMPARE(run_->selection.frame(), 7);
    QCOMPARE(run_->selection.layer(), 1);
    QCOMPARE(run_->selection.position(), 2);
    run_->selection.chooseLayer(2); // and back
    QTRY_VERIFY(view.grid().chosenCell() == std::pair(2, 7));
}

void TestHeatmapPanel::arrowsWalkThroughAFrameMap()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    run_->selection.chooseFrame(2);
    run_->selection.choosePosition(5);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&view, key);
        QTest::qWait(0);
    };
    QTRY_VERIFY(view.grid().chosenCell() == std::pair(2, 5));
    press(Qt::Key_Down);
    QCOMPARE(run_->selection.position(), 5 + MixedRun::gridWidth);
    press(Qt::Key_Down); // the map ends
    QCOMPARE(run_->selection.position(), 5 + MixedRun::gridWidth);
    press(Qt::Key_Right);
    QCOMPARE(run_->selection.position(), 6 + MixedRun::gridWidth);
    press(Qt::Key_PageDown);
    QCOMPARE(run_->selection.frame(), 3);
    press(Qt::Key_Home);
    QCOMPARE(run_->selection.position(), 0);
    QTRY_VERIFY(view.accessibleDescription().contains(QStringLiteral("frame 4, position 1")));
}

void TestHeatmapPanel::pointingAtACellReadsIt()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap();
    run_->selection.chooseFrame(3);
    QTRY_COMPARE(view.grid().chosen.frame, 3);
    QTest::mouseMove(view.viewport(), middle(view.cellRect(2, 6)));
    const int step = 3 * MixedRun::stride + 6;
    QVERIFY2(view.told().contains(tasText(MixedRun::outcome(step, 2, 0).tas)), qPrintable(view.told()));
    QVERIFY(view.told().contains(QStringLiteral("frame 4, position 7")));
    QCOMPARE(run_->selection.hovered(), 6);
    run_->selection.chooseFrame(0);
    QTRY_COMPARE(view.grid().chosen.frame, 0);
    QTest::mouseMove(view.viewport(), middle(view.cellRect(2, 5)));
    QVERIFY(view.told().contains(QStringLiteral("no earlier frame")));
    heatmaps_->choose(
        {.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::LayersReplayed, .difference = true});
    QTRY_COMPARE(view.grid().choice.value, HeatmapValue::LayersReplayed);
    QTest::mouseMove(view.viewport(), middle(view.cellRect(4, 5)));
    QVERIFY2(view.told().contains(QStringLiteral("conditional less unconditional row")),
             qPrintable(view.told()));
}

void TestHeatmapPanel::aPositionOverTimeAsksForAPosition()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::LayersByFrames, .value = HeatmapValue::Tas});
    QVERIFY(!view.isShowing());
    QVERIFY(view.told().startsWith(QStringLiteral("No position is chosen")));
    run_->selection.choosePosition(3);
    QTRY_VERIFY(view.isShowing());
}

void TestHeatmapPanel::differencesAreOfferedOfGuidedRunsAlone()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::LayersByPositions, .value = HeatmapValue::Tas});
    auto *rows = find<QComboBox>("heatmapRowCombo");
    choose(*rows, -1);
    QTRY_VERIFY(view.grid().choice.difference);
    choose(*rows, 1);
    QTRY_VERIFY(!view.grid().choice.difference);
    QCOMPARE(run_->selection.row(), 1);
    run_->selection.chooseRow(0); // elsewhere
    QCOMPARE(rows->currentData().toInt(), 0);
    // The share of layers has no layers to be shown of.
    heatmaps_->choose({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::LayersReplayed});
    choose(*find<QComboBox>("heatmapKindCombo"), static_cast<int>(HeatmapKind::LayersByPositions));
    QVERIFY(heatmaps_->choice().value != HeatmapValue::LayersReplayed);
    QVERIFY(
        !isPossible({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas, .difference = true}, false));
}

void TestHeatmapPanel::theHeatmapsTableIsCopiedAsCsv()
{
    run_->drawAll();
    openHeatmap();
    run_->selection.chooseFrame(2);
    find<QPushButton>("heatmapTableButton")->click();
    auto *table = find<CsvTableView>("heatmapTable");
    QTRY_COMPARE(heatmaps_->table().grid().chosen.frame, 2);
    QCOMPARE(table->model()->rowCount(), MixedRun::layers);
    QCOMPARE(table->model()->columnCount(), MixedRun::stride);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), MixedRun::layers + 2);
    QVERIFY(lines[0].startsWith(QStringLiteral(",position 1,position 2,")));
    const QStringList second = lines[2].split(QLatin1Char(','));
    QCOMPARE(second[0], QStringLiteral("layer 2"));
    for (int position = 0; position < MixedRun::stride; ++position)
        QCOMPARE(second[position + 1].toFloat(),
                 MixedRun::outcome(2 * MixedRun::stride + position, 1, 0).tas);
    // A part that is marked is copied alone.
    table->selectionModel()->select(QItemSelection(table->model()->index(1, 2), table->model()->index(2, 3)),
                                    QItemSelectionModel::ClearAndSelect);
    QCOMPARE(table->csv().count(QLatin1Char('\n')), 3);
    QVERIFY(table->csv().startsWith(QStringLiteral(",position 3,position 4\n")));
}

void TestHeatmapPanel::theTableAndTheViewsShareTheCursor()
{
    run_->drawAll();
    openHeatmap();
    run_->selection.chooseFrame(2);
    run_->selection.choosePosition(4);
    find<QPushButton>("heatmapTableButton")->click();
    auto *table = find<CsvTableView>("heatmapTable");
    QTRY_COMPARE(table->currentIndex().column(), 4);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(run_->selection.layer(), 1);
    QTest::keyClick(table, Qt::Key_Right);
    QCOMPARE(run_->selection.position(), 5);
    run_->selection.choosePosition(9);
    QTRY_COMPARE(table->currentIndex().column(), 9);
    QVERIFY(!table->accessibleName().isEmpty());
}

void TestHeatmapPanel::theTableBeginsWhereTheWordsAboveItBegin()
{
    run_->drawAll();
    openHeatmap();
    find<QPushButton>("heatmapTableButton")->click();
    QTRY_VERIFY(find<CsvTableView>("heatmapTable")->isVisible());
    const QWidget *names = find<CsvTableView>("heatmapTable")->verticalHeader();
    const QWidget *words = find<QWidget>("heatmapTold");
    constexpr int padding = 4; // of a name in its head
    QCOMPARE(names->mapTo(heatmaps_, QPoint(padding, 0)).x(), words->mapTo(heatmaps_, QPoint()).x());
}

void TestHeatmapPanel::aHeatmapIsMadeAnewOnlyWhenItChanges()
{
    run_->drawUpTo(40);
    openHeatmap();
    const int made = heatmaps_->made();
    QVERIFY(made > 0);
    run_->selection.hover(3);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(heatmaps_->made(), made); // pointing changes no number
    host_->hide();
    run_->drawUpTo(60);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(heatmaps_->made(), made);
    host_->show();
    QTRY_COMPARE(heatmaps_->made(), made + 1);
}

void TestHeatmapPanel::newStepsAlonePaintTheHeatmap()
{
    run_->drawUpTo(33);
    openHeatmap();
    auto *view = find<HeatmapView>("heatmapView");
    PaintedParts parts(*view->viewport());
    double least = 1.0;
    for (int steps = 34; steps <= 90; steps += 3) {
        const int made = heatmaps_->made();
        run_->drawUpTo(steps);
        QTRY_VERIFY(heatmaps_->made() > made);
        const double share = parts.take();
        QVERIFY(share > 0.0);
        least = std::min(least, share);
        QCOMPARE(parts.picture(), parts.whole());
    }
    QVERIFY2(least < 0.3, qPrintable(QString::number(least)));
}

/// By numbers alone: of what?
void TestHeatmapPanel::mapsSayThatTheyAreFrames()
{
    run_->drawAll();
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    const QStringList words = wordsOf(*view.viewport());
    QVERIFY2(words.contains(QStringLiteral("frame 1")), qPrintable(words.join(QLatin1Char('|'))));
    QVERIFY(words.contains(QStringLiteral("2")));
    QCOMPARE(cutWordsOf(*view.viewport()), QStringList());
}

void TestHeatmapPanel::theLegendNamesWhatTheLastTokenLacks_data()
{
    QTest::addColumn<int>("value");
    QTest::addColumn<QString>("name");
    QTest::addRow("TAS") << static_cast<int>(HeatmapValue::Tas) << QStringLiteral("no score");
    for (const HeatmapValue value :
         {HeatmapValue::Decision, HeatmapValue::Chain, HeatmapValue::LayersReplayed})
        QTest::addRow("%d", static_cast<int>(value)) << static_cast<int>(value) << QStringLiteral("no step");
}

/// It is hatched, and a hatch tells nothing by itself.
void TestHeatmapPanel::theLegendNamesWhatTheLastTokenLacks()
{
    QFETCH(const int, value);
    QFETCH(const QString, name);
    run_->drawAll();
    HeatmapView &view =
        openHeatmap({.kind = HeatmapKind::FrameMaps, .value = static_cast<HeatmapValue>(value)});
    QVERIFY(view.grid().at(MixedRun::frames - 1, MixedRun::stride - 1).state == CellState::Last);
    auto *legend = heatmaps_->findChild<HeatmapLegend *>();
    legend->resize(620, legend->height()); // as wide as the panel is on a laptop's screen
    const QStringList words = wordsOf(*legend);
    QVERIFY2(words.contains(name), qPrintable(words.join(QLatin1Char('|'))));
    QVERIFY(!words.contains(QStringLiteral("to come")));
    QCOMPARE(cutWordsOf(*legend), QStringList());
}

void TestHeatmapPanel::theLegendLosesNoNameWhereItIsNarrow()
{
    run_->drawUpTo(40);
    openHeatmap({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Tas});
    auto *legend = heatmaps_->findChild<HeatmapLegend *>();
    const int wide = legend->height();
    legend->resize(240, legend->heightForWidth(240));
    QVERIFY(legend->height() > wide);
    for (const char *name : {"TAS", "no score", "to come"})
        QVERIFY(wordsOf(*legend).contains(QLatin1String(name)));
    QCOMPARE(cutWordsOf(*legend), QStringList());
}

void TestHeatmapPanel::theLegendSaysWhyPlacesAreEmpty()
{
    run_->drawUpTo(40);
    HeatmapView &view = openHeatmap({.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Decision});
    auto *legend = heatmaps_->findChild<HeatmapLegend *>();
    QVERIFY(wordsOf(*legend).contains(QStringLiteral("to come")));
    EngineThread::Drained ended;
    ended.events.push_back({.kind = Event::Kind::PhaseChanged, .phase = Phase::Cancelled});
    run_->record.take(ended);
    QTRY_VERIFY(view.grid().at(MixedRun::frames - 1, 0).state == CellState::NotMade);
    QVERIFY(!wordsOf(*legend).contains(QStringLiteral("to come")));
    QVERIFY(wordsOf(*legend).contains(QStringLiteral("not made")));
    run_->record.goOn();
    QTRY_VERIFY(wordsOf(*legend).contains(QStringLiteral("to come")));
}

QTEST_MAIN(TestHeatmapPanel)
#include "test_heatmap_panel.moc"

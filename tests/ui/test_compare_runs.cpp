// SPDX-License-Identifier: Apache-2.0
//
// Two runs on the comparison page: which ones, where their codes part, and what the table and the strip of
// tokens say of it.
#include "engine/library/run_folder.h"
#include "engine/trace/trace_writing.h"
#include "tests/ui/compared_runs.h"
#include "tests/ui/cut_words.h"
#include "ui/compare/token_strip.h"
#include "ui/tables/csv_table_view.h"

#include <QAction>
#include <QPushButton>
#include <QToolButton>

using namespace fastcar;
using namespace fastcar::ui;

class TestCompareRuns : public QObject, private ComparedRuns {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { openAnew(); }
    void cleanup() { close(); }

    void twoRunsInARowAreComparedAtOnce();
    void sameSeedDenseIsMadeAndCompared();
    void sameSeedWithThePanelsReplayIsMadeAndCompared();
    void aTwinIsHeldAgainstTheRunThatItIsOf();
    void aRunOfTheLibraryBringsItsPictures();
    void aDroppedTraceIsDecoded();
    void theStripSaysWhatItCounts();
    void theFirstOtherCodeIsChosenInAllViews();
    void theTableBehindTheTokensHasTheStripsNumbers();
};

void TestCompareRuns::twoRunsInARowAreComparedAtOnce()
{
    page_->hide();
    makeRun(std::nullopt);
    const auto dense = controller_->result()->codes;
    makeRun(always);
    const auto replayed = controller_->result()->codes;
    page_->show();
    QVERIFY(settled());
    QVERIFY(comparison().source(Side::A) == RunSource::before());
    QVERIFY(comparison().source(Side::B) == RunSource::shown());
    int equal = 0, first = -1;
    const int depth = controller_->result()->depth;
    for (std::size_t i = 0; i < dense[0].size(); ++i) {
        equal += dense[0][i] == replayed[0][i];
        if (dense[0][i] != replayed[0][i] && first < 0)
            first = static_cast<int>(i) / depth;
    }
    QVERIFY(first >= 16); // frame 1 is always computed
    QCOMPARE(find<TokenStrip>("tokenStrip")->firstDifference(), first);
    QCOMPARE(comparison().result()->runs.codes->codes.equal, std::int64_t{equal});
    QCOMPARE(cell("Equal codes", 1),
             QStringLiteral("%1 %").arg(100.0 * equal / static_cast<double>(dense[0].size()), 0, 'f', 1));
    QCOMPARE(cell("Replayed, of eligible", 1), QStringLiteral("–"));
    QCOMPARE(cell("Replayed, of eligible", 2), QStringLiteral("100.0 %"));
    QCOMPARE(cell("Equal frames", 1), QStringLiteral("1 of 2"));
    QVERIFY(!cell("replay.thresholds", 2).isEmpty());
    QTRY_COMPARE(page_->view().scene().nameA, QStringLiteral("dense"));
}

void TestCompareRuns::sameSeedDenseIsMadeAndCompared()
{
    makeRun(std::nullopt);
    const auto dense = controller_->result()->codes;
    makeRun(always);
    const auto replayed = controller_->result()->codes;
    makeRun(0.0f); // what stands before and after it does not matter
    makeRun(always);
    settings_->setSeed(99);                             // of the next run, not of this one
    auto *button = find<QPushButton>("sameSeedButton"); // of a run with replay: dense
    QCOMPARE(button->text(), QStringLiteral("Same seed, dense"));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(controller_->running());
    QVERIFY(!find<QPushButton>("sameSeedButton")->isEnabled());
    QVERIFY(runIsDone());
    QVERIFY(settled());
    QCOMPARE(controller_->result()->codes, dense);
    const Trace &a = *comparison().run(Side::A)->trace, &b = *comparison().run(Side::B)->trace;
    QVERIFY(a.settings().replay.thresholds.empty());
    QCOMPARE(a.settings().seed, std::uint64_t{7});
    QCOMPARE(b.code(31, 0, 0), replayed[0][static_cast<std::size_t>(31 * controller_->result()->depth)]);
    const auto &differences = *comparison().result()->runs.settings;
    QCOMPARE(differences.size(), std::size_t{1});
    QCOMPARE(differences.front().name, std::string("replay.thresholds"));
}

void TestCompareRuns::sameSeedWithThePanelsReplayIsMadeAndCompared()
{
    makeRun(std::nullopt);
    auto *button = find<QPushButton>("sameSeedButton"); // of a dense run: with replay
    QVERIFY(!button->isEnabled());
    QVERIFY(button->toolTip().contains(QStringLiteral("replay is off")));
    settings_->replay().chooseAll();
    QVERIFY(find<QAction>("sameSeedReplayAction")->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(runIsDone());
    QVERIFY(settled());
    QCOMPARE(comparison().run(Side::A)->trace->statistics().all().replayed, 0);
    QCOMPARE(comparison().run(Side::B)->trace->statistics().all().ofEligible(), 1.0);
}

void TestCompareRuns::aTwinIsHeldAgainstTheRunThatItIsOf()
{
    makeRun(always);
    page_->disconnect(&window_); // as if others waited in the queue
    RunSettings asked;
    connect(page_.get(), &ComparePage::runAsked, this,
            [&](const RunSettings &settings) { asked = settings; });
    QTest::mouseClick(find<QPushButton>("sameSeedButton"), Qt::LeftButton);
    settings_->setSeed(5);
    makeRun(0.0f); // somebody else's
    controller_->start(golden::model().checkpoint->config(), asked);
    QVERIFY(runIsDone());
    QVERIFY(settled());
    QCOMPARE(comparison().run(Side::A)->trace->statistics().all().replayed, 0);
    QCOMPARE(comparison().run(Side::B)->settings->seed, std::uint64_t{7});
    QCOMPARE(comparison().result()->runs.settings->size(), std::size_t{1});
}

void TestCompareRuns::aRunOfTheLibraryBringsItsPictures()
{
    makeRun(always);
    const RunFolder folder(std::filesystem::path(folder_.filePath(QStringLiteral("run")).toStdString()));
    QVERIFY(folder.create().ok());
    QVERIFY(writeTrace(folder.trace(), record_->trace()).ok());
    // Others than the codes stand for, to tell the two apart.
    for (int frame = 0; frame < 2; ++frame)
        QVERIFY(folder.writeFrame(0, frame, plain(32, 32, 7, 7, 7)).ok());
    page_->choose(
        Side::A, RunSource::ofFile(QString::fromStdString(folder.trace().string()), QStringLiteral("run 3")));
    page_->choose(Side::B, RunSource::shown());
    QVERIFY(QTest::qWaitFor([&] { return !comparison().busy() && comparison().run(Side::A); }, 20000));
    QCOMPARE(comparison().run(Side::A)->frames(0).size(), std::size_t{2});
    QCOMPARE(int(comparison().run(Side::A)->frames(0).front()->rgb.front()), 7);
    QVERIFY(find<QToolButton>("sourceA")->text().contains(QStringLiteral("run 3")));
}

void TestCompareRuns::aDroppedTraceIsDecoded()
{
    makeRun(always);
    QVERIFY(writeTrace(folder_.filePath(QStringLiteral("run.fctrace")).toStdString(), record_->trace()).ok());
    page_->choose(Side::B, RunSource::shown());
    drop({QStringLiteral("run.fctrace")}, {10, 300}); // the left half is A's
    QVERIFY(settled());
    QVERIFY(comparison().source(Side::A).kind == RunSource::Kind::File);
    QCOMPARE(comparison().run(Side::A)->frames(0).size(), std::size_t{2});
    for (std::size_t frame = 0; frame < 2; ++frame)
        QVERIFY(comparison().run(Side::A)->frames(0)[frame]->rgb ==
                record_->frames().at(0, static_cast<int>(frame)).picture->rgb);
    QCOMPARE(cell("PSNR", 1), QStringLiteral("∞ dB"));
    QCOMPARE(cell("First other code", 1), QStringLiteral("there is none"));
}

void TestCompareRuns::theStripSaysWhatItCounts()
{
    compareRunBeforeWithShown(3);
    const QStringList words = wordsOf(*find<TokenStrip>("tokenStrip"));
    for (const char *word : {"Frame", "1", "2", "3", "Codes", "Decisions", "Equal"})
        QVERIFY2(words.contains(QLatin1String(word)), qPrintable(words.join(QLatin1Char('|'))));
    QCOMPARE(cutWordsOf(*find<TokenStrip>("tokenStrip")), QStringList());
}

void TestCompareRuns::theFirstOtherCodeIsChosenInAllViews()
{
    compareRunBeforeWithShown(3);
    auto *strip = find<TokenStrip>("tokenStrip");
    const int first = strip->firstDifference();
    const auto isChosen = [&] {
        return selection_->frame() == first / 16 && selection_->position() == first % 16;
    };
    const auto moveAway = [&] {
        selection_->chooseFrame(0);
        selection_->choosePosition(-1);
        QVERIFY(!isChosen());
    };
    moveAway();
    QTest::mouseClick(find<QPushButton>("firstDifferenceButton"), Qt::LeftButton);
    QVERIFY(isChosen());
    moveAway();
    // Near the mark it is the mark that is meant.
    QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(static_cast<int>(strip->xOf(first)) + 4, 20));
    QVERIFY(isChosen());
    moveAway();
    QTest::keyClick(&page_->view(), Qt::Key_F);
    QVERIFY(isChosen());
    QTRY_COMPARE(strip->value(), first);
    QTRY_COMPARE(page_->view().scene().selected, first % 16);
    QVERIFY(find<QLabel>("compareFactsLabel")->text().contains(QStringLiteral("codes A")));
    // And what is chosen in the viewer is chosen here.
    selection_->chooseFrame(2);
    selection_->choosePosition(5);
    QTRY_COMPARE(strip->value(), 37);
}

void TestCompareRuns::theTableBehindTheTokensHasTheStripsNumbers()
{
    compareRunBeforeWithShown(3);
    auto *table = find<CsvTableView>("tokenTable");
    QVERIFY(!table->isVisible());
    find<QPushButton>("tokensChip")->click();
    QVERIFY(table->isVisible());
    QCOMPARE(selection_->position(), -1); // the cell that a table begins with is nobody's choice
    const TokenComparison &tokens = *comparison().result()->tokens;
    const QAbstractItemModel &model = *table->model();
    QCOMPARE(model.rowCount(), static_cast<int>(tokens.tokens.size()));
    int differ = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const TokenDifference &token = tokens.tokens[static_cast<std::size_t>(row)];
        QCOMPARE(model.index(row, TokenTable::Codes).data().toInt(), token.codes);
        QCOMPARE(model.index(row, TokenTable::Decisions).data().toInt(), token.decisions);
        differ += token.codes;
    }
    QVERIFY(differ > 0);
    QVERIFY(table->csv().startsWith(QStringLiteral(",Codes,Decisions\n\"frame 1, position 1\",")));
    // Table, strip and views share the token.
    table->setCurrentIndex(model.index(18, TokenTable::Decisions));
    QCOMPARE(selection_->frame(), 1);
    QCOMPARE(selection_->position(), 2);
    QTRY_COMPARE(find<TokenStrip>("tokenStrip")->value(), 18);
    selection_->chooseToken(2, 5); // frame and position at once
    QCOMPARE(selection_->position(), 5);
    QTRY_COMPARE(table->currentIndex().row(), 37);
    QVERIFY(
        table->currentIndex().data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Token 38")));
    find<QPushButton>("figuresChip")->click();
    QVERIFY(find<QTableView>("comparisonTable")->isVisible());
}

QTEST_MAIN(TestCompareRuns)
#include "test_compare_runs.moc"

// SPDX-License-Identifier: Apache-2.0
//
// The hardware panel in the real window, with the real engine and the golden checkpoint; the cards are made.
#include "tests/decode/failing_device.h"
#include "tests/ui/made_card.h"
#include "tests/ui/studio_window.h"
#include "ui/hardware/gantt_view.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/hardware/run_strip.h"
#include "ui/models/run_queue.h"
#include "ui/window/message_banner.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestHardwarePanel : public QObject, private StudioWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { window_.reset(); }

    void itIsClosedUntilTheMenuOpensIt();
    void withoutACardItSaysSo();
    void withoutAModelItSaysSo();
    void beforeTheFirstRunItSaysWhatWillBeHere();
    void aModelThatDoesNotFitTheCardIsExplained();
    void aRunFillsTimelineStripAndFigures();
    void aQueuedRunIsTimedWithItsOwnModel();
    void aKeptRunOfAModelThatIsNotOpenSaysSo();
    void clickingTheStripChoosesTheStepInAllViews();
    void clickingTheTimelineChoosesLayerAndRow();
    void theTimelineFollowsTheSelection();
    void aPolicyThatIsChosenReachesTheRunThatGoesOn();
    void theChosenPolicyIsInTheSettingsOfTheNextRun();
    void comparingPutsTwoTracksOverOneAnother();
    void theTimelineIsSavedAndTheBannerSaysWhere();
    void cardAndPolicyAreThereAgainNextTime();
    void hiddenItComputesNothing();
    void aWideWindowShowsTheFiguresByItself();
    void wordsHaveTheirRoomAsSoonAsTheyCome();
    void wordsFitAsSoonAsThePanelIsNarrower();

private:
    HardwarePanel *panel() { return find<HardwarePanel>("hardwarePanel"); }
    GanttView *gantt() { return find<GanttView>("ganttView"); }
    void open(bool withModel = true, const QString &card = QStringLiteral("made"));
    void openModel(const QString &folder)
    {
        QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
        window_->openModel(folder);
        QVERIFY(settled.count() > 0 || settled.wait(20000));
    }
    /// Of `frames` frames, with everything replayed that can be.
    void start(int frames);
    void run(int frames);
    bool waitForPicture()
    {
        return QTest::qWaitFor([this] { return gantt()->hasPicture(); }, 30000);
    }

    /// Both labels, as they stand now.
    void wordsFit()
    {
        for (const char *name : {"hardwareStep", "hardwareSummary"}) {
            const auto *label = find<QLabel>(name);
            const int needs = label->fontMetrics().horizontalAdvance(label->text());
            QVERIFY2(needs <= label->width(), qPrintable(QStringLiteral("%1 “%2” has %3 of %4 pixels")
                                                             .arg(QLatin1String(name), label->text())
                                                             .arg(label->width())
                                                             .arg(needs)));
        }
    }

    QTemporaryDir folder_;
    FailingDevice shaky_{"shaky"}; // as good as cpu; holds where it is told to
};

void TestHardwarePanel::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    applyTheme(*qApp, ThemeName::Dark);
}

void TestHardwarePanel::init()
{
    registerMadeCards();
    for (const char *left : {"settings.ini", "queue.json"})
        QFile::remove(folder_.filePath(QLatin1String(left)));
}

void TestHardwarePanel::open(bool withModel, const QString &card)
{
    auto options = withModel ? windowOptions(folder_.path()) : windowOptionsWithoutAModel(folder_.path());
    options.prompt = QStringLiteral("a cat");
    options.theme = ThemeName::Dark;
    options.card = card;
    window_ = openWindow(std::move(options), {1280, 800}); // more than the screen that is no screen
}

void TestHardwarePanel::start(int frames)
{
    find<QSpinBox>("framesSpin")->setValue(frames);
    click("presetAll");
    click("generateButton");
}

void TestHardwarePanel::run(int frames)
{
    start(frames);
    QVERIFY(QTest::qWaitFor([this] { return window_->controller().state() == State::Done; }, 60000));
}

void TestHardwarePanel::itIsClosedUntilTheMenuOpensIt()
{
    open(true, {});
    auto *dock = find<QDockWidget>("hardwareDock");
    QVERIFY(!dock->isVisible());
    dock->toggleViewAction()->trigger();
    QVERIFY(panel()->isVisible());
    QVERIFY(!panel()->accessibleName().isEmpty());
}

void TestHardwarePanel::withoutACardItSaysSo()
{
    registerCardTimings({});
    open();
    find<QDockWidget>("hardwareDock")->show();
    QTRY_COMPARE(gantt()->message(), QStringLiteral("No card is described"));
    QVERIFY(!find<QComboBox>("cardCombo")->isEnabled());
}

void TestHardwarePanel::withoutAModelItSaysSo()
{
    open(false);
    QTRY_COMPARE(gantt()->message(), QStringLiteral("No model is open"));
}

void TestHardwarePanel::beforeTheFirstRunItSaysWhatWillBeHere()
{
    open();
    QTRY_COMPARE(gantt()->message(), QStringLiteral("Nothing has run yet"));
    QVERIFY(gantt()->accessibleDescription().contains(QStringLiteral("Made card")));
    QVERIFY(!find<QAction>("saveTimelineAction")->isEnabled());
    QVERIFY(find<QComboBox>("cardCombo")->toolTip().contains(QStringLiteral("40 cycles of latency")));
}

void TestHardwarePanel::aModelThatDoesNotFitTheCardIsExplained()
{
    open(true, QStringLiteral("tiny"));
    QTRY_COMPARE(gantt()->message(), QStringLiteral("No timing on Tiny card"));
    QVERIFY(gantt()->accessibleDescription().contains(QStringLiteral("512 MiB too little")));
    panel()->chooseCard(QStringLiteral("made"));
    QTRY_COMPARE(gantt()->message(), QStringLiteral("Nothing has run yet"));
}

void TestHardwarePanel::aRunFillsTimelineStripAndFigures()
{
    open();
    run(4);
    QVERIFY(waitForPicture());
    const int steps = 4 * 16 - 1;
    QTRY_COMPARE(panel()->times().known(DrsPolicy::Split), steps);
    QTRY_COMPARE(find<RunStrip>("runStrip")->maximum(), steps - 1);
    const int layers = window_->record().trace().shape().layers;
    QCOMPARE(static_cast<int>(gantt()->scene().tracks[0].picture->layers.size()), layers);
    QVERIFY(find<QLabel>("hardwareStep")->text().startsWith(QStringLiteral("Step ")));
    QVERIFY(find<QLabel>("hardwareSummary")->text().contains(QStringLiteral("estimate")));
    const FigureTable &figures = panel()->figures();
    QCOMPARE(figures.figureColumns().size(), std::size_t{1});
    // Four cores share two rows' work: the fixed map leaves two of them idle.
    QVERIFY(*figures.figureColumns()[0].staticCycles > figures.figureColumns()[0].counters.cycles);
    QVERIFY(figures.figureColumns()[0].videoJoule > 0.0);
}

void TestHardwarePanel::aQueuedRunIsTimedWithItsOwnModel()
{
    open();
    find<QSpinBox>("framesSpin")->setValue(1000);
    window_->settings().setDevice(QStringLiteral("shaky"));
    shaky_.holdsAt = 16 + 3; // a small model would be through before anybody pauses
    const RunSettings waiting = window_->settings().settings();
    const int layers = window_->settings().model().checkpoint->config().backbone.layers;
    openModel(QStringLiteral(FASTCAR_SOURCE_DIR "/resources/models/default"));
    QVERIFY(window_->settings().model().checkpoint->config().backbone.layers != layers);
    qobject_cast<RunQueue *>(find<QListView>("queueList")->model())->add(waiting);
    click("generateButton"); // behind the one that waits
    const RunRecord &record = window_->record();
    QVERIFY(QTest::qWaitFor(
        [&] { return record.trace().shape().layers == layers && record.wholeSteps() > 0; }, 20000));
    click("pauseButton"); // before its turn is over
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Paused; }, 20000));
    QVERIFY(waitForPicture());
    QCOMPARE(static_cast<int>(gantt()->scene().tracks[0].picture->layers.size()), layers);
    find<QPushButton>("cancelButton")->click();
}

void TestHardwarePanel::aKeptRunOfAModelThatIsNotOpenSaysSo()
{
    open();
    run(2);
    QVERIFY(waitForPicture());
    const Trace kept = window_->record().trace();
    const QString own = QString::fromStdString(kept.settings().modelFolder);
    openModel(QStringLiteral(FASTCAR_SOURCE_DIR "/resources/models/default"));
    QVERIFY(gantt()->hasPicture()); // of a run that keeps its model
    QVERIFY(window_->controller().show(kept, {}));
    QTRY_COMPARE(gantt()->message(), QStringLiteral("The model of this run is not open"));
    QVERIFY(gantt()->accessibleDescription().contains(own));
    openModel(own);
    QVERIFY(waitForPicture());
}

void TestHardwarePanel::clickingTheStripChoosesTheStepInAllViews()
{
    open();
    run(4);
    QVERIFY(waitForPicture());
    auto *strip = find<RunStrip>("runStrip");
    QTRY_COMPARE(strip->maximum(), 62);
    const int step = 2 * 16 + 5;
    const QPoint at(static_cast<int>((strip->xOf(step) + strip->xOf(step + 1)) / 2.0), strip->height() / 2);
    QCOMPARE(strip->stepAt(at.x()), step);
    QTest::mouseClick(strip, Qt::LeftButton, {}, at);
    QCOMPARE(window_->selection().frame(), 2);
    QCOMPARE(window_->selection().position(), 5);
    QTRY_COMPARE(panel()->shownStep(), step);
    // Until the picture is there, the line says besides that it is on its way.
    QTRY_COMPARE(find<QLabel>("hardwareStep")->text(),
                 QStringLiteral("Step %1: frame 3, position 6").arg(step + 1));
    QTest::keyClick(strip, Qt::Key_Right);
    QTRY_COMPARE(panel()->shownStep(), step + 1);
}

void TestHardwarePanel::clickingTheTimelineChoosesLayerAndRow()
{
    open();
    run(2);
    QVERIFY(waitForPicture());
    const GanttLayout &layout = gantt()->layoutOfLines();
    const StepPicture &picture = *gantt()->scene().tracks[0].picture;
    const auto line = std::find_if(layout.lines.begin(), layout.lines.end(),
                                   [](const GanttLine &l) { return l.kind == GanttLine::Kind::Lane; });
    const auto &spans = picture.lanes[0].spans();
    const auto span = std::find_if(spans.begin(), spans.end(),
                                   [](const CardSpan &s) { return s.layer == 2 && s.row == 1; });
    QVERIFY(span != spans.end());
    const QPointF at(layout.xOf(gantt()->scene().range, static_cast<double>(span->begin + span->end) / 2.0),
                     GanttLayout::axisHeight() + line->top + line->height / 2.0);
    QTest::mouseClick(gantt()->viewport(), Qt::LeftButton, {}, at.toPoint());
    QCOMPARE(window_->selection().layer(), 2);
    QCOMPARE(window_->selection().row(), 1);
    QCOMPARE(find<QComboBox>("layerCombo")->currentIndex(), 2);
    QCOMPARE(find<QComboBox>("rowCombo")->currentIndex(), 1);
}

void TestHardwarePanel::theTimelineFollowsTheSelection()
{
    open();
    run(3);
    QVERIFY(waitForPicture());
    window_->selection().chooseFrame(1);
    window_->selection().choosePosition(7);
    window_->selection().chooseLayer(1);
    QTRY_COMPARE(panel()->shownStep(), 16 + 7);
    QCOMPARE(gantt()->scene().layer, 1);
    window_->selection().chooseFrame(0); // nothing is replayed in frame 1
    QTRY_COMPARE(panel()->shownStep(), 7);
    QCOMPARE(gantt()->scene().tracks[0].picture->timing.counters.rowsReplayed, 0);
}

void TestHardwarePanel::aPolicyThatIsChosenReachesTheRunThatGoesOn()
{
    open();
    window_->settings().setDevice(QStringLiteral("shaky"));
    shaky_.holdsAt = 16 + 3; // in the second frame: a small model would be through before anybody chooses
    start(1000);
    QVERIFY(QTest::qWaitFor([this] { return window_->record().frames().wholeFrames() >= 1; }, 60000));
    click("drsDeal");
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(QTest::qWaitFor([this] { return window_->record().policyNumber() > 0; }, 60000));
    QVERIFY(QTest::qWaitFor([this] { return window_->controller().state() == State::Done; }, 60000));
    const Trace &trace = window_->record().trace();
    QVERIFY(trace.policy(trace.policyOf(0)).drs == DrsPolicy::Split);
    QVERIFY(trace.policy(trace.policyOf(trace.steps() - 1)).drs == DrsPolicy::Deal);
    // It says how long a step takes, and nothing else: thresholds are as they were.
    QVERIFY(trace.policy(trace.policyOf(trace.steps() - 1)).thresholds == trace.policy(0).thresholds);
    const auto title = [this] {
        const auto &tracks = gantt()->scene().tracks; // none until the first picture of the run is there
        return tracks.empty() ? QString() : tracks[0].title;
    };
    QTRY_COMPARE(title(), QStringLiteral("Deal"));
}

void TestHardwarePanel::theChosenPolicyIsInTheSettingsOfTheNextRun()
{
    open();
    click("drsStatic");
    QVERIFY(window_->settings().settings().replay.drs == DrsPolicy::Static);
    run(2);
    QVERIFY(window_->controller().settings().replay.drs == DrsPolicy::Static);
    QVERIFY(find<QPushButton>("drsStatic")->isChecked());
}

void TestHardwarePanel::comparingPutsTwoTracksOverOneAnother()
{
    open();
    run(2);
    panel()->compareWith(DrsPolicy::Static);
    QTRY_COMPARE(gantt()->scene().tracks.size(), std::size_t{2});
    const auto &tracks = gantt()->scene().tracks;
    QCOMPARE(tracks[0].title, QStringLiteral("Split"));
    QCOMPARE(tracks[1].title, QStringLiteral("Static"));
    QVERIFY(tracks[0].picture->cycles() < tracks[1].picture->cycles());
    QVERIFY(gantt()->scene().range.total() >= static_cast<double>(tracks[1].picture->cycles()));
    QVERIFY2(tracks[0].note.contains(QStringLiteral("as fast as static")), qPrintable(tracks[0].note));
    QCOMPARE(panel()->figures().figureColumns().size(), std::size_t{2});
    click("drsStatic"); // both the same: one is enough
    QTRY_COMPARE(gantt()->scene().tracks.size(), std::size_t{1});
}

void TestHardwarePanel::theTimelineIsSavedAndTheBannerSaysWhere()
{
    open();
    run(2);
    QVERIFY(waitForPicture());
    QTRY_VERIFY(find<QAction>("saveTimelineAction")->isEnabled());
    QString suggested;
    panel()->askForFile = [&](const QString &suggestion) {
        suggested = suggestion;
        return folder_.filePath(QStringLiteral("step.csv"));
    };
    find<QAction>("saveTimelineAction")->trigger();
    QVERIFY2(suggested.startsWith(QStringLiteral("step-")), qPrintable(suggested));
    QVERIFY(QFile::exists(folder_.filePath(QStringLiteral("step.csv"))));
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("step.csv")));
    panel()->askForFile = [&](const QString &) {
        return folder_.filePath(QStringLiteral("no/such/step.svg"));
    };
    panel()->saveTimeline();
    QVERIFY2(banner->text().contains(QStringLiteral("not saved")), qPrintable(banner->text()));
}

void TestHardwarePanel::cardAndPolicyAreThereAgainNextTime()
{
    open();
    panel()->chooseCard(QStringLiteral("short"));
    click("drsDeal");
    window_->close();
    window_.reset();
    open(true, {});
    QCOMPARE(panel()->card(), QStringLiteral("short"));
    QTRY_VERIFY(find<QPushButton>("drsDeal")->isChecked());
}

void TestHardwarePanel::hiddenItComputesNothing()
{
    open(true, {});
    run(3);
    QTest::qWait(50);
    QCOMPARE(panel()->times().known(DrsPolicy::Split), 0);
    find<QDockWidget>("hardwareDock")->show();
    QVERIFY(waitForPicture());
}

void TestHardwarePanel::aWideWindowShowsTheFiguresByItself()
{
    open();
    auto *dock = find<QDockWidget>("hardwareDock");
    dock->setFloating(true);
    dock->resize(1200, 500);
    QTest::qWait(20);
    QVERIFY(!find<QTableView>("hardwareFigures")->isVisible()); // there are none yet
    run(3);
    QTRY_VERIFY(find<QTableView>("hardwareFigures")->isVisible());
    dock->resize(620, 400);
    QTRY_VERIFY(!find<QTableView>("hardwareFigures")->isVisible());
    click("figuresButton"); // who asks for them keeps them
    dock->resize(640, 400);
    QTest::qWait(20);
    QVERIFY(find<QTableView>("hardwareFigures")->isVisible());
}

/// Before anything else is laid out.
void TestHardwarePanel::wordsHaveTheirRoomAsSoonAsTheyCome()
{
    open();
    start(2);
    const QDeadlineTimer until(60000);
    while (find<QLabel>("hardwareStep")->text().isEmpty() && !until.hasExpired())
        QCoreApplication::processEvents();
    QVERIFY(!find<QLabel>("hardwareStep")->text().isEmpty());
    wordsFit();
}

void TestHardwarePanel::wordsFitAsSoonAsThePanelIsNarrower()
{
    open();
    run(2);
    QVERIFY(waitForPicture());
    QTRY_VERIFY(!find<QLabel>("hardwareSummary")->text().isEmpty());
    const QString all = find<QLabel>("hardwareSummary")->text();
    for (const int width : {900, 600, 450, 300, 150}) {
        panel()->resize(width, panel()->height());
        wordsFit();
    }
    QVERIFY(find<QLabel>("hardwareSummary")->text() != all);
    panel()->resize(1200, panel()->height());
    QCOMPARE(find<QLabel>("hardwareSummary")->text(), all);
}

QTEST_MAIN(TestHardwarePanel)
#include "test_hardware_panel.moc"

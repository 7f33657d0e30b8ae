// SPDX-License-Identifier: Apache-2.0
//
// Runs in the real window, with the real engine and the golden checkpoint: begun, watched, paused, tuned and
// cancelled, as a person does it.
#include "tests/cli/program.h"
#include "tests/ui/watched_window.h"
#include "ui/video/video_view.h"
#include "ui/window/message_banner.h"
#include "ui/window/viewer_page.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTimer>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

namespace {

/// With which value a bar was painted last, and how often.
class ValuePainted : public QObject {
public:
    explicit ValuePainted(QProgressBar &bar)
        : bar_(bar)
    {
        bar_.installEventFilter(this);
    }

    int value = -1;
    int times = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            value = bar_.value();
            ++times;
        }
        return false;
    }

private:
    QProgressBar &bar_;
};

} // namespace

class TestWindowRun : public QObject, private WatchedWindow {
    Q_OBJECT

private slots:
    void initTestCase() { WatchedWindow::initTestCase(); }
    void init() { WatchedWindow::init(); }
    void cleanup() { WatchedWindow::cleanup(); }
    void cleanupTestCase() { WatchedWindow::cleanupTestCase(); }

    void generateMakesAllFrames();
    void ctrlEnterGeneratesFromThePrompt();
    void theWindowStaysAliveWhileTheEngineWorks();
    void theBarOfARunIsPaintedWithTheRest();
    void aBarThatWasBusyStandsStillWhileNoTokenHasCome();
    void aRunLikeTheOneBeforeAsksForNoLayoutOfTheWindow();
    void aHiddenWindowAsksForNoPreviews();
    void pauseHoldsAndResumeGoesOn();
    void cancelKeepsWholeFrames();
    void theSliderChangesThresholdsMidRun();
    void everythingReplayedReachesTheCeiling();
    void theSameSeedMakesTheSameVideo();
    void theCommandLineMakesTheSameCodes();
    void guidanceOfOneRunsOneRow();
    void aPersonTypesWatchesTunesAndCancels();
};

void TestWindowRun::generateMakesAllFrames()
{
    setPrompt(QStringLiteral("a cat moves from left to right"));
    find<QSpinBox>("framesSpin")->setValue(4);
    QVERIFY(!find<QAction>("saveVideoAction")->isEnabled());
    click("generateButton");
    QCOMPARE(find<QPushButton>("generateButton")->text(), QStringLiteral("Add to the queue"));
    QVERIFY(waitFor(State::Done));
    QCOMPARE(find<QPushButton>("generateButton")->text(), QStringLiteral("Generate"));
    QCOMPARE(window_->record().frames().wholeFrames(), 4);
    QCOMPARE(window_->record().trace().tokens(), 64);
    QCOMPARE(find<QProgressBar>("runProgress")->value(), 64);
    QCOMPARE(find<QLabel>("tokensLabel")->text(), QStringLiteral("64 / 64 tokens"));
    QVERIFY(find<QAction>("saveVideoAction")->isEnabled());
    QVERIFY(find<VideoView>("videoView")->isVisible());
    QTRY_VERIFY(find<VideoView>("videoView")->scene().picture);
    const QString backend = find<QLabel>("backendLabel")->text();
    QVERIFY(backend.startsWith(device_ ? QStringLiteral("Vulkan: ") : QStringLiteral("QPainter")));
    QVERIFY(find<QPushButton>("generateButton")->isEnabled());
}

void TestWindowRun::ctrlEnterGeneratesFromThePrompt()
{
    auto *prompt = find<QPlainTextEdit>("promptEdit");
    QApplication::setActiveWindow(window_.get());
    prompt->setFocus();
    QTest::keyClicks(prompt, QStringLiteral("a dog"));
    QTest::keyClick(prompt, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(window_->controller().running());
    QCOMPARE(prompt->toPlainText(), QStringLiteral("a dog"));
    QVERIFY(waitFor(State::Done));
}

void TestWindowRun::theWindowStaysAliveWhileTheEngineWorks()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(1000);
    QTimer heart;
    int beats = 0;
    qint64 longest = 0;
    QElapsedTimer since;
    connect(&heart, &QTimer::timeout, this, [&] {
        longest = std::max(longest, since.restart());
        ++beats;
    });
    QElapsedTimer run;
    run.start();
    since.start();
    heart.start(10);
    // The golden model is quick: again and again, until there is something to measure.
    while (run.elapsed() < 2000) {
        click("generateButton");
        QVERIFY(waitFor(State::Done));
    }
    const double seconds = static_cast<double>(run.elapsed()) / 1000.0;
    qInfo("%d beats in %.2f s, longest gap %lld ms", beats, seconds, static_cast<long long>(longest));
    QVERIFY(beats >= 5.0 * seconds);
    QVERIFY(longest < 1000);
}

/// A bar that paints itself when its value changes paints all that waits, and the rest comes in a second go.
void TestWindowRun::theBarOfARunIsPaintedWithTheRest()
{
    setPrompt(QStringLiteral("a ghost falls down"));
    auto *bar = find<QProgressBar>("runProgress");
    ValuePainted painted(*bar);
    const RunRecord &record = window_->record();
    int shown = 0;
    int paintedAtOnce = 0;
    connect(&record, &RunRecord::advanced, bar, [&] { // behind the bar's own slot
        paintedAtOnce += bar->value() != std::exchange(shown, bar->value()) && painted.value == bar->value();
    });
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(shown, record.trace().tokens());
    QCOMPARE(paintedAtOnce, 0);
    QTRY_COMPARE(painted.value, shown);
    disconnect(&record, nullptr, bar, nullptr);
}

void TestWindowRun::aBarThatWasBusyStandsStillWhileNoTokenHasCome()
{
    auto *bar = find<QProgressBar>("runProgress");
    ValuePainted painted(*bar);
    bar->setRange(0, 0); // as while the prompt is read
    QTRY_VERIFY(painted.times > 3);
    bar->setRange(0, 100);
    QTest::qWait(100);
    painted.times = 0;
    QTest::qWait(300);
    QCOMPARE(painted.times, 0);
}

/// All of its panels are measured for one, and painted where something has moved.
void TestWindowRun::aRunLikeTheOneBeforeAsksForNoLayoutOfTheWindow()
{
    class Layouts : public QObject {
    public:
        int asked = 0;

    protected:
        bool eventFilter(QObject *, QEvent *event) override
        {
            asked += event->type() == QEvent::LayoutRequest;
            return false;
        }
    };
    for (const char *dock : {"libraryDock", "decisionsDock", "heatmapsDock", "hardwareDock", "queueDock"})
        find<QDockWidget>(dock)->show();
    QVERIFY(find<QWidget>("queueNothing")->isVisible()); // in whose place a run comes
    setPrompt(QStringLiteral("a ghost falls down"));
    Layouts layouts;
    for (int run = 0; run < 3; ++run) {
        QTest::qWait(300); // what is due behind a run
        layouts.asked = 0;
        window_->installEventFilter(&layouts);
        bool came = false;
        const auto first =
            connect(&window_->record(), &RunRecord::advanced, window_.get(), [&] { came = true; });
        click("generateButton");
        QVERIFY(QTest::qWaitFor([&] { return came; }, 60000));
        window_->removeEventFilter(&layouts);
        disconnect(first);
        QVERIFY(waitFor(State::Done));
    }
    QCOMPARE(layouts.asked, 0); // the first ones may need more room than any before
}

void TestWindowRun::aHiddenWindowAsksForNoPreviews()
{
    setPrompt(QStringLiteral("a cat"));
    window_->settings().setDevice(QStringLiteral("shaky"));
    for (const bool hidden : {true, false}) {
        window_->setVisible(!hidden);
        shaky_.holdsAt = 5; // in the first frame
        window_->generate();
        QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == 6; }, 60000));
        QCOMPARE(window_->record().frames().visibleFrames(), hidden ? 0 : 1);
        window_->controller().cancel();
        shaky_.holdsAt = FailingDevice::never;
        QVERIFY(waitFor(State::Cancelled));
    }
}

void TestWindowRun::pauseHoldsAndResumeGoesOn()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(12);
    click("generateButton");
    click("pauseButton");
    QVERIFY(waitFor(State::Paused));
    QCOMPARE(find<QPushButton>("pauseButton")->text(), QStringLiteral("Resume"));
    const int held = window_->record().trace().tokens();
    QVERIFY(held < 12 * 16);
    QTest::qWait(200);
    QCOMPARE(window_->record().trace().tokens(), held);
    click("pauseButton");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->record().trace().tokens(), 12 * 16);
}

void TestWindowRun::cancelKeepsWholeFrames()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(1000);
    const int asked = find<QSpinBox>("framesSpin")->value();
    window_->settings().setDevice(QStringLiteral("shaky"));
    shaky_.holdsAt = 2 * 16 + 3; // in the third frame: a small model would be through before anybody cancels
    click("generateButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->record().frames().wholeFrames() >= 2; }, 60000));
    click("cancelButton");
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(waitFor(State::Cancelled));
    const int kept = window_->record().frames().wholeFrames();
    QVERIFY(kept >= 2);
    QVERIFY(kept < asked);
    QCOMPARE(static_cast<int>(window_->controller().result()->frames.front().size()), kept);
    QVERIFY(find<QAction>("saveVideoAction")->isEnabled());
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(QStringLiteral("of %1").arg(asked * 16)), qPrintable(banner->text()));
}

void TestWindowRun::theSliderChangesThresholdsMidRun()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(1000);
    window_->settings().setDevice(QStringLiteral("shaky"));
    shaky_.holdsAt = 2 * 16 + 3; // in the third frame, until the slider has moved
    click("generateButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->record().frames().wholeFrames() >= 2; }, 60000));
    auto *slider = find<QSlider>("thresholdSlider");
    slider->setValue(slider->minimum());
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(QTest::qWaitFor([&] { return window_->record().policyNumber() > 0; }, 60000));
    QVERIFY(waitFor(State::Done));
    const Trace &trace = window_->record().trace();
    QCOMPARE(trace.policyOf(0), 0U);
    QVERIFY(trace.policyOf(trace.steps() - 1) > 0);
    QVERIFY(trace.policy(trace.policyOf(trace.steps() - 1)).threshold(0).has_value());
    QVERIFY(window_->record().replay().all().replayed > 0);
    QVERIFY(find<QPushButton>("presetUniform")->isChecked());
}

void TestWindowRun::everythingReplayedReachesTheCeiling()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(4);
    click("presetAll");
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    const ReplayCount all = window_->record().replay().all();
    QCOMPARE(all.ofEligible(), 1.0);
    QCOMPARE(all.ofAll(), ReplayStatistics::ceiling(4, 16));
    click("presetOff");
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->record().replay().all().replayed, 0);
}

void TestWindowRun::theSameSeedMakesTheSameVideo()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    auto *seed = find<QLineEdit>("seedEdit");
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("1234"));
    QVERIFY(find<QAbstractButton>("seedLock")->isChecked()); // who types a seed keeps it
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    const auto first = window_->controller().result()->codes;
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->controller().result()->codes, first);
    click("seedRandom");
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QVERIFY(window_->controller().result()->codes != first);
}

void TestWindowRun::theCommandLineMakesTheSameCodes()
{
    setPrompt(QStringLiteral("a red kite"));
    find<QSpinBox>("framesSpin")->setValue(2);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    const GenerationResult &made = *window_->controller().result();

    const SamplerSettings &sampler = made.settings.sampler;
    const QTemporaryDir folder;
    const auto outcome = program::runWithModel(
        {"generate", "a red kite", "-o", folder.filePath("clip.png"), "--json", "--threads", "1", "--frames",
         "2", "--seed", QString::number(made.settings.seed), "--cfg", QString::number(double(sampler.cfg)),
         "--temperature", QString::number(double(sampler.temperature)), "--top-k",
         QString::number(sampler.topK), "--top-p", QString::number(double(sampler.topP))});
    QCOMPARE(outcome.status, 0);
    const QJsonArray hashes = outcome.json()["codes_sha256"].toArray();
    QCOMPARE(hashes.size(), 1);
    QCOMPARE(hashes[0].toString(), QString::fromStdString(made.codesSha256(0)));
}

void TestWindowRun::guidanceOfOneRunsOneRow()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    find<QDoubleSpinBox>("guidanceSpin")->setValue(1.0);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->record().trace().shape().rows, 1);
    QCOMPARE(find<QComboBox>("rowCombo")->count(), 1);
}

void TestWindowRun::aPersonTypesWatchesTunesAndCancels()
{
    QApplication::setActiveWindow(window_.get());
    window_->settings().setDevice(QStringLiteral("shaky"));
    auto *prompt = find<QPlainTextEdit>("promptEdit");
    QTest::mouseClick(prompt->viewport(), Qt::LeftButton);
    QTest::keyClicks(prompt, QStringLiteral("a cat"));
    QTest::keyClick(prompt, Qt::Key_Tab); // on to the seed, which is typed
    auto *seed = find<QLineEdit>("seedEdit");
    seed->setFocus();
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("42"));
    auto *frames = find<QSpinBox>("framesSpin");
    frames->setFocus();
    frames->selectAll();
    QTest::keyClicks(frames, QStringLiteral("4"));
    shaky_.holdsAt = 2 * 16 + 3; // in the third frame
    QTest::keyClick(frames, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == 2 * 16 + 4; }, 60000));
    QCOMPARE(window_->record().trace().settings().prompt, std::string("a cat"));
    QCOMPARE(window_->record().trace().settings().seed, 42U);

    // While it runs: a layer's view, and the slider of all thresholds dragged by its handle.
    QTest::keyClick(window_.get(), Qt::Key_G);
    QTRY_VERIFY(window_->viewer().videos().view(0).scene().overlays.grid);
    auto *slider = find<QSlider>("thresholdSlider");
    const auto at = [slider](double t) {
        return QPoint(8 + static_cast<int>(t * (slider->width() - 16)), slider->height() / 2);
    };
    const double from = static_cast<double>(slider->value()) / slider->maximum();
    QTest::mousePress(slider, Qt::LeftButton, {}, at(from));
    for (int step = 1; step <= 4; ++step) {
        const QPoint place = at(from * (4 - step) / 4.0);
        QMouseEvent move(QEvent::MouseMove, place, slider->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                         {});
        QCoreApplication::sendEvent(slider, &move);
    }
    QTest::mouseRelease(slider, Qt::LeftButton, {}, at(0.0));
    QVERIFY(slider->value() < slider->maximum() / 10);
    shaky_.holdsAt = 3 * 16 + 3;
    QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == 3 * 16 + 4; }, 60000));
    QVERIFY(window_->record().replay().all().replayed > 0); // it held from the next token on

    click("cancelButton");
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(waitFor(State::Cancelled));
    QCOMPARE(window_->record().frames().wholeFrames(), 3);
    QVERIFY(window_->close());
    open();
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("a cat"));
    QCOMPARE(window_->settings().seed(), 42U);
    QVERIFY(window_->settings().seedLocked());
}

QTEST_MAIN(TestWindowRun)
#include "test_window_run.moc"

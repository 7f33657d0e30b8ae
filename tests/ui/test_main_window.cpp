// SPDX-License-Identifier: Apache-2.0
//
// The real window with the real engine and the golden checkpoint, by the names of its controls. Runs twice:
// offscreen, where the video is drawn by QPainter, and under Xvfb, where Vulkan draws it and the validation
// layer watches.
#include "ui/video/video_view.h"
#include "ui/window/main_window.h"
#include "ui/window/message_banner.h"
#include "ui/window/viewer_page.h"

#include "engine/media/video_file.h"
#include "fpga/host/fpga_devices.h"
#include "tests/cli/program.h"
#include "tests/decode/failing_device.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QUrl>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void everyControlHasANameForAssistiveTechnology();
    void withoutAModelNothingCanRun();
    void aFolderThatIsNoModelIsExplained();
    void aPromptIsNeeded();
    void generateMakesAllFrames();
    void ctrlEnterGeneratesFromThePrompt();
    void theWindowStaysAliveWhileTheEngineWorks();
    void aHiddenWindowAsksForNoPreviews();
    void pauseHoldsAndResumeGoesOn();
    void cancelKeepsWholeFrames();
    void aCancelledRunGoesOnWithTheSameCodes();
    void whatThePanelSaysRulesARunThatGoesOn();
    void aRunGoesOnOnAnotherDeviceWhenItsOwnFails();
    void aDeviceWithOtherNumbersIsToldOf();
    void aDeviceThatFailsAgainLosesNothing();
    void aRunOfAnotherModelDoesNotGoOn();
    void severalOffersStandBelowTheText();
    void theSliderChangesThresholdsMidRun();
    void everythingReplayedReachesTheCeiling();
    void theSameSeedMakesTheSameVideo();
    void theCommandLineMakesTheSameCodes();
    void guidanceOfOneRunsOneRow();
    void tooManyFramesAreRefusedByTheForm();
    void saveWritesAVideoThatCanBeRead();
    void savingToNowhereIsExplained();
    void keysScrubAndPlay();
    void layersAreChosenInAnyView();
    void bothThemesCanBeChosen();
    void settingsAreThereAgainNextTime();
    void aPersonTypesWatchesTunesAndCancels();
    void whatIsDroppedIsOpened();
    void closingWithoutALibraryTellsWhatIsLost();

private:
    template <typename T>
    T *find(const char *name)
    {
        auto *found = window_->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("No control is named %s", name);
        return found;
    }
    void click(const char *button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void setPrompt(const QString &text) { find<QPlainTextEdit>("promptEdit")->setPlainText(text); }
    void open(bool withModel = true);
    bool waitFor(State state)
    {
        return QTest::qWaitFor([&] { return window_->controller().state() == state; }, 60000);
    }

    /// As if it were dragged here from a file manager.
    void drop(const QString &file, QWidget &onto);
    void drop(const QString &file) { drop(file, *window_); }
    /// Codes of a run that nothing stops, on cpu.
    std::vector<std::vector<std::int32_t>> codesWithoutAStop(int frames);
    /// Starts the same run again and cancels it when it has `tokens` tokens.
    void cancelAt(int tokens);
    /// Starts a run of `frames` frames on a device that fails in step `step`, and waits for that.
    void failAt(int step, int frames);

    QTemporaryDir folder_;
    FailingDevice shaky_{"shaky"}; // as good as cpu until it fails
    std::shared_ptr<ViewDevice> device_;
    std::unique_ptr<MainWindow> window_;
};

void TestMainWindow::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    fpga::registerFpgaDevices();
    applyTheme(*qApp, ThemeName::Dark);
    if (QGuiApplication::platformName() != QLatin1String("offscreen")) {
        auto made = ViewDevice::create({.validation = true});
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().message.c_str());
        device_ = std::move(made).value();
    } else {
        const auto refused = ViewDevice::create({});
        QVERIFY(!refused.ok()); // and not a crash
    }
}

void TestMainWindow::init()
{
    QFile::remove(folder_.filePath(QStringLiteral("settings.ini")));
    QFile::remove(folder_.filePath(QStringLiteral("queue.json")));
    shaky_.failsAt = shaky_.holdsAt = FailingDevice::never;
    open();
}

void TestMainWindow::open(bool withModel)
{
    auto store =
        std::make_unique<QSettings>(folder_.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    // A folder that is there and holds nothing, so that no default model is looked for.
    const QString model = withModel ? QStringLiteral(FASTCAR_TEST_DATA "/golden/checkpoint") : folder_.path();
    window_ = std::make_unique<MainWindow>(MainWindow::Options{
        .store = std::move(store),
        .dataFolder = {},
        .device = device_,
        .noDeviceReason = {},
        .modelFolder = model,
        .prompt = {},
        .theme = ThemeName::Dark,
        .card = {},
        .run = false,
    });
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    QVERIFY(settled.count() > 0 || settled.wait(20000));
}

void TestMainWindow::cleanup()
{
    shaky_.holdsAt = FailingDevice::never; // whatever went wrong: the window waits for its engine
    window_.reset();
}

void TestMainWindow::cleanupTestCase()
{
    if (!device_)
        return;
    for (const std::string &message : device_->validationMessages())
        qWarning("%s", message.c_str());
    QVERIFY(device_->validationMessages().empty());
}

void TestMainWindow::everyControlHasANameForAssistiveTechnology()
{
    for (auto *slider : window_->findChildren<QAbstractSlider *>()) {
        if (!qobject_cast<QScrollBar *>(static_cast<QObject *>(slider)))
            QVERIFY2(!slider->accessibleName().isEmpty(), qPrintable(slider->objectName()));
    }
    for (auto *box : window_->findChildren<QAbstractSpinBox *>())
        QVERIFY2(!box->accessibleName().isEmpty(), qPrintable(box->objectName()));
    for (auto *box : window_->findChildren<QComboBox *>())
        QVERIFY2(!box->accessibleName().isEmpty(), qPrintable(box->objectName()));
    for (auto *button : window_->findChildren<QAbstractButton *>())
        QVERIFY2(button->objectName().isEmpty() || // one of Qt's own, within a widget that has a name
                     button->isHidden() || !button->accessibleName().isEmpty() || !button->text().isEmpty(),
                 qPrintable(button->objectName()));
}

void TestMainWindow::withoutAModelNothingCanRun()
{
    window_.reset();
    open(false);
    QVERIFY(!window_->hasModel());
    setPrompt(QStringLiteral("a cat"));
    QVERIFY(!find<QPushButton>("generateButton")->isEnabled());
    QVERIFY(find<QWidget>("openModelButton")->isVisible());
    QCOMPARE(find<QLabel>("modelLabel")->text(), QStringLiteral("No model"));
}

void TestMainWindow::aFolderThatIsNoModelIsExplained()
{
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    window_->openModel(folder_.path());
    QVERIFY(settled.wait(20000));
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("could not be opened")));
    QVERIFY(banner->text().size() > 60); // with a reason
    QVERIFY(window_->hasModel());        // the one that was open stays
}

void TestMainWindow::aPromptIsNeeded()
{
    setPrompt(QString());
    QVERIFY(!find<QPushButton>("generateButton")->isEnabled());
    setPrompt(QStringLiteral("  \n"));
    QVERIFY(!find<QPushButton>("generateButton")->isEnabled());
    setPrompt(QStringLiteral("a cat"));
    QVERIFY(find<QPushButton>("generateButton")->isEnabled());
}

void TestMainWindow::generateMakesAllFrames()
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

void TestMainWindow::ctrlEnterGeneratesFromThePrompt()
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

void TestMainWindow::theWindowStaysAliveWhileTheEngineWorks()
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

void TestMainWindow::aHiddenWindowAsksForNoPreviews()
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

void TestMainWindow::pauseHoldsAndResumeGoesOn()
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

void TestMainWindow::cancelKeepsWholeFrames()
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

std::vector<std::vector<std::int32_t>> TestMainWindow::codesWithoutAStop(int frames)
{
    setPrompt(QStringLiteral("a cat"));
    window_->settings().setSeed(77);
    window_->settings().setSeedLocked(true);
    window_->settings().setDevice(QStringLiteral("cpu"));
    find<QSpinBox>("framesSpin")->setValue(frames);
    find<QDoubleSpinBox>("thresholdSpin")->setValue(0.5);
    click("generateButton");
    return waitFor(State::Done) ? window_->controller().result()->codes
                                : std::vector<std::vector<std::int32_t>>();
}

void TestMainWindow::cancelAt(int tokens)
{
    shaky_.holdsAt = tokens - 1;
    window_->settings().setDevice(QStringLiteral("shaky"));
    click("generateButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == tokens; }, 60000));
    click("cancelButton");
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(waitFor(State::Cancelled));
    QCOMPARE(window_->record().trace().tokens(), tokens);
}

void TestMainWindow::failAt(int step, int frames)
{
    shaky_.failsAt = step;
    window_->settings().setDevice(QStringLiteral("shaky"));
    find<QSpinBox>("framesSpin")->setValue(frames);
    click("generateButton");
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(window_->record().trace().tokens(), step + 1);
}

void TestMainWindow::aCancelledRunGoesOnWithTheSameCodes()
{
    const auto whole = codesWithoutAStop(4);
    QVERIFY(!find<QAction>("continueAction")->isEnabled()); // there is nothing left to do
    cancelAt(40);
    click("continueButton");
    QVERIFY(window_->controller().running());
    QVERIFY(!find<MessageBanner>("messageBanner")->isVisible());
    QVERIFY(!find<QAction>("continueAction")->isEnabled());
    QCOMPARE(window_->record().trace().tokens(), 40); // what there was stays in view
    QCOMPARE(window_->record().frames().wholeFrames(), 2);
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->controller().result()->codes, whole);
    QCOMPARE(window_->record().frames().wholeFrames(), 4);
    QCOMPARE(window_->record().trace().tokens(), 64);
    QCOMPARE(find<QLabel>("tokensLabel")->text(), QStringLiteral("64 / 64 tokens"));
}

void TestMainWindow::whatThePanelSaysRulesARunThatGoesOn()
{
    const int tokens = 40;
    codesWithoutAStop(4);
    cancelAt(tokens);
    click("presetAll");
    // Whoever hears first that it goes on takes their time: tokens are made before anybody can say more.
    QObject slow;
    connect(&window_->controller(), &RunController::stateChanged, &slow, [&](State state) {
        const QDeadlineTimer patience(60000);
        while (state == State::Loading && shaky_.at <= tokens && !patience.hasExpired())
            QThread::msleep(1);
    });
    find<QAction>("continueAction")->trigger();
    QVERIFY(shaky_.at > tokens);
    QVERIFY(waitFor(State::Done));
    const Trace &trace = window_->record().trace();
    QCOMPARE(trace.policyOf(tokens - 1), 0u);
    QCOMPARE(trace.policyOf(tokens), 1u);
    QVERIFY(trace.outcome(tokens, 0, 0).decision == Decision::Replayed);
}

void TestMainWindow::aRunGoesOnOnAnotherDeviceWhenItsOwnFails()
{
    const auto whole = codesWithoutAStop(4);
    failAt(25, 4);
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(banner->isVisible());
    for (const char *told : {"shaky failed", "hangs", "token 26 of 64", "1 frame", "10 of 16 positions"})
        QVERIFY2(banner->text().contains(QLatin1String(told)), qPrintable(banner->text()));
    QVERIFY(find<QPushButton>("saveKeptButton")->isVisible());
    QVERIFY(find<QPushButton>("tryAgainButton")->isVisible());
    QVERIFY(find<QAction>("continueAction")->isEnabled());
    click("goOnButton-cpu");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->controller().result()->codes, whole); // its numbers are the same
    QCOMPARE(find<QLabel>("deviceLabel")->text(), QStringLiteral("Device: cpu"));
    const RunSettings &settings = window_->controller().settings();
    QCOMPARE(settings.device, std::string("shaky"));
    QCOMPARE(deviceOfStep(settings, 24), std::string("shaky"));
    QCOMPARE(deviceOfStep(settings, 25), std::string("cpu"));
    QVERIFY(window_->record().trace().settings().continued == settings.continued);
}

void TestMainWindow::aDeviceWithOtherNumbersIsToldOf()
{
    codesWithoutAStop(4);
    failAt(25, 4);
    click("goOnButton-fpga-modelled");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->record().trace().tokens(), 64);
    const QString said = find<MessageBanner>("messageBanner")->text();
    QVERIFY2(said.contains(QStringLiteral("on fpga-modelled")) &&
                 said.contains(QStringLiteral("from token 27 on")),
             qPrintable(said));
}

void TestMainWindow::aDeviceThatFailsAgainLosesNothing()
{
    const auto whole = codesWithoutAStop(4);
    failAt(25, 4);
    for (const int again : {-1, 7, 25}) { // it cannot be opened; in the steps that are there; as before
        shaky_.failsAt = again;
        click("tryAgainButton");
        QVERIFY(window_->controller().running());
        QVERIFY(waitFor(State::Failed));
        QCOMPARE(window_->record().trace().tokens(), 26);
        QCOMPARE(window_->record().frames().wholeFrames(), 1);
        QVERIFY(find<QAction>("saveVideoAction")->isEnabled());
    }
    shaky_.failsAt = FailingDevice::never; // somebody pushed its cable in
    find<QAction>("continueAction")->trigger();
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->controller().result()->codes, whole);
}

void TestMainWindow::aRunOfAnotherModelDoesNotGoOn()
{
    codesWithoutAStop(4);
    failAt(25, 4);
    const QString copy = folder_.filePath(QStringLiteral("copy"));
    std::filesystem::copy(FASTCAR_TEST_DATA "/golden/checkpoint", copy.toStdString(),
                          std::filesystem::copy_options::recursive);
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    window_->openModel(copy);
    QVERIFY(settled.wait(20000));
    QVERIFY(!find<QAction>("continueAction")->isEnabled());
}

void TestMainWindow::severalOffersStandBelowTheText()
{
    window_->resize(1280, 800);
    codesWithoutAStop(4);
    failAt(25, 4);
    const auto *banner = find<MessageBanner>("messageBanner");
    const auto *text = find<QLabel>("messageText");
    const auto *first = find<QPushButton>("goOnButton-cpu");
    QTRY_VERIFY(first->geometry().top() > text->geometry().bottom());
    QVERIFY(text->width() > banner->width() * 4 / 5);
    QVERIFY(find<QPushButton>("saveKeptButton")->geometry().right() < banner->width());
    // One alone stands beside it.
    find<QAction>("continueAction")->trigger();
    QVERIFY(waitFor(State::Failed));
    window_->askForVideoFile = [&](const QString &) { return folder_.filePath(QStringLiteral("kept.mkv")); };
    click("saveKeptButton");
    QVERIFY(QTest::qWaitFor([&] { return banner->text().contains(QStringLiteral("Saved")); }, 30000));
    QTRY_VERIFY(find<QPushButton>("openFolderButton")->geometry().left() > text->geometry().right());
}

void TestMainWindow::theSliderChangesThresholdsMidRun()
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

void TestMainWindow::everythingReplayedReachesTheCeiling()
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

void TestMainWindow::theSameSeedMakesTheSameVideo()
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
    QTest::mouseClick(find<QAbstractButton>("seedRandom"), Qt::LeftButton);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QVERIFY(window_->controller().result()->codes != first);
}

void TestMainWindow::theCommandLineMakesTheSameCodes()
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

void TestMainWindow::guidanceOfOneRunsOneRow()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    find<QDoubleSpinBox>("guidanceSpin")->setValue(1.0);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QCOMPARE(window_->record().trace().shape().rows, 1);
    QCOMPARE(find<QComboBox>("rowCombo")->count(), 1);
}

void TestMainWindow::tooManyFramesAreRefusedByTheForm()
{
    setPrompt(QStringLiteral("a cat"));
    auto *frames = find<QSpinBox>("framesSpin");
    frames->setValue(100000);
    QVERIFY(frames->value() < 100);
    click("generateButton");
    QVERIFY(waitFor(State::Done)); // so that the most that can be asked for does work
}

void TestMainWindow::saveWritesAVideoThatCanBeRead()
{
    setPrompt(QStringLiteral("A cat, again!"));
    find<QSpinBox>("framesSpin")->setValue(3);
    window_->viewer().findChild<QSpinBox *>(QStringLiteral("paceSpin"))->setValue(4);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    QString suggested;
    window_->askForVideoFile = [&](const QString &suggestion) {
        suggested = suggestion;
        return folder_.filePath(QStringLiteral("clip.mkv"));
    };
    find<QAction>("saveVideoAction")->trigger();
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(QTest::qWaitFor(
        [&] { return banner->isVisible() && banner->text().contains(QStringLiteral("Saved")); }, 30000));
    QVERIFY2(suggested.endsWith(QStringLiteral("/a-cat-again.mp4")), qPrintable(suggested));
    const auto info = inspectVideo(folder_.filePath(QStringLiteral("clip.mkv")).toStdString());
    QVERIFY2(info.ok(), info.ok() ? "" : info.error().message.c_str());
    QCOMPARE(info->frames, 3);
    QCOMPARE(info->title, std::string("A cat, again!"));
    QVERIFY(qAbs(info->framesPerSecond - 4.0) < 0.01);
    const auto settings = runSettingsFromJson(info->settingsJson);
    QVERIFY(settings.ok());
    QCOMPARE(settings->seed, window_->controller().settings().seed);

    // The export begins where that video was saved; its dialog does not hold up who opened it.
    find<QAction>("exportAction")->trigger();
    QPointer<QDialog> dialog = find<QDialog>("exportDialog");
    QVERIFY(dialog->isVisible() && dialog->isModal());
    QCOMPARE(dialog->findChild<QLineEdit *>(QStringLiteral("exportFileEdit"))->text(),
             folder_.filePath(QStringLiteral("a-cat-again.mp4")));
    dialog->reject();
    QTRY_VERIFY(dialog.isNull());
}

void TestMainWindow::savingToNowhereIsExplained()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(1);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    window_->askForVideoFile = [&](const QString &) {
        return folder_.filePath(QStringLiteral("no/such/clip.mp4"));
    };
    window_->saveVideo();
    auto *banner = find<MessageBanner>("messageBanner");
    QVERIFY(QTest::qWaitFor([&] { return banner->isVisible(); }, 30000));
    QVERIFY2(banner->text().contains(QStringLiteral("not saved")), qPrintable(banner->text()));
    window_->askForVideoFile = [](const QString &) { return QString(); }; // thought better of it
    window_->saveVideo();
}

void TestMainWindow::keysScrubAndPlay()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(3);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    Selection &selection = window_->selection();
    QTest::keyClick(window_.get(), Qt::Key_Home);
    QCOMPARE(selection.frame(), 0);
    QTest::keyClick(window_.get(), Qt::Key_Right);
    QCOMPARE(selection.frame(), 1);
    QTest::keyClick(window_.get(), Qt::Key_Left);
    QCOMPARE(selection.frame(), 0);
    QSignalSpy moved(&selection, &Selection::frameChanged);
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QTRY_VERIFY(moved.count() >= 2);
    QTest::keyClick(window_.get(), Qt::Key_End);
    QCOMPARE(selection.frame(), 2);
    QVERIFY(selection.following());
}

void TestMainWindow::layersAreChosenInAnyView()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    Selection &selection = window_->selection();
    QTest::keyClick(window_.get(), Qt::Key_BracketRight);
    QCOMPARE(selection.layer(), 1);
    QCOMPARE(find<QComboBox>("layerCombo")->currentIndex(), 1);
    QCOMPARE(find<QTableView>("layerSliders")->currentIndex().row(), 1);
    find<QTableView>("layerSliders")->selectRow(3);
    QCOMPARE(find<QComboBox>("layerCombo")->currentIndex(), 3);
    QTest::keyClick(window_.get(), Qt::Key_BracketLeft);
    QCOMPARE(selection.layer(), 2);
}

void TestMainWindow::bothThemesCanBeChosen()
{
    window_->preferences().set(preference::theme, preference::Theme::Light);
    QCOMPARE(currentTheme(), ThemeName::Light);
    QVERIFY(window_->palette().color(QPalette::Window).lightness() > 200);
    window_->preferences().set(preference::theme, preference::Theme::Dark);
    QCOMPARE(currentTheme(), ThemeName::Dark);
    QVERIFY(window_->palette().color(QPalette::Window).lightness() < 60);
}

void TestMainWindow::settingsAreThereAgainNextTime()
{
    setPrompt(QStringLiteral("remember me"));
    find<QSpinBox>("framesSpin")->setValue(3);
    find<QDoubleSpinBox>("thresholdSpin")->setValue(0.625);
    window_->close();
    window_.reset();
    open();
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("remember me"));
    QCOMPARE(find<QSpinBox>("framesSpin")->value(), 3);
    QCOMPARE(find<QDoubleSpinBox>("thresholdSpin")->value(), 0.625);
    QVERIFY(find<QPushButton>("presetUniform")->isChecked());
}

void TestMainWindow::aPersonTypesWatchesTunesAndCancels()
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

    QTest::mouseClick(find<QPushButton>("cancelButton"), Qt::LeftButton);
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(waitFor(State::Cancelled));
    QCOMPARE(window_->record().frames().wholeFrames(), 3);
    QVERIFY(window_->close());
    open();
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("a cat"));
    QCOMPARE(window_->settings().seed(), 42U);
    QVERIFY(window_->settings().seedLocked());
}

void TestMainWindow::drop(const QString &file, QWidget &onto)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    const QPoint at = onto.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&onto, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent let(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&onto, &let);
}

void TestMainWindow::whatIsDroppedIsOpened()
{
    window_.reset();
    open(false);
    QVERIFY(!window_->hasModel());
    QSignalSpy settled(window_.get(), &MainWindow::modelSettled);
    drop(QStringLiteral(FASTCAR_TEST_DATA "/golden/checkpoint")); // a model's folder
    QVERIFY(settled.count() > 0 || settled.wait(20000));
    QVERIFY(window_->hasModel());

    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(2);
    click("generateButton");
    QVERIFY(waitFor(State::Done));
    const QString file = folder_.filePath(QStringLiteral("dropped.mkv"));
    window_->askForVideoFile = [&](const QString &) { return file; };
    window_->saveVideo();
    auto *banner = find<MessageBanner>("messageBanner");
    QTRY_VERIFY(banner->text().contains(QStringLiteral("Saved")));
    const quint64 seed = window_->controller().settings().seed;
    setPrompt(QStringLiteral("something else"));
    window_->settings().setSeed(seed + 1);

    // A video of ours: its settings travel in it. Not even the prompt takes it for text.
    drop(file, *find<QPlainTextEdit>("promptEdit")->viewport());
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("something else"));
    QTRY_VERIFY2(banner->text().contains(QStringLiteral("A run: dropped.mkv")), qPrintable(banner->text()));
    click("useDroppedSettingsButton");
    QCOMPARE(find<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("a cat"));
    QCOMPARE(window_->settings().seed(), seed);

    const QString strange = folder_.filePath(QStringLiteral("notes.txt"));
    QFile notes(strange);
    QVERIFY(notes.open(QIODevice::WriteOnly) && notes.write("no video") > 0);
    notes.close();
    drop(strange);
    QTRY_VERIFY2(banner->text().contains(QStringLiteral("notes.txt holds no run")),
                 qPrintable(banner->text()));
    QCOMPARE(window_->record().frames().wholeFrames(), 2); // what was there stays
}

void TestMainWindow::closingWithoutALibraryTellsWhatIsLost()
{
    setPrompt(QStringLiteral("a cat"));
    find<QSpinBox>("framesSpin")->setValue(4);
    window_->settings().setDevice(QStringLiteral("shaky"));
    shaky_.holdsAt = 2 * 16 + 3;
    click("generateButton");
    QTRY_COMPARE(window_->record().frames().wholeFrames(), 2);
    QString told;
    const auto answer = [&](const char *button) {
        QTimer::singleShot(0, window_.get(), [this, &told, button] {
            auto *box = find<QMessageBox>("closingQuestion");
            told = box->informativeText();
            QTest::mouseClick(box->findChild<QPushButton *>(QLatin1String(button)), Qt::LeftButton);
        });
    };
    answer("stayOpenButton");
    QVERIFY(!window_->close());
    QVERIFY2(told.contains(QStringLiteral("2 frames of 4")), qPrintable(told));
    QVERIFY(window_->controller().running());
    answer("closeAllTheSameButton");
    QVERIFY(window_->close());
    shaky_.holdsAt = FailingDevice::never;
    QVERIFY(waitFor(State::Cancelled));
}

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"

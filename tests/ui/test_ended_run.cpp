// SPDX-License-Identifier: Apache-2.0
//
// A run in the real window that was cancelled or whose device failed: what is told of it, and how it goes on,
// there or on another device.
#include "fpga/host/fpga_devices.h"
#include "tests/ui/watched_window.h"
#include "ui/window/message_banner.h"

#include <QAction>
#include <QDeadlineTimer>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QThread>

#include <filesystem>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestEndedRun : public QObject, private WatchedWindow {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        fpga::registerFpgaDevices();
        WatchedWindow::initTestCase();
    }
    void init() { WatchedWindow::init(); }
    void cleanup() { WatchedWindow::cleanup(); }
    void cleanupTestCase() { WatchedWindow::cleanupTestCase(); }

    void aCancelledRunGoesOnWithTheSameCodes();
    void whatThePanelSaysRulesARunThatGoesOn();
    void aRunGoesOnOnAnotherDeviceWhenItsOwnFails();
    void aDeviceWithOtherNumbersIsToldOf();
    void aDeviceThatFailsAgainLosesNothing();
    void aRunOfAnotherModelDoesNotGoOn();
    void severalOffersStandBelowTheText();

private:
    /// Codes of a run that nothing stops, on cpu.
    std::vector<std::vector<std::int32_t>> codesWithoutAStop(int frames);
    /// Starts the same run again and cancels it when it has `tokens` tokens.
    void cancelAt(int tokens);
    /// Starts a run of `frames` frames on a device that fails in step `step`, and waits for that.
    void failAt(int step, int frames);
};

std::vector<std::vector<std::int32_t>> TestEndedRun::codesWithoutAStop(int frames)
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

void TestEndedRun::cancelAt(int tokens)
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

void TestEndedRun::failAt(int step, int frames)
{
    shaky_.failsAt = step;
    window_->settings().setDevice(QStringLiteral("shaky"));
    find<QSpinBox>("framesSpin")->setValue(frames);
    click("generateButton");
    QVERIFY(waitFor(State::Failed));
    QCOMPARE(window_->record().trace().tokens(), step + 1);
}

void TestEndedRun::aCancelledRunGoesOnWithTheSameCodes()
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

void TestEndedRun::whatThePanelSaysRulesARunThatGoesOn()
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

void TestEndedRun::aRunGoesOnOnAnotherDeviceWhenItsOwnFails()
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

void TestEndedRun::aDeviceWithOtherNumbersIsToldOf()
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

void TestEndedRun::aDeviceThatFailsAgainLosesNothing()
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

void TestEndedRun::aRunOfAnotherModelDoesNotGoOn()
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

void TestEndedRun::severalOffersStandBelowTheText()
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

QTEST_MAIN(TestEndedRun)
#include "test_ended_run.moc"

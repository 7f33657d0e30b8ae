// SPDX-License-Identifier: Apache-2.0
//
// Tuning in the real window: while the real engine draws, and undone again.
#include "engine/decode/sampler.h"
#include "tests/decode/failing_device.h"
#include "tests/ui/studio_window.h"
#include "ui/replay/layer_sliders.h"

#include <QAction>
#include <QApplication>
#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

class TestTuning : public QObject, private StudioWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void aSliderIsDraggedWhileARunGoes();
    void undoGoesBackStepByStep();
    void aFieldLeavesTheWindowItsKeys();
    void guidanceHasTheEndsThatTheEngineChecks();
    void thePromptHasTheFocusAtFirst();
    void aFieldUndoesItsOwnTypingFirst();

private:
    void open();

    QTemporaryDir folder_;
    FailingDevice slow_{"slow"}; // waits where a test wants it to
};

void TestTuning::initTestCase()
{
    qunsetenv("FASTCAR_MODEL");
    applyTheme(*qApp, ThemeName::Dark);
}

void TestTuning::cleanup()
{
    slow_.holdsAt = FailingDevice::never;
    window_.reset();
}

void TestTuning::open()
{
    QFile::remove(folder_.filePath(QStringLiteral("settings.ini")));
    MainWindow::Options options = windowOptions(folder_.path());
    options.prompt = QStringLiteral("a cat");
    options.theme = ThemeName::Dark;
    window_ = openWindow(std::move(options));
    QApplication::setActiveWindow(window_.get());
}

void TestTuning::aSliderIsDraggedWhileARunGoes()
{
    open();
    window_->settings().setDevice(QStringLiteral("slow"));
    find<QSpinBox>("framesSpin")->setValue(3);
    slow_.holdsAt = 20; // a step of the second frame
    click("generateButton");
    QVERIFY(QTest::qWaitFor([&] { return window_->record().trace().tokens() == 21; }, 60000));
    auto *sliders = find<LayerSliders>("layerSliders");
    const int layer = 1;
    const QRectF scale = sliders->scaleRect(layer);
    const auto at = [&](double t) {
        return QPointF(scale.left() + t * scale.width(), scale.center().y()).toPoint();
    };
    QTest::mousePress(sliders->viewport(), Qt::LeftButton, {}, at(0.9));
    for (const double t : {0.7, 0.5, 0.3, 0.1}) {
        QMouseEvent move(QEvent::MouseMove, at(t), sliders->viewport()->mapToGlobal(at(t)), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(sliders->viewport(), &move);
    }
    QTest::mouseRelease(sliders->viewport(), Qt::LeftButton, {}, at(0.1));
    const auto dragged = window_->settings().replay().thresholds()[layer];
    QVERIFY(dragged);
    QTest::qWait(100);
    slow_.holdsAt = FailingDevice::never;
    QVERIFY(QTest::qWaitFor([&] { return window_->controller().state() == State::Done; }, 60000));
    const Trace &trace = window_->record().trace();
    QCOMPARE(trace.policyOf(20), 0U);
    QVERIFY(trace.policyOf(21) > 0U); // from the next token on
    QCOMPARE(trace.policy(trace.policyOf(trace.steps() - 1)).threshold(layer), dragged);
    QVERIFY(!trace.policy(trace.policyOf(trace.steps() - 1)).threshold(0)); // the others are as they were
    QCOMPARE(window_->history().undoName(), QStringLiteral("Threshold of layer 2")); // one step, all of it
    find<QAction>("undoAction")->trigger();
    QCOMPARE(window_->settings().replay().kind(), ReplayChoice::Kind::Off);
}

void TestTuning::undoGoesBackStepByStep()
{
    open();
    auto *undo = find<QAction>("undoAction");
    auto *redo = find<QAction>("redoAction");
    QVERIFY(!undo->isEnabled()); // opening a model and reading what was set last is no step
    auto *guidance = find<QDoubleSpinBox>("guidanceSpin");
    const double before = guidance->value();
    guidance->setFocus();
    for (int press = 0; press < 3; ++press)
        QTest::keyClick(guidance, Qt::Key_Up);
    click("presetAll");
    QCOMPARE(undo->text(), QStringLiteral("&Undo Thresholds"));
    // The field that has the focus has nothing of its own to undo: the keys are the settings'.
    guidance->setFocus();
    QTest::keyClick(guidance, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window_->settings().replay().kind(), ReplayChoice::Kind::Off);
    QCOMPARE(undo->text(), QStringLiteral("&Undo Guidance"));
    QTest::keyClick(guidance, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(guidance->value(), before); // three presses were one step
    QVERIFY(!undo->isEnabled());
    QTest::keyClick(guidance, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(guidance->value(), before + 1.5);
    QCOMPARE(redo->text(), QStringLiteral("&Redo Thresholds"));
    redo->trigger();
    QCOMPARE(window_->settings().replay().kind(), ReplayChoice::Kind::All);
}

/// On X11 Ctrl+E is the end of the line in any field, and the window's export.
void TestTuning::aFieldLeavesTheWindowItsKeys()
{
    open();
    for (const char *name : {"seedEdit", "guidanceSpin", "promptEdit"}) {
        auto *field = find<QWidget>(name);
        field->setFocus();
        QKeyEvent key(QEvent::ShortcutOverride, Qt::Key_E, Qt::ControlModifier);
        key.ignore();
        QCoreApplication::sendEvent(field, &key);
        QVERIFY2(!key.isAccepted(), name);
        QKeyEvent copy(QEvent::ShortcutOverride, Qt::Key_C, Qt::ControlModifier);
        copy.ignore();
        QCoreApplication::sendEvent(field, &copy);
        QVERIFY2(copy.isAccepted(), name);
    }
}

void TestTuning::guidanceHasTheEndsThatTheEngineChecks()
{
    open();
    const auto *guidance = find<QDoubleSpinBox>("guidanceSpin");
    for (const double end : {guidance->minimum(), guidance->maximum()})
        QVERIFY(checkSampler({.cfg = static_cast<float>(end)}).ok());
    QVERIFY(!checkSampler({.cfg = static_cast<float>(guidance->minimum()) - 0.1f}));
    QVERIFY(!checkSampler({.cfg = static_cast<float>(guidance->maximum()) + 0.1f}));
}

/// Who opens the program types what is to be seen; the first control of the window would close a message.
void TestTuning::thePromptHasTheFocusAtFirst()
{
    open();
    QCOMPARE(window_->focusWidget(), find<QPlainTextEdit>("promptEdit"));
}

void TestTuning::aFieldUndoesItsOwnTypingFirst()
{
    open();
    click("presetAll");
    auto *prompt = find<QPlainTextEdit>("promptEdit");
    prompt->setFocus();
    QTest::keyClicks(prompt, QStringLiteral(" and a dog"));
    QTest::keyClick(prompt, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window_->settings().prompt(), prompt->toPlainText());
    QVERIFY(!prompt->toPlainText().contains(QStringLiteral("dog")));
    QCOMPARE(window_->settings().replay().kind(), ReplayChoice::Kind::All);
}

QTEST_MAIN(TestTuning)
#include "test_tuning.moc"

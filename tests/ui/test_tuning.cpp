// SPDX-License-Identifier: Apache-2.0
//
// The tuning panel as a person uses it: alone over a run whose scores a test can foretell, and in the real
// window while the real engine draws.
#include "tests/decode/failing_device.h"
#include "tests/ui/made_run.h"
#include "tests/ui/studio_window.h"
#include "ui/replay/effect_bar.h"
#include "ui/replay/folding_section.h"
#include "ui/replay/layer_sliders.h"
#include "ui/replay/range_strip.h"
#include "ui/replay/replay_panel.h"
#include "ui/window/message_banner.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace fastcar;
using namespace fastcar::ui;
using State = RunController::State;

namespace {

ModelDefaults calibration()
{
    ModelDefaults made;
    made.thresholds["official"][20] = {0.45f, 1.45f, 2.45f};
    made.thresholds["official"][50] = {0.25f, 1.25f, 2.25f};
    made.thresholds["official"][80] = {0.05f, 1.05f, 2.05f};
    return made;
}

/// The panel by itself, with a run of MadeRun.
struct Tuning {
    explicit Tuning(int tokens = 18)
    {
        settings.setFrames(MadeRun::frames);
        settings.replay().setModel(MadeRun::layers, calibration());
        panel = std::make_unique<ReplayPanel>(ReplayPanel::Models{settings, record, selection});
        panel->resize(300, 760);
        if (tokens > 0) {
            record.begin(run.config, run.settings);
            record.take(run.newPolicy({})); // without replay
            record.take(run.upTo(tokens));
        }
        panel->show();
        (void)QTest::qWaitForWindowExposed(panel.get());
        sliders = find<LayerSliders>("layerSliders");
        selection.setLimits(MadeRun::layers, MadeRun::rows, MadeRun::stride);
    }
    template <typename T>
    T *find(const char *name)
    {
        return namedControl<T>(*panel, name);
    }
    ReplayChoice &choice() { return settings.replay(); }
    float threshold(int layer) { return choice().thresholds()[static_cast<std::size_t>(layer)].value(); }

    QPoint at(int layer, float tas) const
    {
        const QRectF scale = sliders->scaleRect(layer);
        const TasRange range = sliders->tuning().scale(layer);
        const auto t = static_cast<double>((tas - range.low) / (range.high - range.low));
        return QPointF(scale.left() + t * scale.width(), scale.center().y()).toPoint();
    }
    QPoint on(int layer, LayerTable::Column column) const
    {
        return sliders->visualRect(sliders->model()->index(layer, column)).center();
    }
    void click(const QPoint &place, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseClick(sliders->viewport(), Qt::LeftButton, keys, place);
    }
    void drag(int layer, float from, float to) const
    {
        QTest::mousePress(sliders->viewport(), Qt::LeftButton, {}, at(layer, from));
        for (int part = 1; part <= 4; ++part) {
            const QPoint place = at(layer, from + (to - from) * static_cast<float>(part) / 4.0f);
            QMouseEvent move(QEvent::MouseMove, place, sliders->viewport()->mapToGlobal(place), Qt::NoButton,
                             Qt::LeftButton, {});
            QCoreApplication::sendEvent(sliders->viewport(), &move);
        }
        QTest::mouseRelease(sliders->viewport(), Qt::LeftButton, {}, at(layer, to));
    }
    /// What a pixel is worth.
    float grain(int layer) const
    {
        const TasRange range = sliders->tuning().scale(layer);
        return 1.5f * (range.high - range.low) / static_cast<float>(sliders->scaleRect(layer).width());
    }

    MadeRun run;
    RunRecord record;
    RunSettingsModel settings;
    Selection selection;
    std::unique_ptr<ReplayPanel> panel;
    LayerSliders *sliders = nullptr;
};

} // namespace

class TestTuning : public QObject, private StudioWindow {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();

    void draggingALayersSliderMovesItsThresholdAlone();
    void linkedSlidersMoveByTheSameAmount();
    void theTickTurnsALayerOffAndItComesBackWhereItWas();
    void keysReachEverySlider();
    void aThresholdCanBeTyped();
    void aDoubleClickPutsALayerBackToTheCalibration();
    void everySliderIsInTheAccessibilityTree();
    void theSliderForAllKeepsWhatIsBetweenLayers();
    void shapesHoldForTheChosenLayers();
    void thresholdsTravelAsText();
    void presetsSayWhatTheyMeanForTheModel();
    void aTargetTakesThePlaceOfThresholds();
    void rangesAreDraggedAndTyped();
    void attentionIsASettingOfTheNextRun();
    void whatIsPredictedStandsBesideWhatHappened();
    void withoutARunItSaysWhatIsMissingAndSlidersWork();
    void hiddenItTakesNothingIn();
    void nothingIsCutInANarrowDock();

    void aSliderIsDraggedWhileARunGoes();
    void undoGoesBackStepByStep();
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

void TestTuning::draggingALayersSliderMovesItsThresholdAlone()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    tuning.drag(1, 1.25f, 1.4f);
    QVERIFY2(qAbs(tuning.threshold(1) - 1.4f) < tuning.grain(1),
             qPrintable(QString::number(tuning.threshold(1))));
    QCOMPARE(tuning.threshold(0), 0.25f);
    QCOMPARE(tuning.threshold(2), 2.25f);
    QCOMPARE(tuning.choice().kind(), ReplayChoice::Kind::PerLayer);
    QCOMPARE(tuning.selection.layer(), 1); // who moves a layer looks at it
}

void TestTuning::linkedSlidersMoveByTheSameAmount()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    tuning.click(tuning.on(0, LayerTable::Threshold));
    tuning.click(tuning.on(2, LayerTable::Threshold), Qt::ControlModifier);
    QCOMPARE(tuning.sliders->chosen(), (LayerSet{0, 2}));
    tuning.drag(2, 2.25f, 2.1f);
    const float by = tuning.threshold(2) - 2.25f;
    QVERIFY(qAbs(by + 0.15f) < tuning.grain(2));
    QVERIFY(qAbs(tuning.threshold(0) - (0.25f + by)) < 0.0011f);
    QCOMPARE(tuning.threshold(1), 1.25f);
    QCOMPARE(tuning.sliders->chosen(), (LayerSet{0, 2})); // and stay linked

    tuning.click(tuning.on(0, LayerTable::Threshold), Qt::ShiftModifier);
    QCOMPARE(tuning.sliders->chosen(), (LayerSet{0, 1, 2}));
}

void TestTuning::theTickTurnsALayerOffAndItComesBackWhereItWas()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    const QPoint tick = tuning.on(1, LayerTable::Layer) - QPoint(8, 0);
    tuning.click(tick);
    QVERIFY(!tuning.choice().thresholds()[1]);
    QCOMPARE(tuning.sliders->model()->index(1, LayerTable::Threshold).data().toString(),
             QStringLiteral("off"));
    tuning.click(tick);
    QCOMPARE(tuning.threshold(1), 1.25f);
}

void TestTuning::keysReachEverySlider()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    tuning.sliders->setFocus();
    QTest::keyClick(tuning.sliders, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(tuning.sliders, Qt::Key_Down);
    QTest::keyClick(tuning.sliders, Qt::Key_Down);
    QCOMPARE(tuning.sliders->currentIndex().row(), 2);
    const float step = tuning.sliders->stepWidth(2);
    QTest::keyClick(tuning.sliders, Qt::Key_Right);
    QVERIFY(qAbs(tuning.threshold(2) - (2.25f + step)) < 0.0011f);
    QTest::keyClick(tuning.sliders, Qt::Key_Left, Qt::ControlModifier);
    QVERIFY(qAbs(tuning.threshold(2) - (2.25f - 9.0f * step)) < 0.0021f);
    QTest::keyClick(tuning.sliders, Qt::Key_Space);
    QVERIFY(!tuning.choice().thresholds()[2]);
    QTest::keyClick(tuning.sliders, Qt::Key_Delete);
    QCOMPARE(tuning.threshold(2), 2.25f); // the calibration
    QTest::keyClick(tuning.sliders, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(tuning.sliders->chosen(), (LayerSet{1, 2}));
}

void TestTuning::aThresholdCanBeTyped()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    QTest::mouseDClick(tuning.sliders->viewport(), Qt::LeftButton, {}, tuning.on(0, LayerTable::Threshold));
    auto *edit = tuning.find<QLineEdit>("layerThresholdEdit");
    QVERIFY(!edit->accessibleName().isEmpty());
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("-1.5"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(tuning.threshold(0), -1.5f);
    auto *table = tuning.sliders->model();
    QVERIFY(table->setData(table->index(0, LayerTable::Threshold), QStringLiteral("all")));
    QVERIFY(tuning.threshold(0) < -1e30f);
    QVERIFY(!table->setData(table->index(0, LayerTable::Threshold), QStringLiteral("a lot")));
}

void TestTuning::aDoubleClickPutsALayerBackToTheCalibration()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(20);
    tuning.choice().placeLayers({0, 1}, {-3.0f, -3.0f});
    tuning.click(tuning.on(1, LayerTable::Layer) + QPoint(14, 0));
    QTest::mouseDClick(tuning.sliders->viewport(), Qt::LeftButton, {}, tuning.at(1, 1.0f));
    QCOMPARE(tuning.threshold(1), 1.45f);
    QCOMPARE(tuning.threshold(0), -3.0f);
}

void TestTuning::everySliderIsInTheAccessibilityTree()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    auto *group = QAccessible::queryAccessibleInterface(tuning.sliders);
    QVERIFY(group);
    QCOMPARE(group->childCount(), MadeRun::layers);
    QVERIFY(!group->text(QAccessible::Name).isEmpty());
    for (int layer = 0; layer < MadeRun::layers; ++layer) {
        auto *slider = group->child(layer);
        QVERIFY(slider);
        QCOMPARE(group->indexOfChild(slider), layer);
        QCOMPARE(slider->role(), QAccessible::Slider);
        QCOMPARE(slider->text(QAccessible::Name), QStringLiteral("Threshold of layer %1").arg(layer + 1));
        auto *value = slider->valueInterface();
        QVERIFY(value);
        QVERIFY(qAbs(value->currentValue().toDouble() - (0.25 + layer)) < 1e-6);
        QVERIFY(value->minimumValue().toDouble() < value->currentValue().toDouble());
        QVERIFY(value->maximumValue().toDouble() > value->currentValue().toDouble());
        QVERIFY(slider->state().focusable);
    }
    auto *second = group->child(1);
    second->valueInterface()->setCurrentValue(1.5);
    QCOMPARE(tuning.threshold(1), 1.5f);
    auto *actions = second->actionInterface();
    QVERIFY(actions);
    actions->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(!tuning.choice().thresholds()[1]);
    QCOMPARE(second->text(QAccessible::Value), QStringLiteral("off"));
    QVERIFY(!second->state().checked);
    actions->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(tuning.sliders->currentIndex().row(), 1);
}

void TestTuning::theSliderForAllKeepsWhatIsBetweenLayers()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    auto *slider = tuning.find<QSlider>("thresholdSlider");
    slider->setValue(slider->value() + 40);
    const float by = tuning.threshold(1) - 1.25f;
    QVERIFY(by > 0.0f);
    QVERIFY(qAbs(tuning.threshold(0) - (0.25f + by)) < 1e-5f);
    QVERIFY(qAbs(tuning.threshold(2) - (2.25f + by)) < 1e-5f);
    tuning.find<QDoubleSpinBox>("thresholdSpin")->setValue(1.0); // of the middle one
    QVERIFY(qAbs(tuning.threshold(1) - 1.0f) < 1e-5f);
    QVERIFY(qAbs(tuning.threshold(2) - 2.0f) < 1e-5f);
    QTest::mouseClick(tuning.find<QPushButton>("presetUniform"), Qt::LeftButton);
    QCOMPARE(tuning.threshold(0), tuning.threshold(2));
}

void TestTuning::shapesHoldForTheChosenLayers()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    tuning.click(tuning.on(0, LayerTable::Threshold));
    tuning.click(tuning.on(1, LayerTable::Threshold), Qt::ControlModifier);
    tuning.find<QAction>("flatAction")->trigger();
    QCOMPARE(tuning.threshold(0), tuning.threshold(1));
    QCOMPARE(tuning.threshold(2), 2.25f);

    tuning.sliders->clearSelection(); // now it is all of them
    tuning.choice().chooseThresholds({0.0f, 5.0f, 2.0f});
    tuning.find<QAction>("rampAction")->trigger();
    QCOMPARE(tuning.threshold(0), 0.0f);
    QCOMPARE(tuning.threshold(1), 1.0f);
    QCOMPARE(tuning.threshold(2), 2.0f);

    tuning.find<QAction>("share30Action")->trigger();
    for (int layer = 0; layer < MadeRun::layers; ++layer) {
        int scores = 0;
        int above = 0;
        for (int step = MadeRun::stride; step < tuning.record.wholeSteps(); ++step)
            for (int row = 0; row < MadeRun::rows; ++row, ++scores)
                above += MadeRun::tas(step, layer, row) > tuning.threshold(layer);
        QVERIFY2(qAbs(static_cast<double>(above) / scores - 0.3) < 0.1, qPrintable(QString::number(above)));
    }
}

void TestTuning::thresholdsTravelAsText()
{
    Tuning tuning;
    tuning.choice().chooseThresholds({0.5f, std::nullopt, -0.25f});
    tuning.find<QAction>("copyThresholdsAction")->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0.5,none,-0.25"));
    tuning.choice().chooseOff();
    tuning.find<QAction>("pasteThresholdsAction")->trigger();
    QCOMPARE(tuning.threshold(0), 0.5f);
    QVERIFY(!tuning.choice().thresholds()[1]);

    QSignalSpy failed(tuning.panel.get(), &ReplayPanel::pasteFailed);
    QGuiApplication::clipboard()->setText(QStringLiteral("1,2"));
    tuning.find<QAction>("pasteThresholdsAction")->trigger();
    QCOMPARE(failed.count(), 1);
    QVERIFY2(failed.front().front().toString().size() > 20, qPrintable(failed.front().front().toString()));
    QCOMPARE(tuning.threshold(0), 0.5f);
}

void TestTuning::presetsSayWhatTheyMeanForTheModel()
{
    Tuning tuning;
    auto *balanced = tuning.find<QPushButton>("balancedPreset");
    QVERIFY(balanced->toolTip().contains(QStringLiteral("50 %")));
    QVERIFY(tuning.find<QPushButton>("fastPreset")->toolTip().contains(QStringLiteral("80 %")));
    QVERIFY(tuning.find<QPushButton>("exactPreset")->isChecked());
    QTest::mouseClick(balanced, Qt::LeftButton);
    QCOMPARE(tuning.threshold(0), 0.25f);
    QVERIFY(balanced->isChecked());
    QVERIFY(tuning.find<QPushButton>("preset50")->isChecked());
    tuning.choice().placeLayers({0}, {0.5f});
    QVERIFY(!balanced->isChecked()); // by hand: no preset
    QTest::mouseClick(tuning.find<QPushButton>("exactPreset"), Qt::LeftButton);
    QCOMPARE(tuning.choice().kind(), ReplayChoice::Kind::Off);
}

void TestTuning::aTargetTakesThePlaceOfThresholds()
{
    Tuning tuning;
    QTest::mouseClick(tuning.find<QPushButton>("targetMode"), Qt::LeftButton);
    QVERIFY(tuning.choice().target());
    QVERIFY(!tuning.find<QSlider>("thresholdSlider")->isVisible());
    tuning.find<QSpinBox>("targetSpin")->setValue(30);
    QCOMPARE(tuning.choice().target()->ratio, 0.3f);
    QCOMPARE(tuning.find<QSlider>("targetSlider")->value(), 30);
    tuning.find<QCheckBox>("targetPerLayer")->setChecked(true);
    QVERIFY(tuning.choice().policy().target->perLayer);
    tuning.click(tuning.on(1, LayerTable::Layer) - QPoint(8, 0)); // a layer can stay out of it
    QVERIFY(tuning.choice().target());
    QVERIFY(!tuning.choice().isOn(1));
    tuning.drag(0, 0.3f, 0.4f); // a hand on a slider ends it
    QVERIFY(!tuning.choice().target());
    QVERIFY(tuning.find<QPushButton>("thresholdsMode")->isChecked());
}

void TestTuning::rangesAreDraggedAndTyped()
{
    Tuning tuning;
    tuning.find<FoldingSection>("rulesSection")->setOpen(true);
    QCoreApplication::processEvents();
    tuning.find<QSpinBox>("replayLayersFirstSpin")->setValue(2);
    QVERIFY(tuning.choice().layerRange() == (ReplayRange{.first = 2, .last = 0}));
    auto *strip = tuning.find<RangeStrip>("replayFramesStrip");
    QVERIFY(strip->width() > 60);
    // Three frames, of which the second and the third can replay: the end is drawn back to the second.
    const QPoint third(strip->width() - 4, 8);
    const QPoint second(strip->width() / 2, 8);
    QTest::mousePress(strip, Qt::LeftButton, {}, third);
    QMouseEvent move(QEvent::MouseMove, second, strip->mapToGlobal(second), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(strip, &move);
    QTest::mouseRelease(strip, Qt::LeftButton, {}, second);
    QVERIFY(tuning.choice().frameRange() == (ReplayRange{.first = 1, .last = 2}));
    QCOMPARE(tuning.find<QSpinBox>("replayFramesLastSpin")->value(), 2);
    tuning.find<QSpinBox>("replayFramesLastSpin")->setValue(3);
    QVERIFY(tuning.choice().frameRange().all()); // to the end, however long the clip will be
}

void TestTuning::attentionIsASettingOfTheNextRun()
{
    Tuning tuning;
    tuning.find<FoldingSection>("rulesSection")->setOpen(true);
    auto *attention = tuning.find<QComboBox>("attentionCombo");
    QVERIFY(attention->toolTip().contains(QStringLiteral("next run")));
    tuning.settings.setAttention({.windowed = true, .sinks = 4, .window = 12});
    QCOMPARE(attention->currentIndex(), 1);
    QVERIFY(tuning.find<QSpinBox>("windowSpin")->isVisible());
    tuning.find<QSpinBox>("windowSpin")->setValue(20);
    QCOMPARE(tuning.settings.settings().attention.window, 20);
    tuning.find<QSpinBox>("sinksSpin")->setValue(7);
    QCOMPARE(tuning.settings.settings().attention.sinks, 7);
}

void TestTuning::whatIsPredictedStandsBesideWhatHappened()
{
    Tuning tuning; // a run without replay, so that every score is there
    tuning.choice().chooseThresholds({0.25f, 1.25f, 2.25f});
    auto *bar = tuning.find<EffectBar>("effectOfEligible");
    QTRY_VERIFY(!bar->predicted().text.isEmpty());
    // Of six places three are above, less one of the second row's that is just below.
    int above = 0;
    int scores = 0;
    for (int step = MadeRun::stride; step < 17; ++step)
        for (int row = 0; row < MadeRun::rows; ++row, ++scores)
            above += MadeRun::tas(step, 0, row) > 0.25f;
    const double share = *bar->predicted().share;
    QVERIFY2(qAbs(share - static_cast<double>(above) / scores) < 0.03, qPrintable(QString::number(share)));
    QVERIFY(bar->happened().text.isEmpty()); // nothing was eligible

    // The run with these settings: what was predicted of it stays beside what it does.
    const QString predicted = bar->predicted().text;
    MadeRun next;
    next.settings.replay = tuning.choice().policy();
    next.settings.replay.thresholds = tuning.choice().thresholds();
    tuning.record.begin(next.config, next.settings);
    tuning.record.take(next.newPolicy(next.settings.replay));
    tuning.record.take(next.upTo(18));
    QTRY_VERIFY(!bar->happened().text.isEmpty());
    QCOMPARE(bar->predicted().text, predicted);
    QCOMPARE(tuning.find<QLabel>("predictionSource")->text(), QStringLiteral("Predicted before"));
    tuning.choice().placeLayers({0}, {0.45f});
    QTRY_VERIFY(bar->predicted().text != predicted);
    QCOMPARE(tuning.find<QLabel>("predictionSource")->text(), QStringLiteral("From this run"));
}

void TestTuning::withoutARunItSaysWhatIsMissingAndSlidersWork()
{
    Tuning tuning(0);
    QCOMPARE(tuning.find<QLabel>("predictionSource")->text(), QStringLiteral("Nothing has run yet"));
    tuning.choice().chooseCalibrated(50);
    const TasRange scale = tuning.sliders->tuning().scale(2);
    QVERIFY(scale.low < 2.05f && scale.high > 2.45f); // what is calibrated, and some more
    QVERIFY(scale.high - scale.low < 4.0f);
    tuning.drag(2, 2.25f, 2.4f);
    QVERIFY(qAbs(tuning.threshold(2) - 2.4f) < tuning.grain(2));
}

void TestTuning::hiddenItTakesNothingIn()
{
    Tuning tuning(8);
    tuning.panel->hide();
    QSignalSpy changed(&tuning.sliders->tuning(), &LayerTuning::changed);
    tuning.record.take(tuning.run.upTo(12));
    QTest::qWait(100);
    QCOMPARE(changed.count(), 0);
    tuning.panel->show();
    QCOMPARE(changed.count(), 1);
    const auto scores = tuning.sliders->tuning().histogram(0, 16).scores;
    QCOMPARE(scores, (tuning.record.wholeSteps() - MadeRun::stride) * MadeRun::rows);
}

void TestTuning::nothingIsCutInANarrowDock()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(50);
    tuning.find<FoldingSection>("rulesSection")->setOpen(true);
    for (const bool target : {false, true}) {
        tuning.choice().chooseTarget(target ? std::optional(ReplayTarget{}) : std::nullopt);
        for (const int width : {290, 420}) {
            tuning.panel->resize(width, 700);
            QCoreApplication::processEvents();
            const QRect inside(0, 0, tuning.panel->viewport()->width(), 100000);
            for (auto *widget : tuning.panel->widget()->findChildren<QWidget *>()) {
                if (!widget->isVisible() || widget->window() != tuning.panel.get() ||
                    tuning.sliders->isAncestorOf(widget))
                    continue;
                const QRect place(widget->mapTo(tuning.panel->widget(), QPoint()), widget->size());
                QVERIFY2(inside.contains(place),
                         qPrintable(QStringLiteral("%1 at %2").arg(widget->objectName()).arg(width)));
                const auto *button = qobject_cast<QAbstractButton *>(widget);
                if (button && !button->text().isEmpty())
                    QVERIFY2(button->width() >= button->fontMetrics().horizontalAdvance(button->text()) + 6,
                             qPrintable(QStringLiteral("%1 at %2").arg(button->text()).arg(width)));
            }
        }
    }
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

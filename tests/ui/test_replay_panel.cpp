// SPDX-License-Identifier: Apache-2.0
//
// The replay panel around its sliders: all layers at once, presets, a target, ranges, and what is predicted
// beside what happened.
#include "tests/ui/made_tuning.h"
#include "ui/replay/effect_bar.h"
#include "ui/replay/folding_section.h"
#include "ui/replay/range_strip.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>

using namespace fastcar;
using namespace fastcar::ui;

class TestReplayPanel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }

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
};

void TestReplayPanel::theSliderForAllKeepsWhatIsBetweenLayers()
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

void TestReplayPanel::shapesHoldForTheChosenLayers()
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

void TestReplayPanel::thresholdsTravelAsText()
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

void TestReplayPanel::presetsSayWhatTheyMeanForTheModel()
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

void TestReplayPanel::aTargetTakesThePlaceOfThresholds()
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

void TestReplayPanel::rangesAreDraggedAndTyped()
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

void TestReplayPanel::attentionIsASettingOfTheNextRun()
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

void TestReplayPanel::whatIsPredictedStandsBesideWhatHappened()
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

void TestReplayPanel::withoutARunItSaysWhatIsMissingAndSlidersWork()
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

void TestReplayPanel::hiddenItTakesNothingIn()
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

void TestReplayPanel::nothingIsCutInANarrowDock()
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

QTEST_MAIN(TestReplayPanel)
#include "test_replay_panel.moc"

// SPDX-License-Identifier: Apache-2.0
//
// A slider for each layer: by mouse, by keys, typed, and as assistive technology sees it.
#include "tests/ui/made_tuning.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>

using namespace fastcar;
using namespace fastcar::ui;

class TestLayerSliders : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }

    void draggingALayersSliderMovesItsThresholdAlone();
    void linkedSlidersMoveByTheSameAmount();
    void theTickTurnsALayerOffAndItComesBackWhereItWas();
    void keysReachEverySlider();
    void aThresholdCanBeTyped();
    void aDoubleClickPutsALayerBackToTheCalibration();
    void everySliderIsInTheAccessibilityTree();
};

void TestLayerSliders::draggingALayersSliderMovesItsThresholdAlone()
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

void TestLayerSliders::linkedSlidersMoveByTheSameAmount()
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

void TestLayerSliders::theTickTurnsALayerOffAndItComesBackWhereItWas()
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

void TestLayerSliders::keysReachEverySlider()
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

void TestLayerSliders::aThresholdCanBeTyped()
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

void TestLayerSliders::aDoubleClickPutsALayerBackToTheCalibration()
{
    Tuning tuning;
    tuning.choice().chooseCalibrated(20);
    tuning.choice().placeLayers({0, 1}, {-3.0f, -3.0f});
    tuning.click(tuning.on(1, LayerTable::Layer) + QPoint(14, 0));
    QTest::mouseDClick(tuning.sliders->viewport(), Qt::LeftButton, {}, tuning.at(1, 1.0f));
    QCOMPARE(tuning.threshold(1), 1.45f);
    QCOMPARE(tuning.threshold(0), -3.0f);
}

void TestLayerSliders::everySliderIsInTheAccessibilityTree()
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

QTEST_MAIN(TestLayerSliders)
#include "test_layer_sliders.moc"

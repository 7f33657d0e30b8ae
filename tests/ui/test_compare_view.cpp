// SPDX-License-Identifier: Apache-2.0
//
// The comparison's pictures: wipe, difference, flicker, zoom and pan, and how A is moved against B.
#include "tests/ui/compared_runs.h"

#include <QComboBox>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

using namespace fastcar;
using namespace fastcar::ui;

class TestCompareView : public QObject, private ComparedRuns {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { openAnew(); }
    void cleanup() { close(); }

    void theDividerIsMovedByMouseAndKeys();
    void theDifferenceIsPaintedInTheLegendsColours();
    void flickerShowsTheOtherByKeyAndByItself();
    void zoomAndPanAreShared();
    void aPositionIsFoundUnderThePointerInBothPanes();
    void shiftAndArrowsMoveAAgainstB();
    void howThingsAreShownIsThereAgainNextTime();
};

void TestCompareView::theDividerIsMovedByMouseAndKeys()
{
    compareVideos();
    QTest::keyClick(&page_->view(), Qt::Key_2);
    CompareView &view = page_->view();
    const auto divider = [&] {
        return dividerOf(view.scene(), view.pictures()) / view.width(); // of the view
    };
    QTRY_VERIFY(view.scene().way == CompareWay::Wipe);
    QCOMPARE(colourAt(divider() - 0.03, 0.7), QColor(200, 0, 0));
    QCOMPARE(colourAt(divider() + 0.03, 0.7), QColor(0, 0, 200));

    const QRectF picture = view.pictures().picture(0);
    const auto xOf = [&](double share) { return static_cast<int>(picture.left() + share * picture.width()); };
    const int y = view.height() * 3 / 4;
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(xOf(0.5), y));
    QTest::mouseMove(&view, QPoint(xOf(0.6), y));
    QTest::mouseMove(&view, QPoint(xOf(0.8), y));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(xOf(0.8), y));
    QTRY_VERIFY(std::abs(view.scene().wipe - 0.8) < 0.01);
    QCOMPARE(view.zoom(), CompareZoom{}); // it was not a pan
    QCOMPARE(colourAt(0.5 * picture.width() / view.width() + picture.left() / view.width(), 0.7),
             QColor(200, 0, 0));

    const double before = view.scene().wipe;
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&view, Qt::Key_Comma);
    QTest::keyClick(&view, Qt::Key_Less, Qt::ShiftModifier);
    QTRY_VERIFY(std::abs(view.scene().wipe - (before - 0.13)) < 1e-9);
    auto *slider = find<QSlider>("wipeSlider");
    QCOMPARE(slider->value(), static_cast<int>(std::lround(1000 * (before - 0.13))));
    slider->setValue(0);
    QTRY_COMPARE(view.scene().wipe, 0.0);
    QCOMPARE(colourAt(0.5, 0.7), QColor(0, 0, 200));
}

void TestCompareView::theDifferenceIsPaintedInTheLegendsColours()
{
    compareVideos();
    QTest::mouseClick(find<QPushButton>("wayDifference"), Qt::LeftButton);
    QTest::keyClick(&page_->view(), Qt::Key_Home);
    QTest::keyClick(&page_->view(), Qt::Key_Right); // frame 2: B is 3 levels lighter
    auto *gain = find<QComboBox>("gainCombo");
    gain->setCurrentIndex(gain->findData(32));
    emit gain->activated(gain->currentIndex());
    DifferenceLook look;
    look.gain = 32;
    QCOMPARE(colourAt(0.5, 0.5), QColor::fromRgb(differenceColor(3.0, look)));
    auto *sign = find<QComboBox>("signCombo");
    sign->setCurrentIndex(1);
    emit sign->activated(1);
    look.isSigned = true;
    QCOMPARE(colourAt(0.5, 0.5), QColor::fromRgb(differenceColor(3.0, look)));
    QTest::mouseClick(find<QToolButton>("exchangeButton"), Qt::LeftButton);
    QVERIFY(settled());
    QCOMPARE(colourAt(0.5, 0.5), QColor::fromRgb(differenceColor(-3.0, look)));
    // The map: dark where nothing differs, and lighter with every step.
    QVERIFY(QColor::fromRgb(differenceColor(0.0, {})).lightness() < 20);
    double before = -1.0;
    for (int level = 0; level <= 63; level += 3) {
        const QColor colour = QColor::fromRgb(differenceColor(level, {}));
        const double luma = 0.2126 * colour.red() + 0.7152 * colour.green() + 0.0722 * colour.blue();
        QVERIFY(luma > before);
        before = luma;
    }
}

void TestCompareView::flickerShowsTheOtherByKeyAndByItself()
{
    compareVideos();
    QTest::keyClick(&page_->view(), Qt::Key_Home);
    QTest::keyClick(&page_->view(), Qt::Key_X);
    QTRY_VERIFY(page_->view().scene().way == CompareWay::Flicker);
    QVERIFY(!find<QToolButton>("automaticButton")->isChecked());
    const QColor one = colourAt(0.5, 0.7);
    QTest::keyClick(&page_->view(), Qt::Key_X);
    const QColor other = colourAt(0.5, 0.7);
    QVERIFY(one != other);
    QVERIFY((one == QColor(200, 0, 0) || one == QColor(0, 0, 200)));
    QTest::mouseClick(find<QToolButton>("showOtherButton"), Qt::LeftButton);
    QCOMPARE(colourAt(0.5, 0.7), one);
    const bool showsB = page_->view().scene().showsB;
    find<QSpinBox>("changesSpin")->setValue(CompareLook::mostChangesPerSecond);
    find<QToolButton>("automaticButton")->setChecked(true);
    QTRY_VERIFY(page_->view().scene().showsB != showsB);
    QTRY_VERIFY(page_->view().scene().showsB == showsB);
}

void TestCompareView::zoomAndPanAreShared()
{
    compareVideos();
    CompareView &view = page_->view();
    QTest::keyClick(&view, Qt::Key_1);
    QTRY_COMPARE(view.scene().panes(), 2);
    const auto share = [&](int pane) { // of the picture that is seen, from where
        const CompareGeometry geometry = view.pictures();
        const QRectF all = geometry.picture(pane), seen = geometry.shown(pane);
        return QRectF((seen.left() - all.left()) / all.width(), (seen.top() - all.top()) / all.height(),
                      seen.width() / all.width(), seen.height() / all.height());
    };
    QCOMPARE(share(0).width(), 1.0);
    const QPointF at = QRectF(view.pictures().pane(1)).center() + QPointF(40, 0);
    const auto under = [&](QPointF point) {
        const QRectF all = view.pictures().picture(1);
        return QPointF((point.x() - all.left()) / all.width(), (point.y() - all.top()) / all.height());
    };
    const QPointF before = under(at);
    for (int i = 0; i < 6; ++i) {
        QWheelEvent wheel(at, view.mapToGlobal(at.toPoint()), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &wheel);
    }
    QVERIFY(view.zoom().factor > 3.0);
    QVERIFY(std::abs(under(at).x() - before.x()) < 0.005);
    QVERIFY(share(0).width() < 0.8);
    for (const auto &[a, b] : {std::pair(share(0).left(), share(1).left()),
                               {share(0).top(), share(1).top()},
                               {share(0).width(), share(1).width()}})
        QVERIFY(std::abs(a - b) < 0.01);
    const double left = share(1).left();
    QTest::mousePress(&view, Qt::LeftButton, {}, at.toPoint());
    QTest::mouseMove(&view, at.toPoint() + QPoint(30, 0));
    QTest::mouseMove(&view, at.toPoint() + QPoint(60, 0));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at.toPoint() + QPoint(60, 0));
    QVERIFY(share(1).left() < left);
    QVERIFY(std::abs(share(0).left() - share(1).left()) < 0.01);
    QTest::mouseClick(find<QPushButton>("fitButton"), Qt::LeftButton);
    QCOMPARE(view.zoom(), CompareZoom{});
}

void TestCompareView::aPositionIsFoundUnderThePointerInBothPanes()
{
    compareRunBeforeWithShown(2);
    QTest::keyClick(&page_->view(), Qt::Key_1);
    QTRY_COMPARE(page_->view().scene().grid, QSize(4, 4));
    CompareView &view = page_->view();
    for (const int pane : {0, 1}) {
        for (const int position : {0, 6, 15}) {
            const QPointF middle = view.pictures().cell(pane, position, {4, 4}).center();
            QTest::mouseClick(&view, Qt::LeftButton, {}, middle.toPoint());
            QCOMPARE(selection_->position(), position);
            QTest::mouseClick(&view, Qt::LeftButton, {}, middle.toPoint());
            QCOMPARE(selection_->position(), -1); // again: no longer
        }
    }
}

void TestCompareView::shiftAndArrowsMoveAAgainstB()
{
    compareVideos();
    QTest::keyClick(&page_->view(), Qt::Key_Home);
    QTest::keyClick(&page_->view(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(settled());
    QCOMPARE(comparison().offset(), 1);
    QTRY_COMPARE(page_->view().scene().a->rgb.front(), 40); // A's second frame
    QCOMPARE(page_->view().scene().b->rgb.front(), 0);      // beside B's first one
    QCOMPARE(comparison().result()->runs.pictures->frames().size(), std::size_t{2});
    auto *undo = find<QPushButton>("offsetButton");
    QVERIFY(undo->isVisible());
    QVERIFY(undo->text().contains(QStringLiteral("+1")));
    QTest::keyClick(&page_->view(), Qt::Key_End);
    QTRY_VERIFY(!page_->view().scene().a); // A has no frame beside B's last one
    QTest::mouseClick(undo, Qt::LeftButton);
    QVERIFY(settled());
    QTRY_VERIFY(page_->view().scene().a);
    QVERIFY(!undo->isVisible());
}

void TestCompareView::howThingsAreShownIsThereAgainNextTime()
{
    QTest::keyClick(&page_->view(), Qt::Key_3);
    find<QToolButton>("marksButton")->setChecked(true);
    close();
    open();
    QVERIFY(find<QPushButton>("wayDifference")->isChecked());
    QVERIFY(find<QToolButton>("marksButton")->isChecked());
}

QTEST_MAIN(TestCompareView)
#include "test_compare_view.moc"

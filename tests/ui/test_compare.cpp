// SPDX-License-Identifier: Apache-2.0
//
// The comparison page: its controls, what can be put onto its two sides, and what it says where there is
// nothing to compare.
#include "tests/ui/compared_runs.h"
#include "ui/compare/frame_plot.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace fastcar;
using namespace fastcar::ui;

class TestCompare : public QObject, private ComparedRuns {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeName::Dark); }
    void init() { openAnew(); }
    void cleanup() { close(); }

    void everyControlHasANameForAssistiveTechnology();
    void withoutRunsThePageSaysWhatToDo();
    void aPlotWithoutNumbersSaysWhatWouldFillIt();
    void twoDroppedVideosAreAAndB();
    void aNewerRequestTakesThePlaceOfAnOlderOne();
    void exchangeTurnsItAround();
    void whatCannotBeReadIsExplained();
};

void TestCompare::everyControlHasANameForAssistiveTechnology()
{
    int controls = 0;
    for (auto *widget : page_->findChildren<QWidget *>()) {
        const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
                             qobject_cast<QAbstractSlider *>(widget) || qobject_cast<QTableView *>(widget);
        if (!control || widget->objectName().startsWith(QLatin1String("qt_")) ||
            widget->inherits("QScrollBar") || widget->inherits("QTableCornerButton"))
            continue;
        ++controls;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                     !widget->isVisibleTo(page_.get()),
                 qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
    }
    QVERIFY(controls > 20);
}

void TestCompare::withoutRunsThePageSaysWhatToDo()
{
    QVERIFY(!comparison().result());
    QTRY_VERIFY(page_->view().scene().whyNoA.contains(QStringLiteral("drop a trace or a video")));
    QVERIFY(!find<QPushButton>("sameSeedButton")->isEnabled());
    QVERIFY(!find<QAction>("chooseShownA")->isEnabled());
    QVERIFY(!find<QPushButton>("firstDifferenceButton")->isVisible());
}

void TestCompare::aPlotWithoutNumbersSaysWhatWouldFillIt()
{
    auto *plot = find<FramePlot>("framePlot");
    const auto says = [plot](const char *words) {
        return plot->accessibleDescription().contains(QLatin1String(words));
    };
    QVERIFY2(says("as soon as two runs are chosen"), qPrintable(plot->accessibleDescription()));
    compareVideos(); // which have no traces
    auto *figure = find<QComboBox>("frameFigureCombo");
    figure->setCurrentIndex(figure->findData(static_cast<int>(FrameFigure::EqualCodes)));
    QVERIFY2(says("need a trace"), qPrintable(plot->accessibleDescription()));
    figure->setCurrentIndex(figure->findData(static_cast<int>(FrameFigure::Drift)));
    QVERIFY2(says("Frame 1"), qPrintable(plot->accessibleDescription()));
    page_->choose(Side::A, RunSource::ofFile(folder_.filePath(QStringLiteral("none.mkv"))));
    QTRY_VERIFY(!comparison().problem().isEmpty());
    QVERIFY2(says("cannot be compared"), qPrintable(plot->accessibleDescription()));
}

void TestCompare::twoDroppedVideosAreAAndB()
{
    compareVideos();
    QVERIFY(comparison().source(Side::A).file.endsWith(QStringLiteral("red.mkv")));
    QCOMPARE(cell("Equal frames", 1), QStringLiteral("1 of 3"));
    QCOMPARE(cell("Drift", 1), QStringLiteral("45.444 of 255")); // (400 / 3 + 3) / 3
    QCOMPARE(cell("Frame 2", 1), QStringLiteral("3.00 of 255")); // the plot's numbers
    QCOMPARE(cell("Frame 3", 1), QStringLiteral("0.00 of 255"));
    auto *plot = find<FramePlot>("framePlot");
    QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(plot->width() - 20, 30));
    QTRY_VERIFY(page_->view().scene().b && page_->view().scene().b->rgb.front() == 9);
}

void TestCompare::aNewerRequestTakesThePlaceOfAnOlderOne()
{
    makeVideo("long.mkv", std::vector<SharedFrame>(60, plain(256, 256, 1, 2, 3)));
    makeVideo("other.mkv", std::vector<SharedFrame>(60, plain(256, 256, 1, 2, 9)));
    makeVideo("short.mkv", {plain(256, 256, 1, 2, 3)});
    const auto source = [&](const char *name) {
        return RunSource::ofFile(folder_.filePath(QLatin1String(name)));
    };
    QSignalSpy changed(&comparison(), &ComparisonModel::changed);
    page_->choose(Side::A, source("long.mkv"));
    page_->choose(Side::B, source("other.mkv"));
    page_->choose(Side::A, source("short.mkv"));
    page_->choose(Side::B, source("short.mkv"));
    QVERIFY(find<QLabel>("comparingLabel")->isVisible());
    QVERIFY(settled());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(comparison().result()->runs.pictures->equalFrames(), 1);
    QVERIFY(!find<QLabel>("comparingLabel")->isVisible());
}

void TestCompare::exchangeTurnsItAround()
{
    compareVideos();
    const auto before = comparison().result()->runs.pictures->frames()[1].flicker;
    QTest::mouseClick(find<QToolButton>("exchangeButton"), Qt::LeftButton);
    QVERIFY(settled());
    QVERIFY(comparison().source(Side::A).file.endsWith(QStringLiteral("blue.mkv")));
    const auto after = comparison().result()->runs.pictures->frames()[1].flicker;
    QCOMPARE(after->a, before->b);
    QCOMPARE(after->b, before->a);
}

void TestCompare::whatCannotBeReadIsExplained()
{
    QFile file(folder_.filePath(QStringLiteral("no.mkv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no video");
    file.close();
    page_->askForRunFile = [&] { return file.fileName(); };
    find<QAction>("chooseFileB")->trigger();
    QVERIFY(QTest::qWaitFor([&] { return !comparison().busy(); }, 20000));
    QVERIFY(!comparison().result());
    QVERIFY2(comparison().problem().contains(QStringLiteral("no.mkv")), qPrintable(comparison().problem()));
    QTRY_VERIFY(page_->view().scene().whyNoB.contains(QStringLiteral("no.mkv")));
    page_->askForRunFile = [] { return QString(); }; // thought better of it
    find<QAction>("chooseFileA")->trigger();
    QVERIFY(comparison().source(Side::A).kind == RunSource::Kind::None);
}

QTEST_MAIN(TestCompare)
#include "test_compare.moc"

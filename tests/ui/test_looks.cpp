// SPDX-License-Identifier: Apache-2.0
//
// How the window looks, as far as numbers tell: whether each layout fits a small screen, and whether all
// that stands in it has the room that it takes; in each language, and with larger text.
#include "tests/ui/lacking_room.h"
#include "tests/ui/looks_window.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/window/panel_docks.h"
#include "ui/window/viewer_page.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QLayout>

using namespace fastcar;
using namespace fastcar::ui;

class TestLooks : public QObject, private LooksWindow {
    Q_OBJECT

private slots:
    void initTestCase() { LooksWindow::initTestCase(); }
    void cleanup() { LooksWindow::cleanup(); }

    void everyLayoutFitsALaptopsScreen_data() { languagesAndTextSizes(); }
    void everyLayoutFitsALaptopsScreen();
    void aSmallMiddleKeepsItsControls_data() { languagesAndTextSizes(); }
    void aSmallMiddleKeepsItsControls();
    void barsKeepTheirLinesInALowWindow_data() { languagesAndTextSizes(); }
    void barsKeepTheirLinesInALowWindow();
};

/// Nothing is wider than the screen, and what is seen has room for its words.
void TestLooks::everyLayoutFitsALaptopsScreen()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    QStringList wrong;
    const auto check = [&](const QString &what) {
        const auto *hardware = window_->findChild<HardwarePanel *>();
        const bool timed = hardware->isVisible() && window_->record().hasRun();
        if (timed)
            QTRY_VERIFY_WITH_TIMEOUT(hardware->shownStep() >= 0, 20000);
        settle();
        const QSize least = window_->layout()->totalMinimumSize();
        if (least.width() > smallScreen.width() || least.height() > smallScreen.height())
            wrong += QStringLiteral("%1 takes %2 × %3 (%4)")
                         .arg(what)
                         .arg(least.width())
                         .arg(least.height())
                         .arg(partsOf(*window_).join(QStringLiteral(", ")));
        // What needs more for a moment makes a window larger for good.
        if (window_->width() > smallScreen.width() || window_->height() > smallScreen.height())
            wrong += QStringLiteral("%1 made the window %2 × %3")
                         .arg(what)
                         .arg(window_->width())
                         .arg(window_->height());
        window_->resize(smallScreen);
        settle();
        for (const QString &lack : lacksIn(*window_))
            wrong += QStringLiteral("%1: %2").arg(what, lack);
    };
    const auto checkAll = [&](const QString &when) {
        for (const TaskLayout layout : taskLayouts) {
            window_->docks().choose(layout);
            check(when + keyOf(layout));
            for (const char *dock : {"queueDock", "decisionsDock", "heatmapsDock", "hardwareDock",
                                     "libraryDock", "replayDock", "generateDock"}) {
                window_->docks().reveal(QLatin1String(dock));
                check(when + keyOf(layout) + QLatin1Char(' ') + QLatin1String(dock));
            }
            window_->docks().reset();
        }
        window_->docks().choose(TaskLayout::Compare);
        for (const char *way : {"wayWipe", "wayDifference", "wayFlicker", "waySideBySide"}) {
            window_->findChild<QAbstractButton *>(QLatin1String(way))->click();
            check(when + QLatin1String(way));
        }
    };
    check(QStringLiteral("at first"));
    checkAll(QStringLiteral("before a run, "));
    makeRun();
    checkAll(QStringLiteral("after a run, "));
    // Two runs that part somewhere, so that there is something to be told of a token in both.
    window_->settings().setSeedLocked(true);
    makeRun();
    window_->findChild<QAbstractButton *>(QStringLiteral("fastPreset"))->click();
    makeRun();
    window_->docks().choose(TaskLayout::Compare);
    auto *part = window_->findChild<QAbstractButton *>(QStringLiteral("firstDifferenceButton"));
    QTRY_VERIFY_WITH_TIMEOUT(part->isVisible(), 20000);
    part->click();
    for (const char *chip : {"tokensChip", "figuresChip"}) {
        window_->findChild<QAbstractButton *>(QLatin1String(chip))->click();
        check(QStringLiteral("two runs, ") + QLatin1String(chip));
    }
    wrong.removeDuplicates();
    for (const QString &each : wrong)
        qWarning("%s", qPrintable(each)); // a message of QVERIFY2 is cut
    QCOMPARE(wrong.size(), 0);
}

/// However high the panels below it are drawn. Its transport stands in further lines, and these are seen.
void TestLooks::aSmallMiddleKeepsItsControls()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    makeRun();
    window_->docks().choose(TaskLayout::Tune);
    auto *below = window_->findChild<QDockWidget *>(QStringLiteral("decisionsDock"));
    auto *beside = window_->findChild<QDockWidget *>(QStringLiteral("replayDock"));
    const auto cut = [&] {
        QStringList names;
        for (const char *name : {"previousFrameButton", "playButton", "nextFrameButton", "loopButton",
                                 "followButton", "speedCombo", "paceSpin", "zoomButton"}) {
            const auto *control = window_->viewer().findChild<QWidget *>(QLatin1String(name));
            if (control->visibleRegion().boundingRect() != control->rect())
                names += QLatin1String(name);
        }
        return names;
    };
    const auto check = [&] {
        window_->resizeDocks({below}, {smallScreen.height()}, Qt::Vertical);
        QTRY_COMPARE(cut(), QStringList()); // the zoom is written when it is due
        QVERIFY2(window_->height() <= smallScreen.height(),
                 qPrintable(QStringLiteral("%1: %2")
                                .arg(window_->height())
                                .arg(partsOf(*window_).join(QStringLiteral(", ")))));
    };
    for (const int width : {320, 420, 520}) {
        window_->resizeDocks({beside}, {width}, Qt::Horizontal);
        check();
    }
    window_->findChild<QAction *>(QStringLiteral("comparePageAction"))->trigger();
    window_->resizeDocks({below}, {smallScreen.height()}, Qt::Vertical);
    settle();
    window_->findChild<QAction *>(QStringLiteral("viewerPageAction"))->trigger();
    check();
}

/// As low as the window can be, and as narrow as makes them need more lines than one.
void TestLooks::barsKeepTheirLinesInALowWindow()
{
    QFETCH(const QString, language);
    QFETCH(const int, textPercent);
    open({language, textPercent});
    makeRun();
    const auto check = [&](TaskLayout layout, const QByteArrayList &names) {
        window_->docks().choose(layout);
        settle();
        for (const int width : {1280, 1000, 0}) {
            window_->resize(width, 0);
            const auto cut = [&] {
                QStringList list;
                for (const QByteArray &name : names) {
                    const auto *control = window_->findChild<QWidget *>(QLatin1String(name));
                    if (control->isVisible() && control->visibleRegion().boundingRect() != control->rect())
                        list += QLatin1String(name);
                }
                return list;
            };
            QTRY_COMPARE(cut(), QStringList());
            QVERIFY(window_->height() <= smallScreen.height());
        }
        window_->resize(smallScreen);
        settle();
    };
    check(TaskLayout::Hardware,
          {"cardCombo", "drsStatic", "drsDeal", "drsSplit", "compareCombo", "figuresButton", "timelineMenu"});
    auto *compare = window_->findChild<QWidget *>(QStringLiteral("comparePage"));
    window_->docks().choose(TaskLayout::Compare);
    for (const char *way : {"waySideBySide", "wayDifference"}) {
        compare->findChild<QAbstractButton *>(QLatin1String(way))->click();
        check(TaskLayout::Compare, {"waySideBySide", "wayWipe", "wayDifference", "wayFlicker", "signCombo",
                                    "gainCombo", "marksButton", "fitButton"});
    }
}

QTEST_MAIN(TestLooks)
#include "test_looks.moc"

// SPDX-License-Identifier: Apache-2.0
//
// How often a view is made anew.
#include "ui/models/paced_refresh.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace fastcar;
using namespace fastcar::ui;

class TestPacedRefresh : public QObject {
    Q_OBJECT

private slots:
    void whatComesFastIsDueSeldom();
    void nothingIsDueWhileNobodyLooks();
    void whatIsDueNowComesBeforeTheWindowPaints();
};

void TestPacedRefresh::whatComesFastIsDueSeldom()
{
    PacedRefresh refresh;
    QSignalSpy due(&refresh, &PacedRefresh::due);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 5 * PacedRefresh::ofARunMs) {
        refresh.ask();
        QTest::qWait(1);
    }
    QVERIFY(due.count() >= 1);
    QVERIFY(due.count() <= clock.elapsed() / PacedRefresh::ofARunMs + 1);
}

void TestPacedRefresh::nothingIsDueWhileNobodyLooks()
{
    PacedRefresh refresh;
    QSignalSpy due(&refresh, &PacedRefresh::due);
    refresh.setWatched(false);
    refresh.ask();
    refresh.askNow();
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(due.count(), 0);
    refresh.setWatched(true); // once for all that was asked for
    QTRY_COMPARE(due.count(), 1);
    refresh.ask();
    refresh.setWatched(false); // what waits, too
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(due.count(), 1);
    refresh.ask();
    refresh.done();
    refresh.setWatched(true);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(due.count(), 1);
}

/// Else each refresh of a run would be painted twice: what it changed at once, and what followed by itself.
void TestPacedRefresh::whatIsDueNowComesBeforeTheWindowPaints()
{
    class Painted : public QWidget {
    public:
        int paints = 0;

    protected:
        void paintEvent(QPaintEvent *) override { ++paints; }
    };
    Painted widget;
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QCoreApplication::processEvents();
    PacedRefresh refresh;
    int paintsBefore = -1;
    connect(&refresh, &PacedRefresh::due, &widget, [&] {
        paintsBefore = widget.paints;
        widget.update();
    });
    widget.paints = 0;
    widget.update();
    refresh.ask();
    QTRY_COMPARE(widget.paints, 1);
    QCOMPARE(paintsBefore, 0);
    QTest::qWait(2 * PacedRefresh::ofARunMs);
    QCOMPARE(widget.paints, 1);
}

QTEST_MAIN(TestPacedRefresh)
#include "test_paced_refresh.moc"

// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/view_budget.h"

#include <QElapsedTimer>
#include <QTest>

using namespace fastcar::ui;

namespace {

/// A window's thread that goes by a budget, on a clock of its own.
class Thread {
public:
    explicit Thread(const ViewBudget::Limits &limits = ViewBudget::balanced)
    {
        budget.setLimits(limits);
        budget.begin(spentUs_);
    }

    /// The views are brought up to date as often as they may, each time for `costMs`.
    void follow(int times, double costMs)
    {
        for (int i = 0; i < times; ++i) {
            budget.done(spentUs_);
            spentUs_ += static_cast<std::int64_t>(costMs * 1000.0);
            nowMs_ += budget.intervalMs();
        }
    }
    /// Of the time since then, in percent.
    double shareSince(std::int64_t spentUs, int nowMs) const
    {
        return static_cast<double>(spentUs_ - spentUs) / 10.0 / (nowMs_ - nowMs);
    }
    std::int64_t spentUs() const { return spentUs_; }
    int nowMs() const { return nowMs_; }

    ViewBudget budget;

private:
    std::int64_t spentUs_ = 7'000'000; // before the run
    int nowMs_ = 0;
};

} // namespace

class TestViewBudget : public QObject {
    Q_OBJECT

private slots:
    void whatIsCheapIsShown25TimesASecond()
    {
        Thread thread;
        QCOMPARE(thread.budget.intervalMs(), 40);
        thread.follow(100, 0.5);
        QCOMPARE(thread.budget.intervalMs(), 40);
    }

    void whatCostsMuchKeepsToItsShare_data()
    {
        QTest::addColumn<double>("costMs");
        QTest::addColumn<int>("intervalMs");
        QTest::newRow("just so") << 1.6 << 40;
        QTest::newRow("twice that") << 3.2 << 80;
        QTest::newRow("as much as goes") << 10.0 << 250;
        QTest::newRow("more than that: four times a second all the same") << 40.0 << 250;
    }

    void whatCostsMuchKeepsToItsShare()
    {
        QFETCH(double, costMs);
        QFETCH(int, intervalMs);
        Thread thread;
        thread.follow(20, costMs);
        QCOMPARE(thread.budget.intervalMs(), intervalMs);
        const auto spent = thread.spentUs();
        const int now = thread.nowMs();
        thread.follow(100, costMs);
        if (costMs <= 10.0)
            QVERIFY(thread.shareSince(spent, now) <= ViewBudget::balanced.percent + 0.01);
    }

    void aSuddenCostShowsAtOnceAndFades()
    {
        Thread thread;
        thread.follow(20, 1.0);
        thread.follow(2, 8.0);
        QCOMPARE(thread.budget.intervalMs(), 200);
        thread.follow(2, 1.0); // the first of them tells of the 8 ms
        QVERIFY(thread.budget.intervalMs() < 200);
        QVERIFY(thread.budget.intervalMs() > 40);
        thread.follow(20, 1.0);
        QCOMPARE(thread.budget.intervalMs(), 40);
    }

    void aRunStartsAnew()
    {
        Thread thread;
        thread.follow(20, 8.0);
        QCOMPARE(thread.budget.intervalMs(), 200);
        thread.budget.begin(thread.spentUs() + 900'000); // what was done in between is nobody's
        thread.budget.done(thread.spentUs() + 901'000);
        QCOMPARE(thread.budget.intervalMs(), 40);
    }

    void whoWishesForMoreOrLessGetsIt()
    {
        Thread smooth(ViewBudget::smooth);
        smooth.follow(20, 12.0);
        QCOMPARE(smooth.budget.intervalMs(), 40);
        Thread sparing(ViewBudget::sparing);
        sparing.follow(20, 12.0);
        QCOMPARE(sparing.budget.intervalMs(), 600);
        Thread free(ViewBudget::none); // a core is left for the window
        free.follow(20, 35.0);
        QCOMPARE(free.budget.intervalMs(), 40);
    }

    void aThreadsTimeIsWhatItWorks()
    {
        const std::int64_t before = threadTimeUs();
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 20) {
        }
        const std::int64_t worked = threadTimeUs();
        QVERIFY(worked > before);
        QTest::qSleep(50); // takes none
        QVERIFY(threadTimeUs() - worked < 25'000);
    }
};

QTEST_APPLESS_MAIN(TestViewBudget)
#include "test_view_budget.moc"

// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/thread_pool.h"

#include <QTest>

#include <array>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

using fastcar::FetchAhead;
using fastcar::ThreadPool;
using fastcar::TileRange;

class TestThreadPool : public QObject {
    Q_OBJECT

private slots:
    void everyTileRunsExactlyOnce_data();
    void everyTileRunsExactlyOnce();
    void resultsAreVisibleToTheCaller();
    void everyThreadBeginsWithItsOwnTiles();
    void whatATardyThreadLeavesIsTakenByOthers();
    void whatIsFetchedAheadMayBeGone();
    void noTwoTilesShareAWorkerAtATime();
    void oneThreadRunsInlineAndInOrder();
    void noTilesMeansNoCalls();
    void zeroThreadsMeansOnePerCore();
    void sleepingWorkersWakeUpAgain();
    void theLastTileMayEndAtAnyMoment();
    void threadsThatShareACoreFinishEveryJob();
    void aThreadThatIsLentTakesNoPart();
    void threadsMayBeLentAtAnyMoment();
};

void TestThreadPool::everyTileRunsExactlyOnce_data()
{
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 3, 8})
        QTest::addRow("%d threads", threads) << threads;
}

void TestThreadPool::everyTileRunsExactlyOnce()
{
    QFETCH(int, threads);
    ThreadPool pool(threads);
    QCOMPARE(pool.threads(), threads);
    for (int round = 0; round < 2000; ++round) {
        const std::size_t tiles = static_cast<std::size_t>(round % 37);
        std::vector<std::atomic<int>> runs(tiles);
        pool.forEachTile(static_cast<std::int64_t>(tiles),
                         [&](std::int64_t tile) { runs[static_cast<std::size_t>(tile)].fetch_add(1); });
        for (const std::atomic<int> &count : runs)
            QCOMPARE(count.load(), 1);
    }
}

void TestThreadPool::resultsAreVisibleToTheCaller()
{
    ThreadPool pool(4);
    std::vector<int> values(64); // plain memory: what forEachTile() orders is what makes this right
    for (int round = 1; round < 3000; ++round) {
        pool.forEachTile(64, [&](std::int64_t tile) {
            int &value = values[static_cast<std::size_t>(tile)];
            value = value + 1;
        });
        for (const int value : values)
            QCOMPARE(value, round);
    }
}

void TestThreadPool::everyThreadBeginsWithItsOwnTiles()
{
    std::int64_t next = 0;
    for (int worker = 0; worker < 3; ++worker) {
        const TileRange own = ThreadPool::tilesOf(worker, 3, 11);
        QCOMPARE(own.begin, next);
        QVERIFY(own.end - own.begin == 3 || own.end - own.begin == 4);
        next = own.end;
    }
    QCOMPARE(next, 11);

    ThreadPool pool(3);
    std::array<std::atomic<std::int64_t>, 3> first{-1, -1, -1};
    std::atomic<int> begun{0};
    pool.forEachTile(11, [&](std::int64_t tile, int worker) {
        std::int64_t none = -1;
        if (!first[static_cast<std::size_t>(worker)].compare_exchange_strong(none, tile))
            return;
        ++begun;
        while (begun < 3) // nobody takes another's tiles before that
            std::this_thread::yield();
    });
    for (int worker = 0; worker < 3; ++worker)
        QCOMPARE(first[static_cast<std::size_t>(worker)].load(), ThreadPool::tilesOf(worker, 3, 11).begin);
}

void TestThreadPool::whatATardyThreadLeavesIsTakenByOthers()
{
    ThreadPool pool(2);
    constexpr std::int64_t tiles = 40;
    std::atomic<int> others{0};
    // Whoever begins first stays at its first tile until the other has done all others.
    std::atomic<int> begun{0};
    pool.forEachTile(tiles, [&](std::int64_t) {
        if (begun.fetch_add(1) == 0)
            while (others < tiles - 1)
                std::this_thread::yield();
        else
            ++others;
    });
    QCOMPARE(others.load(), tiles - 1);
}

void TestThreadPool::whatIsFetchedAheadMayBeGone()
{
    ThreadPool pool(2);
    const auto *const nobodys = reinterpret_cast<const std::byte *>(std::uintptr_t{0x10000});
    const FetchAhead ahead{{{{.from = nobodys, .bytes = 100000}, {.from = nullptr, .bytes = 4096}}}};
    const std::array<FetchAhead, 2> both{ahead, ahead};
    for (int round = 0; round < 100; ++round) {
        std::atomic<int> runs{0};
        pool.forEachTile(
            5, [&](std::int64_t) { ++runs; }, both);
        QCOMPARE(runs.load(), 5);
    }
}

void TestThreadPool::noTwoTilesShareAWorkerAtATime()
{
    ThreadPool pool(4);
    std::vector<std::atomic<int>> busy(4);
    std::atomic<bool> shared{false};
    pool.forEachTile(4000, [&](std::int64_t, int worker) {
        if (worker < 0 || worker >= 4 || busy[static_cast<std::size_t>(worker)].fetch_add(1) != 0)
            shared = true;
        busy[static_cast<std::size_t>(worker)].fetch_sub(1);
    });
    QVERIFY(!shared);
}

void TestThreadPool::oneThreadRunsInlineAndInOrder()
{
    ThreadPool pool(1);
    std::vector<std::int64_t> order;
    std::set<std::thread::id> ids;
    pool.forEachTile(5, [&](std::int64_t tile) {
        order.push_back(tile);
        ids.insert(std::this_thread::get_id());
    });
    QCOMPARE(order, (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
    QCOMPARE(ids, std::set{std::this_thread::get_id()});
}

void TestThreadPool::noTilesMeansNoCalls()
{
    ThreadPool pool(2);
    bool called = false;
    pool.forEachTile(0, [&](std::int64_t) { called = true; });
    QVERIFY(!called);
}

void TestThreadPool::zeroThreadsMeansOnePerCore()
{
    ThreadPool pool;
    QCOMPARE(pool.threads(), static_cast<int>(std::max(1u, std::thread::hardware_concurrency())));
}

void TestThreadPool::sleepingWorkersWakeUpAgain()
{
    ThreadPool pool(2);
    for (int round = 0; round < 5; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5)); // far longer than anybody spins
        std::atomic<bool> helped{false};
        // The caller's tiles wait until a worker has had one.
        pool.forEachTile(64, [&](std::int64_t, int worker) {
            if (worker != 0)
                helped = true;
            const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
            while (!helped && std::chrono::steady_clock::now() < deadline)
                std::this_thread::yield();
        });
        QVERIFY(helped);
    }
}

void TestThreadPool::theLastTileMayEndAtAnyMoment()
{
    // The caller spins for 20 us and then sleeps; the worker's tile ends around that moment, in each job a
    // nanosecond later than in the last. A pool that can miss it hangs here.
    using Clock = std::chrono::steady_clock;
    ThreadPool pool(2);
    std::atomic<bool> helped;
    int together = 0;
    const auto end = Clock::now() + std::chrono::seconds(2);
    for (int job = 0; Clock::now() < end; ++job) {
        helped = false;
        pool.forEachTile(2, [&](std::int64_t, int worker) {
            const auto start = Clock::now();
            if (worker != 0) {
                helped = true;
                while (Clock::now() - start < std::chrono::nanoseconds(19000 + job % 3000))
                    ;
            }
            while (!helped && Clock::now() - start < std::chrono::milliseconds(1))
                ;
        });
        together += helped;
    }
    QVERIFY(together > 0);
}

/// There a worker steps aside after each job, and is woken for the next.
void TestThreadPool::threadsThatShareACoreFinishEveryJob()
{
#if defined(__linux__)
    cpu_set_t before;
    QCOMPARE(sched_getaffinity(0, sizeof before, &before), 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
    QCOMPARE(sched_setaffinity(0, sizeof one, &one), 0); // and of the threads that this one makes
    {
        ThreadPool pool(3);
        for (int job = 0; job < 3000; ++job) {
            std::atomic<int> done{0};
            pool.forEachTile(12, [&](std::int64_t) { done.fetch_add(1); });
            QCOMPARE(done.load(), 12);
        }
    }
    // Nor does one sleep through the end of its pool.
    for (int round = 0; round < 500; ++round) {
        ThreadPool pool(3);
        for (int job = 0; job < 20; ++job)
            pool.forEachTile(4, [](std::int64_t) {});
    }
    QCOMPARE(sched_setaffinity(0, sizeof before, &before), 0);
#else
    QSKIP("Threads are not bound to cores here.");
#endif
}

void TestThreadPool::aThreadThatIsLentTakesNoPart()
{
    ThreadPool pool(3);
    const auto workers = [&] {
        std::array<std::atomic<int>, 3> tiles{};
        pool.forEachTile(300, [&](std::int64_t, int worker) {
            tiles[static_cast<std::size_t>(worker)].fetch_add(1);
            std::this_thread::sleep_for(std::chrono::microseconds(20)); // long enough for all to come
        });
        return std::array{tiles[0] > 0, tiles[1] > 0, tiles[2] > 0};
    };
    constexpr std::array all{true, true, true};
    QTRY_COMPARE(workers(), all);
    {
        const ThreadPool::Loan one(pool);
        QTRY_COMPARE(workers(), (std::array{true, true, false}));
        const ThreadPool::Loan two(pool);
        QCOMPARE(workers(), (std::array{true, false, false}));
        const ThreadPool::Loan three(pool); // the caller itself is not lent
        QCOMPARE(workers(), (std::array{true, false, false}));
        QCOMPARE(pool.threads(), 3);
    }
    QTRY_COMPARE(workers(), all);
}

void TestThreadPool::threadsMayBeLentAtAnyMoment()
{
    ThreadPool pool(3);
    const std::jthread borrower([&](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            const ThreadPool::Loan loan(pool);
            std::this_thread::sleep_for(std::chrono::microseconds(30));
        }
    });
    for (int round = 0; round < 3000; ++round) {
        std::array<std::atomic<int>, 40> runs{};
        pool.forEachTile(40, [&](std::int64_t tile) { runs[static_cast<std::size_t>(tile)].fetch_add(1); });
        for (const std::atomic<int> &count : runs)
            QCOMPARE(count.load(), 1);
        if (round % 500 == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // until they sleep
    }
}

QTEST_APPLESS_MAIN(TestThreadPool)
#include "test_thread_pool.moc"

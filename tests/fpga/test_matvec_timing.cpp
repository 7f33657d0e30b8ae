// SPDX-License-Identifier: Apache-2.0
//
// The cycle model of the matrix-vector engine against the circuit: every counter of every command, over
// commands drawn by seeds.
#include "fpga/simulation/matvec_driver.h"
#include "fpga/timing/matvec_timing.h"
#include "Vmatvec_eight_cores.h"
#include "Vmatvec_four_cores.h"
#include "Vmatvec_narrow.h"

#include <QTest>

#include <random>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

constexpr int commandsOfSeed = 12;

QString text(const MatvecCounters &c)
{
    QString line = QString("cycles %1 mapping %2 beats %3 full %4 empty %5 packets %6; cores")
                       .arg(c.cycles)
                       .arg(c.mapping)
                       .arg(c.streamBeats)
                       .arg(c.streamFull)
                       .arg(c.streamEmpty)
                       .arg(c.packets);
    for (std::size_t i = 0; i < c.coreBusy.size(); ++i)
        line += QString(" %1/%2/%3").arg(c.coreBusy[i]).arg(c.coreWaitsWeights[i]).arg(c.coreWaitsPackets[i]);
    return line;
}

/// Commands one behind the other on one engine; now and then the next one is queued before the last one runs.
template <typename Model>
void compare(const CardShape &shape, int maxK, int maxN, unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const StreamTiming memory{.latency = below(100), .cyclesPerBeat = below(2) ? 1 : 1 + below(20)};
    MatvecDriver<Model> driver(shape, {.latency = memory.latency, .cycles = memory.cyclesPerBeat});
    MatvecTiming timing(shape, memory);
    std::vector<std::vector<std::int32_t>> y(32,
                                             std::vector<std::int32_t>(static_cast<std::size_t>(maxN) + 8));

    int queued = 0;
    const auto queue = [&] {
        QuantisedMatrix matrix{
            .rows = 1 + below(maxN), .columns = 1 + below(maxK), .values = {}, .scales = {}};
        matrix.values.resize(static_cast<std::size_t>(matrix.rows) *
                             static_cast<std::size_t>(matrix.columns));
        matrix.scales.resize(static_cast<std::size_t>(matrix.rows));
        const auto stored = driver.store(matrix);
        timing.command(stored.layout, stored.beat, driver.now());
        driver.request(stored);
        ++queued;
    };
    for (int n = 0; n < commandsOfSeed; ++n) {
        if (queued == 0)
            queue();
        for (int wait = below(3) ? below(20) : below(600); wait > 0; --wait)
            driver.tick();
        if (below(2) && !driver.requesting())
            queue(); // its weights stream behind those of the command that runs now
        const int rows = 1 + below(32);
        const auto index = static_cast<std::uint32_t>(below(4) ? random() & random() : random()) &
                           static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
        const auto policy = static_cast<DrsPolicy>(below(3));
        const MatvecTiming::Run modelled = timing.run(index, rows, policy, driver.now());
        const MatvecCounters counters = driver.run(index, rows, policy, 0, y);
        --queued;
        if (counters != modelled.counters)
            QFAIL(qPrintable(QString("seed %1 command %2, latency %3, %4 cycles a beat, index %5 of %6 rows, "
                                     "policy %7\n  circuit %8\n  model   %9")
                                 .arg(seed)
                                 .arg(n)
                                 .arg(memory.latency)
                                 .arg(memory.cyclesPerBeat)
                                 .arg(index, 0, 16)
                                 .arg(rows)
                                 .arg(static_cast<int>(policy))
                                 .arg(text(counters), text(modelled.counters))));
        QCOMPARE(driver.now() - 1, modelled.done);
    }
}

} // namespace

class TestMatvecTiming : public QObject {
    Q_OBJECT

private slots:
    void everyCounterIsTheCircuits_data();
    void everyCounterIsTheCircuits();
    void sharesCoverEveryOutputOnce();
};

void TestMatvecTiming::everyCounterIsTheCircuits_data()
{
    QTest::addColumn<int>("card");
    QTest::addColumn<unsigned>("seed");
    for (int card = 0; card < 3; ++card)
        for (unsigned seed = 1; seed <= 30; ++seed)
            QTest::addRow("card %d seed %u", card, seed) << card << seed;
}

void TestMatvecTiming::everyCounterIsTheCircuits()
{
    QFETCH(int, card);
    QFETCH(unsigned, seed);
    if (card == 0)
        compare<Vmatvec_four_cores>({.cores = 4, .lanes = 64, .ports = 4}, 512, 512, seed);
    else if (card == 1)
        compare<Vmatvec_eight_cores>({.cores = 8, .lanes = 32, .ports = 1}, 256, 256, seed);
    else
        compare<Vmatvec_narrow>({.cores = 2, .lanes = 16, .ports = 2}, 64, 128, seed);
}

void TestMatvecTiming::sharesCoverEveryOutputOnce()
{
    std::mt19937 random(1);
    for (int round = 0; round < 2000; ++round) {
        const int cores = 1 << (1 + random() % 4), rows = 1 + static_cast<int>(random() % 32);
        const auto index =
            static_cast<std::uint32_t>(random()) & static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
        const auto policy = static_cast<DrsPolicy>(random() % 3);
        const auto shares = sharesOf(index, rows, policy, cores);
        std::vector<int> start;
        for (const CoreShare &share : shares)
            start.push_back(share.first);
        int most = 0, least = 1 << 20, work = 0;
        for (int tile = 0; tile < cores; ++tile) {
            std::vector<int> outputs(32);
            for (std::size_t c = 0; c < shares.size(); ++c)
                for (int entry = start[c]; entry < shares[c].limit; entry += shares[c].step)
                    outputs[static_cast<std::size_t>(entry / (8 / shares[c].outputs))] += shares[c].outputs;
            for (int n = 0; n < 32; ++n)
                QCOMPARE(outputs[static_cast<std::size_t>(n)], n < std::popcount(index) ? 8 : 0);
            for (std::size_t c = 0; c < shares.size(); ++c)
                if ((start[c] -= shares[c].turn) < 0)
                    start[c] += cores;
        }
        if (policy == DrsPolicy::Static || index == 0)
            continue;
        for (const CoreShare &share : shares) {
            const int own =
                std::max(0, (share.limit - share.first + share.step - 1) / share.step) * share.outputs;
            most = std::max(most, own);
            least = std::min(least, own);
            work += own;
        }
        QCOMPARE(work, 8 * std::popcount(index));
        QVERIFY(most - least <= (policy == DrsPolicy::Deal ? 8 : cores <= 8 ? 0 : 8));
    }
}

QTEST_APPLESS_MAIN(TestMatvecTiming)
#include "test_matvec_timing.moc"

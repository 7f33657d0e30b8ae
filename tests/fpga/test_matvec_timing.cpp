// SPDX-License-Identifier: Apache-2.0
//
// The cycle model of the matrix-vector engine against the circuit: every counter of every command, over
// commands drawn by seeds.
#include "fpga/simulation/matvec_driver.h"
#include "fpga/timing/matrix_timing.h"
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

/// The engine of the model, with nothing else at its ports; commands and starts as the driver gives them.
class ModelledEngine {
public:
    ModelledEngine(const CardShape &shape, const StreamTiming &memory)
        : shape_(shape)
        , ports_(portsOf(shape.ports, memory))
        , engine_(shape.cores, shape.lanes, ports_)
    {
        for (const std::unique_ptr<Port> &port : ports_)
            agenda_.add(*port);
        agenda_.add(engine_);
    }

    /// Asked for from `cycle` on; taken when that is possible. A queue before it takes a cycle.
    void request(const MatrixLayout &layout, std::uint32_t beat, Cycle cycle)
    {
        engine_.queue(cycle - 1, {.beat = beat,
                                  .tiles = layout.tiles(),
                                  .columnWords = layout.columns / shape_.lanes,
                                  .scaleWords = layout.scaleBeats / shape_.ports,
                                  .tileWords = layout.tileBeats / shape_.ports});
    }
    struct Run {
        Cycle started = 0, done = 0;
    };
    Run run(std::uint32_t index, int rows, DrsPolicy policy, Cycle from)
    {
        goOnUntil([&] { return engine_.startFrom() != never; });
        const Cycle started = std::max(from, engine_.startFrom());
        engine_.start(started, index, rows, policy);
        goOnUntil([&] { return engine_.idleFrom() != never; });
        return {.started = started, .done = engine_.idleFrom() - 1};
    }
    /// All so far, of all runs and between them.
    MatvecCounters counters() const
    {
        CardCounters card;
        engine_.count(card);
        MatvecCounters counters(shape_.cores);
        counters.mapping = card.mapping;
        counters.coreBusy = card.coreBusy;
        counters.coreWaitsWeights = card.coreWaitsWeights;
        counters.coreWaitsPackets = card.coreWaitsPackets;
        counters.streamBeats = card.streamBeats;
        counters.streamFull = card.streamFull;
        counters.streamEmpty = card.streamEmpty;
        counters.packets = engine_.packets();
        return counters;
    }

private:
    static std::vector<std::unique_ptr<Port>> portsOf(int count, const StreamTiming &memory)
    {
        std::vector<std::unique_ptr<Port>> ports;
        for (int p = 0; p < count; ++p)
            ports.push_back(std::make_unique<Port>(memory));
        return ports;
    }
    template <typename Condition>
    void goOnUntil(Condition condition)
    {
        while (!condition())
            if (!agenda_.step())
                qFatal("the model of the engine waits for nothing");
    }

    CardShape shape_;
    std::vector<std::unique_ptr<Port>> ports_;
    MatrixTiming engine_;
    Agenda agenda_;
};

/// Commands one behind the other on one engine; now and then the next one is queued before the last one runs.
template <typename Model>
void compare(const CardShape &shape, int maxK, int maxN, unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const StreamTiming memory{.latency = below(100), .cyclesPerBeat = below(2) ? 1 : 1 + below(20)};
    MatvecDriver<Model> driver(shape, {.latency = memory.latency, .cycles = memory.cyclesPerBeat});
    ModelledEngine model(shape, memory);
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
        model.request(stored.layout, stored.beat, driver.now());
        driver.request(stored);
        ++queued;
    };
    for (int n = 0; n < commandsOfSeed; ++n) {
        if (queued == 0)
            queue();
        for (int wait = below(3) ? below(20) : below(600); wait > 0; --wait)
            driver.tick();
        if (below(2) && !driver.requesting() && n + 1 < commandsOfSeed)
            queue(); // its weights stream behind those of the command that runs now
        const int rows = 1 + below(32);
        const auto index = static_cast<std::uint32_t>(below(4) ? random() & random() : random()) &
                           static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
        const auto policy = static_cast<DrsPolicy>(below(3));
        const ModelledEngine::Run modelled = model.run(index, rows, policy, driver.now());
        const MatvecCounters counters = driver.run(index, rows, policy, 0, y);
        --queued;
        const QString what =
            QString("seed %1 command %2, latency %3, %4 cycles a beat, index %5 of %6 rows, policy %7")
                .arg(seed)
                .arg(n)
                .arg(memory.latency)
                .arg(memory.cyclesPerBeat)
                .arg(index, 0, 16)
                .arg(rows)
                .arg(static_cast<int>(policy));
        QVERIFY2(driver.now() - 1 == modelled.done && counters.cycles == modelled.done - modelled.started + 1,
                 qPrintable(what));
    }
    const MatvecCounters circuit = driver.all(), modelled = model.counters();
    QVERIFY2(
        circuit == modelled,
        qPrintable(
            QString("seed %1\n  circuit %2\n  model   %3").arg(seed).arg(text(circuit), text(modelled))));
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

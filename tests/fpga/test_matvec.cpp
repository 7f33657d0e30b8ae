// SPDX-License-Identifier: Apache-2.0
//
// The circuit of the matrix-vector engine against the accelerator's arithmetic, bit for bit: shapes, masks,
// policies and memories drawn by seeds, and the extremes.
#include "fpga/arithmetic/attention.h"
#include "fpga/simulation/matvec_driver.h"
#include "Vmatvec_eight_cores.h"
#include "Vmatvec_four_cores.h"
#include "Vmatvec_narrow.h"

#include <QTest>

#include <bit>
#include <random>

using namespace fastcar;
using namespace fastcar::fpga;

namespace {

struct FourCores {
    using Model = Vmatvec_four_cores;
    static constexpr CardShape shape{.cores = 4, .lanes = 64, .ports = 4};
    static constexpr int maxK = 512, maxN = 512;
};
struct EightCores {
    using Model = Vmatvec_eight_cores;
    static constexpr CardShape shape{.cores = 8, .lanes = 32, .ports = 1};
    static constexpr int maxK = 256, maxN = 256;
};
struct Narrow {
    using Model = Vmatvec_narrow;
    static constexpr CardShape shape{.cores = 2, .lanes = 16, .ports = 2};
    static constexpr int maxK = 64, maxN = 128;
};

/// A matrix and activations of all rows.
struct Problem {
    QuantisedMatrix matrix;
    std::vector<std::vector<std::int8_t>> q;
    std::vector<Scale> scales;

    Problem(std::mt19937 &random, int outputs, int columns, int rows, bool extreme = false)
        : matrix{.rows = outputs, .columns = columns, .values = {}, .scales = {}}
    {
        const auto value = [&] {
            return static_cast<std::int8_t>(extreme ? (random() % 2 ? -128 : 127)
                                                    : static_cast<int>(random() % 256) - 128);
        };
        const auto scale = [&](int exponent) {
            return random() % 16 == 0
                       ? Scale{}
                       : Scale{static_cast<std::uint16_t>(0x8000 + random() % 0x8000),
                               static_cast<std::int16_t>(exponent - static_cast<int>(random() % 12))};
        };
        for (int i = 0; i < outputs * columns; ++i)
            matrix.values.push_back(value());
        for (int r = 0; r < outputs; ++r)
            matrix.scales.push_back(scale(extreme ? 0 : -18));
        for (int r = 0; r < rows; ++r) {
            std::vector<std::int8_t> &row = q.emplace_back();
            for (int i = 0; i < columns; ++i)
                row.push_back(value());
            scales.push_back(scale(extreme ? -30 : -18));
        }
    }

    std::int32_t expected(int row, int output) const
    {
        return toFixed(
            dot(matrix.row(output).data(), q[static_cast<std::size_t>(row)].data(), matrix.columns),
            multiply(matrix.scales[static_cast<std::size_t>(output)], scales[static_cast<std::size_t>(row)]));
    }
};

constexpr std::int32_t untouched = 0x5eed5eed;

template <typename Card>
std::vector<std::vector<std::int32_t>> blank()
{
    return std::vector(32, std::vector<std::int32_t>(static_cast<std::size_t>(Card::maxN + 64), untouched));
}

template <typename Card>
void compare(const Problem &problem, std::uint32_t index, int rows, int yWord,
             const std::vector<std::vector<std::int32_t>> &y, const QString &what)
{
    for (int r = 0; r < 32; ++r)
        for (int i = 0; i < static_cast<int>(y[static_cast<std::size_t>(r)].size()); ++i) {
            const int output = i - yWord * 8;
            const bool written =
                r < rows && ((index >> r) & 1) && output >= 0 && output < (problem.matrix.rows + 7) / 8 * 8;
            const std::int32_t expected = !written                        ? untouched
                                          : output >= problem.matrix.rows ? 0
                                                                          : problem.expected(r, output);
            if (y[static_cast<std::size_t>(r)][static_cast<std::size_t>(i)] != expected)
                QFAIL(qPrintable(QString("%1: row %2 output %3 is %4 instead of %5")
                                     .arg(what)
                                     .arg(r)
                                     .arg(output)
                                     .arg(y[static_cast<std::size_t>(r)][static_cast<std::size_t>(i)])
                                     .arg(expected)));
        }
}

template <typename Card>
void randomCommands(unsigned seed, int count, bool extreme)
{
    std::mt19937 random(seed);
    MatvecDriver<typename Card::Model> driver(Card::shape, {.latency = static_cast<int>(random() % 80),
                                                            .beats = 1 + static_cast<int>(random() % 2),
                                                            .cycles = 1 + static_cast<int>(random() % 3),
                                                            .stalls = random() % 2 ? 0.0 : 0.3,
                                                            .seed = seed});
    for (int n = 0; n < count; ++n) {
        const int rows = 1 + static_cast<int>(random() % 32);
        const Problem problem(random, 1 + static_cast<int>(random() % Card::maxN),
                              1 + static_cast<int>(random() % Card::maxK), rows, extreme);
        const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
        const auto mask = static_cast<std::uint32_t>(random() & random()) & all;
        const std::uint32_t index = random() % 3 == 0 ? all : mask;
        const auto policy = static_cast<DrsPolicy>(random() % 3);
        const auto stored = driver.store(problem.matrix);
        driver.command(stored);
        for (int r = 0; r < rows; ++r)
            driver.activations(r, problem.q[static_cast<std::size_t>(r)],
                               problem.scales[static_cast<std::size_t>(r)], stored);
        auto y = blank<Card>();
        const int yWord = static_cast<int>(random() % 8);
        const MatvecCounters counters = driver.run(index, rows, policy, yWord, y);
        const QString what = QString("seed %1, command %2, %3 x %4, index %5, policy %6")
                                 .arg(seed)
                                 .arg(n)
                                 .arg(problem.matrix.rows)
                                 .arg(problem.matrix.columns)
                                 .arg(index, 0, 16)
                                 .arg(static_cast<int>(policy));
        compare<Card>(problem, index, rows, yWord, y, what);
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(counters.busy(), std::int64_t{std::popcount(index)} * stored.layout.rows *
                                      (stored.layout.columns / Card::shape.lanes));
    }
}

} // namespace

class TestMatvec : public QObject {
    Q_OBJECT

private slots:
    void outputsAreTheArithmetics_data();
    void outputsAreTheArithmetics();
    void queuedWeightsStreamAhead();
    void splitKeepsAllCoresBusyWithOneRow();
    void dealtRowsDifferByOneAtTheMost();
    void aFullStreamKeepsTheLanesBusy();
};

void TestMatvec::outputsAreTheArithmetics_data()
{
    QTest::addColumn<int>("card");
    QTest::addColumn<unsigned>("seed");
    QTest::addColumn<bool>("extreme");
    for (int card = 0; card < 3; ++card)
        for (unsigned seed = 1; seed <= 12; ++seed)
            QTest::addRow("card %d seed %u", card, seed) << card << seed << (seed % 4 == 0);
}

void TestMatvec::outputsAreTheArithmetics()
{
    QFETCH(int, card);
    QFETCH(unsigned, seed);
    QFETCH(bool, extreme);
    if (card == 0)
        randomCommands<FourCores>(seed, 5, extreme);
    else if (card == 1)
        randomCommands<EightCores>(seed, 5, extreme);
    else
        randomCommands<Narrow>(seed, 12, extreme);
}

/// Three commands in the queue before the first starts; slots and Scales of one must not overwrite another's.
void TestMatvec::queuedWeightsStreamAhead()
{
    std::mt19937 random(9);
    MatvecDriver<Vmatvec_four_cores> driver(FourCores::shape, {});
    std::vector<Problem> problems;
    std::vector<decltype(driver.store({}))> stored;
    for (int n = 0; n < 3; ++n) {
        problems.emplace_back(random, 8 * (1 + n), 64, 4);
        stored.push_back(driver.store(problems.back().matrix));
    }
    driver.command(stored[0]);
    driver.command(stored[1]);
    for (int wait = 0; wait < 500; ++wait)
        driver.tick();
    for (std::size_t n = 0; n < 3; ++n) {
        if (n == 1)
            driver.command(stored[2]);
        for (int r = 0; r < 4; ++r)
            driver.activations(r, problems[n].q[static_cast<std::size_t>(r)],
                               problems[n].scales[static_cast<std::size_t>(r)], stored[n]);
        auto y = blank<FourCores>();
        driver.run(0xf, 4, DrsPolicy::Deal, 0, y);
        compare<FourCores>(problems[n], 0xf, 4, 0, y, QString("command %1").arg(n));
    }
}

namespace {

/// Counters of one command of 256 x 512 with fast memory.
MatvecCounters timed(std::uint32_t index, int rows, DrsPolicy policy, MemoryTiming timing = {})
{
    std::mt19937 random(3);
    MatvecDriver<Vmatvec_four_cores> driver(FourCores::shape, timing);
    const Problem problem(random, 256, 512, rows);
    const auto stored = driver.store(problem.matrix);
    driver.command(stored);
    for (int r = 0; r < rows; ++r)
        driver.activations(r, problem.q[static_cast<std::size_t>(r)],
                           problem.scales[static_cast<std::size_t>(r)], stored);
    auto y = blank<FourCores>();
    return driver.run(index, rows, policy, 0, y);
}

} // namespace

void TestMatvec::splitKeepsAllCoresBusyWithOneRow()
{
    const MatvecCounters dealt = timed(1u << 5, 8, DrsPolicy::Deal),
                         cut = timed(1u << 5, 8, DrsPolicy::Split);
    QCOMPARE(dealt.coreBusy[1], 0);
    for (const std::int64_t busy : cut.coreBusy)
        QCOMPARE(busy, dealt.coreBusy[0] / 4);
    QVERIFY(dealt.cycles > 2 * cut.cycles);
}

void TestMatvec::dealtRowsDifferByOneAtTheMost()
{
    const MatvecCounters dealt = timed(0b1011'0110'1101, 12, DrsPolicy::Deal); // 8 of 12 rows
    for (const std::int64_t busy : dealt.coreBusy)
        QCOMPARE(busy, dealt.busy() / 4);
    // The same rows by a fixed map: 3 rows of each core's share compute, or fewer.
    const MatvecCounters fixed = timed(0b1011'0110'1101, 12, DrsPolicy::Static);
    QCOMPARE(fixed.busy(), dealt.busy());
    QVERIFY(fixed.cycles >= dealt.cycles);
}

void TestMatvec::aFullStreamKeepsTheLanesBusy()
{
    const MatvecCounters counters = timed(0xffff, 16, DrsPolicy::Deal);
    const double share = static_cast<double>(counters.busy()) / static_cast<double>(4 * counters.cycles);
    QVERIFY2(share > 0.95, qPrintable(QString::number(share)));
}

QTEST_APPLESS_MAIN(TestMatvec)
#include "test_matvec.moc"

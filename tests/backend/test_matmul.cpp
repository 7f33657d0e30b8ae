// SPDX-License-Identifier: Apache-2.0
//
// Matrix products, plain and gated, as they are stored and in panels, against their reference in double.
#include "engine/backend/cpu/fetch_ahead.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/matmul_tiling.h"
#include "engine/backend/cpu/panels.h"
#include "tests/backend/kernel_bounds.h"
#include "tests/backend/random_weights.h"

using namespace fastcar;

namespace {

/// A matrix as it is stored, or in panels.
class Weights {
public:
    Weights(TensorView weight, const float *bias, bool panels)
        : linear_{.weight = weight, .bias = bias}
    {
        if (!panels)
            return;
        panels_ = cpu::AlignedBuffer(cpu::bytesInPanels(weight) / sizeof(float));
        auto *const to = reinterpret_cast<std::byte *>(panels_.data());
        cpu::layInPanels(weight, to);
        linear_.panels = to;
    }
    const cpu::Linear &linear() const { return linear_; }
    double parts() const { return linear_.panels ? 2.0 : 8.0; }

private:
    cpu::AlignedBuffer panels_;
    cpu::Linear linear_;
};

/// A product by the reference, and the sums of its terms' magnitudes.
struct Product {
    Product() = default;
    Product(const std::vector<float> &x, int rows, TensorView weight, const std::vector<float> &bias)
    {
        const reference::Matrix shape{.rows = rows, .cols = static_cast<std::int64_t>(x.size()) / rows};
        const Values xs = reference::valuesOf(x), w = reference::valuesOf(weight),
                     b = reference::valuesOf(bias);
        values = reference::matmul(xs, shape, w, b);
        magnitudes = reference::matmul(absolutes(xs), shape, absolutes(w), absolutes(b));
    }

    Values values;
    Values magnitudes;
};

/// What a row of data asks of the reference: the same for weights as they are stored and in panels.
struct Asked {
    DType type = DType::F32;
    int rows = 0;
    int out = 0;
    int in = 0;

    bool operator==(const Asked &) const = default;
};

} // namespace

class TestMatmul : public QObject {
    Q_OBJECT

private slots:
    void matmulComputesAllRows_data();
    void matmulComputesAllRows();
    void aRowOfMatmulDoesNotDependOnItsNeighbours_data() { matmulComputesAllRows_data(); }
    void aRowOfMatmulDoesNotDependOnItsNeighbours();
    void matmulGivesTheSameBitsOnAnyNumberOfThreads_data();
    void matmulGivesTheSameBitsOnAnyNumberOfThreads();
    void gatedMatmulMultipliesSiluWithUp_data() { matmulComputesAllRows_data(); }
    void gatedMatmulMultipliesSiluWithUp();
    void gateAndUpMayBeStoredDifferently();
    void matmulReadsUnalignedWeights();
    void threadsFetchThePanelsThatTheyBeginWith();

private:
    // Of the row of data before.
    Asked askedPlain_, askedGated_;
    Product plain_, gate_, up_;
};

void TestMatmul::matmulComputesAllRows_data()
{
    QTest::addColumn<DType>("type");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<bool>("panels");
    for (const DType type : {DType::F32, DType::F16, DType::BF16})
        for (const int rows : {1, 2, 3, 4, 5, 10, 47})
            for (const auto &[out, in] :
                 {std::pair{1, 1}, {3, 7}, {64, 24}, {37, 64}, {160, 129}, {512, 1000}})
                for (const bool panels : {false, true})
                    QTest::addRow("%s %d rows %dx%d%s", name(type), rows, out, in, panels ? " in panels" : "")
                        << type << rows << out << in << panels;
}

void TestMatmul::matmulComputesAllRows()
{
    QFETCH(DType, type);
    QFETCH(int, rows);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    RandomWeights random(type);
    ThreadPool pool(2);
    const TensorView weight = random.tensor({out, in}, 1.0f);
    const std::vector<float> bias = random.floats(out);
    std::vector<float> x = random.floats(std::int64_t{rows} * in, 3.0f);
    std::vector<float> y(static_cast<std::size_t>(rows) * static_cast<std::size_t>(out));
    const Weights weights(weight, bias.data(), panels);
    cpu::matmul(pool, {.linear = weights.linear(), .x = matrix(x, rows), .y = matrix(y, rows)});

    const Asked asked{.type = type, .rows = rows, .out = out, .in = in};
    if (askedPlain_ != asked)
        plain_ = Product(x, rows, weight, bias);
    askedPlain_ = asked;
    Values tolerance = plain_.magnitudes;
    for (double &t : tolerance)
        t = sumTolerance(in, t, weights.parts());
    compare(y, plain_.values, tolerance);
}

void TestMatmul::aRowOfMatmulDoesNotDependOnItsNeighbours()
{
    QFETCH(DType, type);
    QFETCH(int, rows);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    RandomWeights random(type);
    ThreadPool pool(1);
    const Weights weights(random.tensor({out, in}, 1.0f), nullptr, panels);
    const cpu::Linear &linear = weights.linear();
    std::vector<float> x = random.floats(std::int64_t{rows} * in, 1.7f);
    std::vector<float> together(static_cast<std::size_t>(rows) * static_cast<std::size_t>(out));
    cpu::matmul(pool, {.linear = linear, .x = matrix(x, rows), .y = matrix(together, rows)});
    for (int r = 0; r < rows; ++r) {
        std::vector<float> alone(static_cast<std::size_t>(out));
        cpu::matmul({.linear = linear, .x = {x.data() + std::int64_t{r} * in, 1, in}, .y = matrix(alone, 1)});
        const auto begin = together.begin() + std::int64_t{r} * out;
        QCOMPARE(alone, std::vector<float>(begin, begin + out));
    }
}

void TestMatmul::matmulGivesTheSameBitsOnAnyNumberOfThreads_data()
{
    QTest::addColumn<bool>("panels");
    QTest::addRow("as stored") << false;
    QTest::addRow("in panels") << true;
}

void TestMatmul::matmulGivesTheSameBitsOnAnyNumberOfThreads()
{
    QFETCH(bool, panels);
    RandomWeights random(DType::BF16);
    const Weights first(random.tensor({700, 300}, 1.0f), nullptr, panels);
    const Weights second(random.tensor({501, 300}, 1.0f), nullptr, panels);
    std::vector<float> x = random.floats(2 * 300, 1.3f);
    std::vector<std::vector<float>> results;
    for (const int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        std::vector<float> a(2 * 700), b(2 * 501);
        const cpu::MatmulJob jobs[] = {{.linear = first.linear(), .x = matrix(x, 2), .y = matrix(a, 2)},
                                       {.linear = second.linear(), .x = matrix(x, 2), .y = matrix(b, 2)}};
        cpu::matmul(pool, jobs);
        a.insert(a.end(), b.begin(), b.end());
        results.push_back(a);
    }
    QCOMPARE(results[1], results[0]);
    QCOMPARE(results[2], results[0]);
}

void TestMatmul::gatedMatmulMultipliesSiluWithUp()
{
    QFETCH(DType, type);
    QFETCH(int, rows);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    RandomWeights random(type);
    ThreadPool pool(2);
    const Weights gateWeights(random.tensor({out, in}, 0.125f), nullptr, panels);
    const Weights upWeights(random.tensor({out, in}, 0.125f), nullptr, panels);
    const cpu::Linear &gate = gateWeights.linear(), &up = upWeights.linear();
    const double parts = gateWeights.parts();
    std::vector<float> x = random.floats(std::int64_t{rows} * in);
    const std::size_t size = static_cast<std::size_t>(rows) * static_cast<std::size_t>(out);
    std::vector<float> y(size), scratch(size);
    cpu::gatedMatmul(pool, {.gate = gate,
                            .up = up,
                            .x = matrix(x, rows),
                            .y = matrix(y, rows),
                            .upScratch = matrix(scratch, rows)});

    const Asked asked{.type = type, .rows = rows, .out = out, .in = in};
    if (askedGated_ != asked) {
        gate_ = Product(x, rows, gate.weight, {});
        up_ = Product(x, rows, up.weight, {});
    }
    askedGated_ = asked;
    const Values &ups = up_.values;
    Values expected = reference::silu(gate_.values);
    Values tolerance;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        // |silu'| <= 1.1; the exponential and what follows it cost a dozen roundings more.
        tolerance.push_back(1.1 * sumTolerance(in, gate_.magnitudes[i], parts) * std::abs(ups[i]) +
                            std::abs(expected[i]) * sumTolerance(in, up_.magnitudes[i], parts) +
                            12.0 * unit * std::abs(expected[i] * ups[i]) + 1e-30);
        expected[i] *= ups[i];
    }
    compare(y, expected, tolerance);
}

void TestMatmul::gateAndUpMayBeStoredDifferently()
{
    ThreadPool pool(1);
    std::vector<std::vector<float>> results;
    for (const auto &[gateType, upType] : {std::pair{DType::F32, DType::F32}, {DType::BF16, DType::F16}}) {
        RandomWeights gates(gateType, 3), ups(upType, 4), random(DType::F32, 5); // exact in all types
        const cpu::Linear gate{.weight = gates.tensor({37, 50}, 0.125f)},
            up{.weight = ups.tensor({37, 50}, 0.125f)};
        std::vector<float> x = random.floats(2 * 50), scratch(2 * 37);
        std::vector<float> &y = results.emplace_back(2 * 37);
        cpu::gatedMatmul(
            pool,
            {.gate = gate, .up = up, .x = matrix(x, 2), .y = matrix(y, 2), .upScratch = matrix(scratch, 2)});
    }
    QCOMPARE(results[1], results[0]);
}

void TestMatmul::matmulReadsUnalignedWeights()
{
    RandomWeights random(DType::BF16);
    const TensorView weight = random.tensor({8, 40}, 1.0f);
    std::vector<std::byte> shifted(weight.bytes() + 1);
    std::memcpy(shifted.data() + 1, weight.data, weight.bytes());
    std::vector<float> x = random.floats(40), expected(8), y(8);
    cpu::matmul({.linear = {.weight = weight}, .x = matrix(x, 1), .y = matrix(expected, 1)});
    cpu::matmul({.linear = {.weight = {.data = shifted.data() + 1, .type = DType::BF16, .shape = {8, 40}}},
                 .x = matrix(x, 1),
                 .y = matrix(y, 1)});
    QCOMPARE(y, expected);
}

void TestMatmul::threadsFetchThePanelsThatTheyBeginWith()
{
    RandomWeights random(DType::F16);
    const Weights first(random.tensor({320, 192}, 1.0f), nullptr, true);
    const Weights second(random.tensor({640, 192}, 1.0f), nullptr, true);
    const auto placeIn = [](const Weights &weights, const FetchAhead::Stretch &stretch) {
        return stretch.from - weights.linear().panels;
    };
    constexpr std::int64_t panelBytes = 16 * 192 * 2;
    const cpu::Tiling firstTiles(first.linear(), cpu::farStreams),
        secondTiles(second.linear(), cpu::farStreams);
    const std::vector<FetchAhead> two = cpu::firstReads(std::array{first.linear(), second.linear()}, 2);
    QCOMPARE(two.size(), 2u);
    const std::int64_t middle = (firstTiles.tiles + secondTiles.tiles) / 2 - firstTiles.tiles;
    QVERIFY(middle > 0);
    QCOMPARE(placeIn(first, two[0].stretches[0]), 0);
    QCOMPARE(two[0].stretches[0].bytes, 64u * 1024u); // as much as one waits for
    QCOMPARE(placeIn(second, two[0].stretches[1]), 0);
    QCOMPARE(two[0].stretches[1].bytes, secondTiles.begin(middle) * panelBytes);
    QCOMPARE(placeIn(second, two[1].stretches[0]), secondTiles.begin(middle) * panelBytes);
    QCOMPARE(two[1].stretches[1].bytes, 0u);

    const std::vector<FetchAhead> gated = cpu::firstReads(first.linear(), first.linear(), 2);
    const cpu::Tiling both(first.linear(), cpu::farStreams / 2);
    const TileRange own = ThreadPool::tilesOf(1, 2, both.tiles);
    for (const FetchAhead::Stretch &stretch : gated[1].stretches) {
        QCOMPARE(placeIn(first, stretch), both.begin(own.begin) * panelBytes);
        QCOMPARE(stretch.bytes, std::min<std::int64_t>(64 * 1024, (20 - both.begin(own.begin)) * panelBytes));
    }

    const Weights large(random.tensor({20, 192}, 1.0f), nullptr, false);
    QVERIFY(cpu::firstReads({&large.linear(), 1}, 2).empty());
}

QTEST_APPLESS_MAIN(TestMatmul)
#include "test_matmul.moc"

// SPDX-License-Identifier: Apache-2.0
//
// Weights in 8 and 4 bits: how far quantising may be from what was stored, and the kernels against sums in
// double over the very numbers that they are given, so that the tolerance is rounding alone.
#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/simd_level.h"
#include "engine/backend/cpu/weight_store.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <cmath>

using namespace fastcar;
using namespace fastcar::cpu;

Q_DECLARE_METATYPE(fastcar::NarrowFormat)

namespace {

constexpr double unit = 0x1p-24;

/// A quantised random matrix and what it was made of.
struct Made {
    RandomWeights random{DType::BF16, 7};
    ThreadPool pool{2};
    TensorView weight;
    WeightStore store;
    Linear linear;
    std::vector<float> exact;

    /// `panels`: where the format may lie in them.
    Made(NarrowFormat format, int out, int in, bool panels)
        : weight(random.tensor({out, in}, 1.0f))
        , linear(store.linear({.weight = weight, .bias = random.tensor({out}, 0.5f)}, format, pool))
        , exact(static_cast<std::size_t>(out) * static_cast<std::size_t>(in))
    {
        convertToF32(weight, exact);
        if (!panels)
            linear.panels = nullptr;
    }
};

MatrixView<float> matrix(std::vector<float> &values, std::int64_t rows)
{
    return {values.data(), rows, static_cast<std::int64_t>(values.size()) / rows};
}

/// Row r of x as it was quantised for weights of the format, column i.
double activation(const QuantisedRows &x, NarrowFormat weights, std::int64_t r, std::int64_t i)
{
    if (weights == NarrowFormat::Int8)
        return double(x.wide(r)[i]) * double(x.wideScales(r)[i / wideBlock]);
    return double(x.narrow(r)[i]) * double(x.narrowScales(r)[i / narrowBlock]);
}

constexpr NarrowFormats both{.int8 = true, .int4 = true};

} // namespace

class TestNarrow : public QObject {
    Q_OBJECT

private slots:
    void shapes_data();
    void aWeightIsOffByHalfAStepAtMost_data() { shapes_data(); }
    void aWeightIsOffByHalfAStepAtMost();
    void anActivationIsOffByHalfAStepAtMost();
    void digitsAndSumsAreThoseOfTheNumbers();
    void zerosStayZeros();
    void productsAreThoseOfTheQuantisedNumbers_data() { shapes_data(); }
    void productsAreThoseOfTheQuantisedNumbers();
    void aRowDoesNotDependOnItsNeighboursNorOnThreads_data() { shapes_data(); }
    void aRowDoesNotDependOnItsNeighboursNorOnThreads();
    void theGatedProductIsThatOfItsTwoHalves_data() { shapes_data(); }
    void theGatedProductIsThatOfItsTwoHalves();
    void extremeNumbersDoNotOverflow_data();
    void extremeNumbersDoNotOverflow();
};

void TestNarrow::shapes_data()
{
    QTest::addColumn<NarrowFormat>("format");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<bool>("panels");
    for (const auto &[format, panels] :
         {std::pair{NarrowFormat::Int8, false}, {NarrowFormat::Int8, true}, {NarrowFormat::Int4, false}})
        for (const int rows : {1, 2, 3, 7})
            for (const auto &[out, in] :
                 {std::pair{1, 1}, {3, 64}, {37, 100}, {160, 512}, {64, 1000}, {1, 4200}})
                QTest::addRow("%s %d rows %dx%d%s", name(format), rows, out, in, panels ? ", panels" : "")
                    << format << rows << out << in << panels;
}

void TestNarrow::aWeightIsOffByHalfAStepAtMost()
{
    QFETCH(NarrowFormat, format);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    const Made made(format, out, in, panels);
    const std::int64_t block = format == NarrowFormat::Int8 ? in : narrowGroup;
    for (std::int64_t o = 0; o < out; ++o)
        for (std::int64_t from = 0; from < in; from += block) {
            double most = 0.0;
            for (std::int64_t i = from; i < std::min<std::int64_t>(in, from + block); ++i)
                most = std::max(most, std::abs(double(made.exact[static_cast<std::size_t>(o * in + i)])));
            // int8: 127 steps to the largest. int4: 8 steps to its side, 7 to the other, of a scale that is
            // rounded.
            const double step = format == NarrowFormat::Int8 ? most / 127.0 : most / 8.0;
            const double bound = format == NarrowFormat::Int8 ? 0.5 * step + 8 * unit * most : step * 1.01;
            for (std::int64_t i = from; i < std::min<std::int64_t>(in, from + block); ++i) {
                const double exact = double(made.exact[static_cast<std::size_t>(o * in + i)]);
                const double stored = double(valueOf(*made.linear.narrow, o, i));
                QVERIFY2(std::abs(stored - exact) <= bound,
                         qPrintable(QString("(%1, %2): %3 for %4").arg(o).arg(i).arg(stored).arg(exact)));
            }
        }
}

void TestNarrow::anActivationIsOffByHalfAStepAtMost()
{
    RandomWeights random(DType::F32, 3);
    constexpr std::int64_t columns = 5000;
    std::vector<float> x = random.floats(3 * columns, 5.0f);
    x[300] = 400.0f; // spoils its own block only
    QuantisedRows quantised(3, columns, both);
    quantised.set(matrix(x, 3));
    for (std::int64_t r = 0; r < 3; ++r)
        for (std::int64_t i = 0; i < columns; ++i) {
            const double exact = double(x[static_cast<std::size_t>(r * columns + i)]);
            const auto mostOf = [&](std::int64_t block) {
                return r == 0 && i / block == 300 / block ? 400.0 : 5.0;
            };
            QVERIFY(std::abs(activation(quantised, NarrowFormat::Int8, r, i) - exact) <=
                    0.5001 * mostOf(wideBlock) / wideTop + 4 * unit * std::abs(exact));
            QVERIFY(std::abs(activation(quantised, NarrowFormat::Int4, r, i) - exact) <=
                    0.5001 * mostOf(narrowBlock) / 127.0);
        }
}

void TestNarrow::digitsAndSumsAreThoseOfTheNumbers()
{
    constexpr std::int64_t columns = 1300; // neither whole groups nor whole blocks
    std::vector<float> x(2 * columns);
    for (std::size_t i = 0; i < x.size(); ++i) // from the least to the greatest
        x[i] = static_cast<float>(i) - static_cast<float>(columns) + 0.5f;
    for (const SimdLevel level : simdLevels()) {
        useSimdLevel(level);
        QuantisedRows quantised(2, columns, both);
        quantised.set(matrix(x, 2));
        QCOMPARE(quantised.wide(0)[0], -wideTop);
        for (std::int64_t r = 0; r < 2; ++r) {
            std::array<std::int32_t, 3> sums{};
            for (std::int64_t i = 0; i < columns; ++i) {
                const std::int32_t number = quantised.wide(r)[i];
                sums[static_cast<std::size_t>(i / wideSumBlock)] += number;
                if (level == SimdLevel::Avx512)
                    QCOMPARE(256 * quantised.high(r)[i] + quantised.low(r)[i], number);
            }
            QVERIFY(std::ranges::equal(sums, std::span(quantised.wideSums(r), sums.size())));
        }
    }
    useSimdLevel(simdLevels().back());
}

void TestNarrow::zerosStayZeros()
{
    ThreadPool pool(1);
    const std::vector<float> zeros(4 * 128, 0.0f);
    const TensorView weight{.data = reinterpret_cast<const std::byte *>(zeros.data()), .shape = {4, 128}};
    for (const NarrowFormat format : {NarrowFormat::Int8, NarrowFormat::Int4}) {
        WeightStore store;
        const Linear linear = store.linear({.weight = weight, .bias = {}}, format, pool);
        std::vector<float> x(128, 3.0f), y(4, 1.0f);
        QuantisedRows quantised(1, 128, both);
        quantised.set(matrix(x, 1));
        matmul({.linear = linear, .x = matrix(x, 1), .y = matrix(y, 1), .quantised = &quantised});
        QCOMPARE(y, std::vector<float>(4, 0.0f));
    }
}

void TestNarrow::productsAreThoseOfTheQuantisedNumbers()
{
    QFETCH(NarrowFormat, format);
    QFETCH(int, rows);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    Made made(format, out, in, panels);
    std::vector<float> x = made.random.floats(std::int64_t{rows} * in, 3.0f);
    std::vector<float> y(static_cast<std::size_t>(rows * out));
    QuantisedRows quantised(rows, in, both);
    quantised.set(matrix(x, rows));
    matmul(made.pool,
           MatmulJob{
               .linear = made.linear, .x = matrix(x, rows), .y = matrix(y, rows), .quantised = &quantised});
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t o = 0; o < out; ++o) {
            double expected = double(made.linear.bias[o]);
            double magnitudes = std::abs(expected);
            for (std::int64_t i = 0; i < in; ++i) {
                const double product =
                    double(valueOf(*made.linear.narrow, o, i)) * activation(quantised, format, r, i);
                expected += product;
                magnitudes += std::abs(product);
            }
            // Groups are exact; a few roundings for each, the scale's own, and 4-bit sums that are first
            // counted up to 16 times too large.
            const double tolerance = unit * (double(groupsOf(in)) + 12.0) * 17.0 * magnitudes;
            const double difference = std::abs(double(y[static_cast<std::size_t>(r * out + o)]) - expected);
            QVERIFY2(difference <= tolerance, qPrintable(QString("%1 > %2").arg(difference).arg(tolerance)));
        }
}

void TestNarrow::aRowDoesNotDependOnItsNeighboursNorOnThreads()
{
    QFETCH(NarrowFormat, format);
    QFETCH(int, rows);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    Made made(format, out, in, panels);
    std::vector<float> x = made.random.floats(std::int64_t{rows} * in, 3.0f);
    std::vector<float> together(static_cast<std::size_t>(rows * out));
    QuantisedRows all(rows, in, both), one(1, in, both);
    all.set(matrix(x, rows));
    matmul(made.pool,
           MatmulJob{
               .linear = made.linear, .x = matrix(x, rows), .y = matrix(together, rows), .quantised = &all});
    for (std::int64_t r = 0; r < rows; ++r) {
        std::vector<float> alone(static_cast<std::size_t>(out));
        const MatrixView<const float> row{x.data() + r * in, 1, in};
        one.set(row);
        matmul({.linear = made.linear, .x = row, .y = matrix(alone, 1), .quantised = &one});
        const auto begin = together.begin() + r * out;
        QCOMPARE(alone, std::vector<float>(begin, begin + out));
    }
}

void TestNarrow::theGatedProductIsThatOfItsTwoHalves()
{
    QFETCH(NarrowFormat, format);
    QFETCH(int, rows);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, panels);
    Made gate(format, out, in, panels), up(format, out, in, panels);
    gate.linear.bias = up.linear.bias = nullptr;
    std::vector<float> x = gate.random.floats(std::int64_t{rows} * in);
    const std::size_t size = static_cast<std::size_t>(rows * out);
    std::vector<float> gated(size), scratch(size), gates(size), ups(size);
    QuantisedRows quantised(rows, in, both);
    quantised.set(matrix(x, rows));
    gatedMatmul(gate.pool, {.gate = gate.linear,
                            .up = up.linear,
                            .x = matrix(x, rows),
                            .y = matrix(gated, rows),
                            .upScratch = matrix(scratch, rows),
                            .quantised = &quantised});
    matmul({.linear = gate.linear, .x = matrix(x, rows), .y = matrix(gates, rows), .quantised = &quantised});
    matmul({.linear = up.linear, .x = matrix(x, rows), .y = matrix(ups, rows), .quantised = &quantised});
    siluTimes(gates, ups);
    QCOMPARE(gated, gates);
}

void TestNarrow::extremeNumbersDoNotOverflow_data()
{
    QTest::addColumn<NarrowFormat>("format");
    QTest::addColumn<float>("sign");
    QTest::addColumn<bool>("panels");
    for (const auto &[format, panels] :
         {std::pair{NarrowFormat::Int8, false}, {NarrowFormat::Int8, true}, {NarrowFormat::Int4, false}})
        for (const float sign : {1.0f, -1.0f})
            QTest::addRow("%s %+g%s", name(format), double(sign), panels ? ", panels" : "")
                << format << sign << panels;
}

/// All weights and activations at the largest magnitude: what the 16-bit sums inside must hold.
void TestNarrow::extremeNumbersDoNotOverflow()
{
    QFETCH(NarrowFormat, format);
    QFETCH(float, sign);
    QFETCH(bool, panels);
    ThreadPool pool(1);
    constexpr int in = 2 * wideBlock;
    std::vector<float> weights(4 * in, 127.0f), x(2 * in, sign * 127.0f), y(8);
    const TensorView weight{.data = reinterpret_cast<const std::byte *>(weights.data()), .shape = {4, in}};
    WeightStore store;
    Linear linear = store.linear({.weight = weight, .bias = {}}, format, pool);
    QCOMPARE(linear.panels != nullptr, format == NarrowFormat::Int8);
    if (!panels)
        linear.panels = nullptr;
    QuantisedRows quantised(2, in, both);
    quantised.set(matrix(x, 2));
    matmul({.linear = linear, .x = matrix(x, 2), .y = matrix(y, 2), .quantised = &quantised});
    const double expected = double(sign) * 127.0 * 127.0 * in;
    for (const float value : y)
        QVERIFY(std::abs(double(value) - expected) <= std::abs(expected) * 0x1p-20);
}

QTEST_GUILESS_MAIN(TestNarrow)
#include "test_narrow.moc"

// SPDX-License-Identifier: Apache-2.0
//
// The levels of instructions: which there are, how one is chosen, and what they owe each other.
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/simd_level.h"
#include "engine/backend/cpu/weight_store.h"
#include "engine/backend/devices.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <algorithm>

using namespace fastcar;
using namespace fastcar::cpu;

class TestSimdLevel : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { useSimdLevel(simdLevels().back()); }
    void theBestLevelIsTakenAndAnyCanBe();
    void namesLeadBack();
    void devicesTellTheLevel();
    void avx512GivesTheSameBitsAsAvx2_data();
    void avx512GivesTheSameBitsAsAvx2();
};

void TestSimdLevel::theBestLevelIsTakenAndAnyCanBe()
{
    const std::span<const SimdLevel> levels = simdLevels();
    QVERIFY(!levels.empty());
    QCOMPARE(levels.front(), SimdLevel::Baseline);
    QVERIFY(std::ranges::is_sorted(levels));
    if (!qEnvironmentVariableIsSet("FASTCAR_SIMD"))
        QCOMPARE(simdLevel(), levels.back());
    for (const SimdLevel level : levels) {
        useSimdLevel(level);
        QCOMPARE(simdLevel(), level);
    }
}

void TestSimdLevel::namesLeadBack()
{
    for (const SimdLevel level : {SimdLevel::Baseline, SimdLevel::Avx2, SimdLevel::Avx512})
        QVERIFY(simdLevelOf(name(level)) == level);
    QVERIFY(!simdLevelOf("avx"));
}

void TestSimdLevel::devicesTellTheLevel()
{
    for (const SimdLevel level : simdLevels()) {
        useSimdLevel(level);
        QVERIFY(listDevices().front().description.find(nameForPeople(level)) != std::string::npos);
    }
}

void TestSimdLevel::avx512GivesTheSameBitsAsAvx2_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("in");
    for (const char *format : {"int8", "int4", "f32", "f16", "bf16"})
        for (const int rows : {1, 2, 3, 4, 5, 6, 7, 13})
            for (const int in : {1, 64, 100, 1000, 4200, 11008})
                QTest::addRow("%s %d rows of %d", format, rows, in) << QString(format) << rows << in;
}

void TestSimdLevel::avx512GivesTheSameBitsAsAvx2()
{
    if (simdLevels().back() != SimdLevel::Avx512)
        QSKIP("this processor has no AVX-512 VNNI");
    QFETCH(QString, format);
    QFETCH(int, rows);
    QFETCH(int, in);
    constexpr int out = 37;
    RandomWeights random(format == "f32" ? DType::F32 : format == "f16" ? DType::F16 : DType::BF16, 7);
    ThreadPool pool(1);
    WeightStore store;
    const Linear linear =
        store.linear({.weight = random.tensor({out, in}, 1.0f), .bias = random.tensor({out}, 0.5f)},
                     narrowFormatOf(format.toStdString()), pool);
    Linear asStored = linear;
    asStored.panels = nullptr;
    std::vector<float> x = random.floats(std::int64_t{rows} * in, 3.0f);
    for (const Linear &of : {linear, asStored}) {
        std::vector<std::vector<float>> results;
        for (const SimdLevel level : {SimdLevel::Avx2, SimdLevel::Avx512}) {
            useSimdLevel(level);
            QuantisedRows quantised(rows, in, {.int8 = true, .int4 = true});
            quantised.set({x.data(), rows, in});
            std::vector<float> &y = results.emplace_back(static_cast<std::size_t>(rows * out));
            matmul({.linear = of,
                    .x = {x.data(), rows, in},
                    .y = {y.data(), rows, out},
                    .quantised = &quantised});
        }
        QCOMPARE(results[1], results[0]);
    }
}

QTEST_GUILESS_MAIN(TestSimdLevel)
#include "test_simd_level.moc"

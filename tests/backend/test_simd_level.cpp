// SPDX-License-Identifier: Apache-2.0
//
// The levels of instructions: which there are, and how one is chosen.
#include "engine/backend/cpu/simd_level.h"
#include "engine/backend/devices.h"

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
    for (const SimdLevel level :
         {SimdLevel::Baseline, SimdLevel::Avx2, SimdLevel::Avx512, SimdLevel::Neon, SimdLevel::NeonDot})
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

QTEST_GUILESS_MAIN(TestSimdLevel)
#include "test_simd_level.moc"

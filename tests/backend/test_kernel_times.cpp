// SPDX-License-Identifier: Apache-2.0
//
// Kernels timed as they are called: nothing is lost, nothing is changed, and nothing stays behind.
#include "engine/roofline/kernel_times.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/kernel_table.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/simd_level.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <algorithm>

using namespace fastcar;
using roofline::KernelTime;
using roofline::KernelTimes;

class TestKernelTimes : public QObject {
    Q_OBJECT

private slots:
    void callsAreCountedAndResultsTheSame();
    void takingBeginsAnew();
    void theLevelIsBackAfterwards();
};

namespace {

std::int64_t callsOf(const std::vector<KernelTime> &times, std::string_view name)
{
    const auto found = std::ranges::find(times, name, &KernelTime::name);
    return found != times.end() ? found->calls : 0;
}

} // namespace

void TestKernelTimes::callsAreCountedAndResultsTheSame()
{
    RandomWeights random(DType::BF16);
    ThreadPool pool(2);
    const cpu::Linear linear{.weight = random.tensor({700, 300}, 1.0f)};
    const std::vector<float> x = random.floats(300, 1.0f);
    std::vector<float> plain(700), timed(700);
    cpu::matmul(pool, {.linear = linear, .x = {x.data(), 1, 300}, .y = {plain.data(), 1, 700}});
    KernelTimes times;
    cpu::matmul(pool, {.linear = linear, .x = {x.data(), 1, 300}, .y = {timed.data(), 1, 700}});
    const std::vector<KernelTime> taken = times.take();
    QCOMPARE(timed, plain);
    QCOMPARE(taken.size(), 2u); // itself, and what timing took
    QCOMPARE(taken[1].calls, taken[0].calls);
    QVERIFY(taken[1].seconds > 0.0 && taken[1].seconds < 1e-5 * static_cast<double>(taken[1].calls));
    QCOMPARE(callsOf(taken, "matmulTile"), cpu::Tiling(linear, cpu::farStreams).tiles);
    QVERIFY(taken[0].seconds > 0.0);
}

void TestKernelTimes::takingBeginsAnew()
{
    std::vector<float> x(100, 1.0f);
    KernelTimes times;
    cpu::silu(x);
    cpu::silu(x);
    QCOMPARE(callsOf(times.take(), "silu"), 2);
    cpu::gelu(x);
    const std::vector<KernelTime> taken = times.take();
    QCOMPARE(callsOf(taken, "silu"), 0);
    QCOMPARE(callsOf(taken, "gelu"), 1);
}

void TestKernelTimes::theLevelIsBackAfterwards()
{
    for (const cpu::SimdLevel level : cpu::simdLevels()) {
        cpu::useSimdLevel(level);
        const cpu::KernelTable *const before = &cpu::kernels();
        {
            const KernelTimes times;
            QVERIFY(&cpu::kernels() != before);
            QVERIFY(cpu::simdLevel() == level);
        }
        QCOMPARE(&cpu::kernels(), before);
    }
}

QTEST_APPLESS_MAIN(TestKernelTimes)
#include "test_kernel_times.moc"

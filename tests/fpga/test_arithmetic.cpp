// SPDX-License-Identifier: Apache-2.0
//
// The accelerator's numbers against real ones: each function within the error that its word lengths allow,
// and exact where it promises to be.
#include "fpga/arithmetic/activation.h"
#include "fpga/arithmetic/attention.h"
#include "fpga/arithmetic/gate.h"
#include "fpga/arithmetic/norm.h"
#include "fpga/arithmetic/quantise.h"
#include "fpga/arithmetic/roots.h"
#include "fpga/arithmetic/rope.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace fastcar::fpga;

namespace {

constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();

double relativeError(double actual, double expected)
{
    return std::abs(actual - expected) / std::abs(expected);
}

/// Numbers of every magnitude, the extremes among them.
std::vector<std::int32_t> numbers(std::mt19937 &random, std::size_t count, int bits)
{
    std::vector<std::int32_t> values(count);
    for (std::int32_t &value : values)
        value = static_cast<std::int32_t>(random()) >> (32 - bits);
    return values;
}

} // namespace

class TestArithmetic : public QObject {
    Q_OBJECT

private slots:
    void aScaleHoldsSixteenBits();
    void toFixedRoundsHalfUpAndSaturates();
    void reciprocalsAreWithinTwoParts();
    void quantisedValuesAreWithinHalfAStep();
    void anEmptyVectorQuantisesToNothing();
    void theLargestMagnitudeNeverOverflows();
    void aNormIsWithinItsStep();
    void aNormOfNothingIsNothing();
    void theFinalNormAgreesWithRealNumbers();
    void rotationKeepsLengths();
    void exponentialAndLogisticFollowTheirCurves();
    void siluSaturatesInsteadOfWrapping();
    void attentionAgreesWithRealNumbers();
    void attentionOverEqualKeysIsTheMean();
    void theGateFollowsItsRules();
};

void TestArithmetic::aScaleHoldsSixteenBits()
{
    QVERIFY((normalise(0, 5) == Scale{}));
    QVERIFY((normalise(1, 0) == Scale{0x8000, -15}));
    QVERIFY((normalise(0x1ffff, 0) == Scale{0xffff, 1})); // cut off, not rounded
    QVERIFY((unpackedScale(packed({0x8001, -20})) == Scale{0x8001, -20}));
    std::mt19937 random(1);
    for (int i = 0; i < 10000; ++i) {
        const double a = std::ldexp(1.0 + static_cast<double>(random()) / 4294967296.0,
                                    static_cast<int>(random() % 60) - 40);
        const double b = std::ldexp(1.0 + static_cast<double>(random()) / 4294967296.0,
                                    static_cast<int>(random() % 60) - 40);
        QVERIFY(relativeError(valueOf(scaleOf(a)), a) <= std::ldexp(1.0, -16));
        const double product = valueOf(multiply(scaleOf(a), scaleOf(b)));
        QVERIFY(relativeError(product, valueOf(scaleOf(a)) * valueOf(scaleOf(b))) < std::ldexp(1.0, -15));
    }
}

void TestArithmetic::toFixedRoundsHalfUpAndSaturates()
{
    const Scale half = scaleOf(std::ldexp(1.0, -17)); // half a step of Q16
    QCOMPARE(toFixed(1, half), 1);
    QCOMPARE(toFixed(-1, half), 0);
    QCOMPARE(toFixed(3, half), 2);
    QCOMPARE(toFixed(-3, half), -1);
    QCOMPARE(toFixed(0, half), 0);
    QCOMPARE(toFixed(5, Scale{}), 0);
    QCOMPARE(toFixed(std::int64_t{1} << 39, scaleOf(1.0 / 65536)), most);
    QCOMPARE(toFixed(-(std::int64_t{1} << 39), scaleOf(1.0 / 65536)), least);
    QCOMPARE(toFixed(-1, scaleOf(65536.0)), least); // a shift that the card does not have
    QCOMPARE(toFixed(most, scaleOf(std::ldexp(1.0, -80))), 0);
}

void TestArithmetic::reciprocalsAreWithinTwoParts()
{
    std::mt19937_64 random(2);
    const double bound = 1.0 / 16384; // two of 2^15
    for (int i = 0; i < 20000; ++i) {
        const std::uint64_t n = std::max<std::uint64_t>(1, random() >> (18 + random() % 46));
        QVERIFY(relativeError(valueOf(reciprocalRoot(n)), 1.0 / std::sqrt(static_cast<double>(n))) < bound);
        const auto small =
            static_cast<std::uint32_t>(std::max<std::uint64_t>(1, random() >> (32 + random() % 32)));
        QVERIFY(relativeError(valueOf(reciprocal(small)), 1.0 / small) < bound);
    }
    for (const std::uint64_t n : {1ull, 2ull, 3ull, 4ull, 0xffffffffull, 0x100000000ull, 0x3ffffffffffull})
        QVERIFY(reciprocalRoot(n).mantissa >= 0x8000 - 1);
    QVERIFY((reciprocal(1) == Scale{0xffff, -16}));
}

void TestArithmetic::quantisedValuesAreWithinHalfAStep()
{
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        const auto t = numbers(random, 1 + random() % 200, 2 + static_cast<int>(random() % 31));
        std::vector<std::int8_t> q(t.size());
        const double step = valueOf(quantise(t, q));
        for (std::size_t i = 0; i < t.size();
             ++i) // half a step, and what the 16 bits of the factor cost at 127
            QVERIFY2(
                std::abs(q[i] * step - t[i]) <= step * (0.5 + 127.0 / 16384) + 1e-9,
                qPrintable(QString("round %1: %2 as %3 of %4").arg(round).arg(t[i]).arg(q[i]).arg(step)));
    }
}

void TestArithmetic::anEmptyVectorQuantisesToNothing()
{
    const std::vector<std::int32_t> zeros(5);
    std::vector<std::int8_t> q(5, 1);
    QVERIFY((quantise(zeros, q) == Scale{}));
    QCOMPARE(q, std::vector<std::int8_t>(5));
}

void TestArithmetic::theLargestMagnitudeNeverOverflows()
{
    for (const std::int32_t extreme : {least, most, 1, -1, 127, 128, 0x7fffffff - 0xffff}) {
        const std::vector<std::int32_t> t{extreme, 0};
        std::vector<std::int8_t> q(2);
        const double step = valueOf(quantise(t, q));
        QCOMPARE(std::abs(int{q[0]}), 127);
        QVERIFY(relativeError(q[0] * step, extreme) < 1.0 / 8192);
    }
}

void TestArithmetic::aNormIsWithinItsStep()
{
    std::mt19937 random(4);
    for (int round = 0; round < 200; ++round) {
        const std::size_t width = 8 * (1 + random() % 64);
        std::vector<float> weights(width);
        for (float &w : weights)
            w = static_cast<float>(random() % 4096) / 1024.0f - 1.0f;
        weights[0] = 1.5f;
        const Norm norm = Norm::of(weights, 1e-5f);
        const auto x = numbers(random, width, 12 + static_cast<int>(random() % 20));
        std::vector<std::int8_t> q(width);
        const double step = valueOf(normQuantised(norm, x, q));
        double squares = 0.0;
        for (const std::int32_t v : x)
            squares += std::ldexp(v, -16) * std::ldexp(v, -16);
        const double root = std::sqrt(squares / static_cast<double>(width) + 1e-5);
        for (std::size_t i = 0; i < width; ++i) {
            const double expected = std::ldexp(x[i], -16) / root * weights[i];
            QVERIFY2(std::abs(q[i] * step - expected) <= 0.56 * step,
                     qPrintable(QString("round %1, %2: %3 instead of %4, step %5")
                                    .arg(round)
                                    .arg(i)
                                    .arg(q[i] * step)
                                    .arg(expected)
                                    .arg(step)));
        }
    }
}

void TestArithmetic::aNormOfNothingIsNothing()
{
    const std::vector<float> weights(16, 1.0f);
    const std::vector<std::int32_t> x(16);
    std::vector<std::int8_t> q(16, 1);
    QVERIFY((normQuantised(Norm::of(weights, 0.0f), x, q) == Scale{}));
    QCOMPARE(q, std::vector<std::int8_t>(16));
}

void TestArithmetic::theFinalNormAgreesWithRealNumbers()
{
    const std::vector<float> weights{0.5f, 1.0f, 2.0f, -1.0f, 1.0f, 1.0f, 1.0f, 1.0f};
    const Norm norm = Norm::of(weights, 1e-5f);
    const std::vector<std::int32_t> x{fixedOf(1), fixedOf(-2),   fixedOf(3), fixedOf(0.25),
                                      fixedOf(0), fixedOf(-0.5), fixedOf(8), fixedOf(1)};
    std::vector<std::int32_t> y(x.size());
    normFixed(norm, x, y);
    double squares = 0.0;
    for (const std::int32_t v : x)
        squares += double{floatOf(v)} * floatOf(v);
    for (std::size_t i = 0; i < x.size(); ++i)
        QVERIFY(std::abs(floatOf(y[i]) - floatOf(x[i]) / std::sqrt(squares / 8 + 1e-5) * weights[i]) < 2e-3);
}

void TestArithmetic::rotationKeepsLengths()
{
    const RopeTable table(100, 8, 10000.0f, 1.0f);
    std::mt19937 random(5);
    for (const int position : {0, 1, 57, 99}) {
        auto head = numbers(random, 8, 20);
        const auto before = head;
        rotate(head, table.at(position));
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(relativeError(std::hypot(head[i], head[i + 4]) + 1e4,
                                  std::hypot(before[i], before[i + 4]) + 1e4) < 3e-4);
        if (position == 0)
            QCOMPARE(head, before);
    }
    std::vector<std::int32_t> extreme{most, most};
    const RopeTable turned(2, 2, 1.0f, 1.0f);
    rotate(extreme, turned.at(1)); // sin 1 + cos 1 > 1
    QCOMPARE(extreme[1], most);
}

void TestArithmetic::exponentialAndLogisticFollowTheirCurves()
{
    for (std::int32_t z = 0; z < (17 << 16); z += 37)
        QVERIFY(std::abs(exponential(z) / 32768.0 - std::exp2(-z / 65536.0)) < 2.5 / 32768);
    QCOMPARE(exponential(most), 0);
    for (std::int32_t g = -(20 << 16); g < (20 << 16); g += 61)
        QVERIFY(std::abs(logistic(g) / 32768.0 - 1.0 / (1.0 + std::exp(-g / 65536.0))) < 3.5 / 32768);
    QCOMPARE(logistic(least), 0);
    QCOMPARE(logistic(most), one15);
}

void TestArithmetic::siluSaturatesInsteadOfWrapping()
{
    QCOMPARE(siluTimes(most, most), most);
    QCOMPARE(siluTimes(most, least), least);
    QCOMPARE(siluTimes(least, most), 0);
    QVERIFY(std::abs(floatOf(siluTimes(fixedOf(1.5), fixedOf(-2.0))) +
                     2.0f * 1.5f / (1.0f + std::exp(-1.5f))) < 1e-3f);
}

namespace {

struct Cache {
    std::vector<std::int8_t> keys, values;
    std::vector<Scale> keyScales, valueScales;
    HeadCache view(int headDim) const
    {
        return {keys.data(), values.data(), keyScales.data(), valueScales.data(), headDim};
    }
    void add(const std::vector<std::int32_t> &key, const std::vector<std::int32_t> &value)
    {
        std::vector<std::int8_t> q(key.size());
        keyScales.push_back(quantise(key, q));
        keys.insert(keys.end(), q.begin(), q.end());
        valueScales.push_back(quantise(value, q));
        values.insert(values.end(), q.begin(), q.end());
    }
};

} // namespace

void TestArithmetic::attentionAgreesWithRealNumbers()
{
    constexpr int headDim = 16;
    const AttentionConstants constants = AttentionConstants::of(1, headDim);
    std::mt19937 random(6);
    for (int round = 0; round < 100; ++round) {
        const int positions = 1 + static_cast<int>(random() % 300);
        Cache cache;
        for (int p = 0; p < positions; ++p)
            cache.add(numbers(random, headDim, 19),
                      numbers(random, headDim, 15 + static_cast<int>(random() % 5)));
        const auto query = numbers(random, headDim, 19);
        std::vector<std::int8_t> q(headDim);
        const Scale scale = quantise(query, q);
        Visible visible{.end = positions};
        if (positions > 20 && round % 2)
            visible = {.sinks = 3, .from = positions - 9, .end = positions};
        std::vector<std::int32_t> scores(static_cast<std::size_t>(positions)), out(headDim);
        attend({q, scale}, cache.view(headDim), visible, constants.attention, scores, out);

        const auto seen = [&](int p) { return p < visible.sinks || p >= visible.from; };
        std::vector<double> expected(headDim);
        double mass = 0.0, largest = 0.0;
        const auto score = [&](int p) {
            double sum = 0.0;
            for (int i = 0; i < headDim; ++i)
                sum += q[static_cast<std::size_t>(i)] * cache.keys[static_cast<std::size_t>(p * headDim + i)];
            return sum * valueOf(scale) * valueOf(cache.keyScales[static_cast<std::size_t>(p)]) *
                   std::ldexp(0.25, -32);
        };
        double top = -1e300;
        for (int p = 0; p < positions; ++p)
            top = seen(p) ? std::max(top, score(p)) : top;
        for (int p = 0; p < positions; ++p) {
            if (!seen(p))
                continue;
            const double e = std::exp(score(p) - top);
            mass += e;
            for (int i = 0; i < headDim; ++i) {
                const double v = cache.values[static_cast<std::size_t>(p * headDim + i)] *
                                 valueOf(cache.valueScales[static_cast<std::size_t>(p)]) / 65536.0;
                expected[static_cast<std::size_t>(i)] += e * v;
                largest = std::max(largest, std::abs(v));
            }
        }
        for (int i = 0; i < headDim; ++i) {
            const double actual = floatOf(out[static_cast<std::size_t>(i)]);
            QVERIFY2(std::abs(actual - expected[static_cast<std::size_t>(i)] / mass) < 2e-3 * largest + 2e-5,
                     qPrintable(QString("round %1: %2 instead of %3")
                                    .arg(round)
                                    .arg(actual)
                                    .arg(expected[static_cast<std::size_t>(i)] / mass)));
        }
        const std::int32_t tas = headTas({q, scale}, cache.view(headDim), 0, constants.tas);
        QVERIFY(std::abs(floatOf(tas) - score(0)) < 1e-3 * (1 + std::abs(score(0))));
    }
}

void TestArithmetic::attentionOverEqualKeysIsTheMean()
{
    Cache cache;
    for (int p = 0; p < 4; ++p)
        cache.add(std::vector<std::int32_t>(8, fixedOf(1)), std::vector<std::int32_t>(8, fixedOf(p)));
    std::vector<std::int32_t> scores(4), out(8);
    const std::vector<std::int8_t> q(8); // a query of zeros sees all alike
    attend({q, {}}, cache.view(8), {.end = 4}, AttentionConstants::of(1, 8).attention, scores, out);
    QVERIFY(std::abs(floatOf(out[0]) - 1.5f) < 2e-3f);
}

void TestArithmetic::theGateFollowsItsRules()
{
    using Kind = LayerThreshold::Kind;
    const std::vector<GateRow> rows{{.tas = 10, .eligible = true, .partner = 0},
                                    {.tas = 5, .eligible = true, .partner = 0},
                                    {.tas = 100, .eligible = false, .partner = 2}};
    const LayerThreshold above{.kind = Kind::Above, .value = 5};
    QCOMPARE(decideReplay(GateRule::Row, above, rows), 1u); // strictly above
    QCOMPARE(decideReplay(GateRule::Conditional, above, rows), 3u);
    QCOMPARE(decideReplay(GateRule::All, above, rows), 0u);
    QCOMPARE(decideReplay(GateRule::All, {.kind = Kind::Above, .value = 4}, std::span(rows).first(2)), 3u);
    const std::vector<GateRow> pair{{.tas = 10, .eligible = true, .partner = 1},
                                    {.tas = 3, .eligible = true, .partner = 0}};
    QCOMPARE(decideReplay(GateRule::Mean, above, pair), 3u); // (10 + 3) >> 1 = 6
    QCOMPARE(decideReplay(GateRule::Mean, {.kind = Kind::Above, .value = 6}, pair), 0u);
    QCOMPARE(decideReplay(GateRule::Row, {.kind = Kind::Always}, rows), 3u);
    QCOMPARE(decideReplay(GateRule::Row, {}, rows), 0u);
}

QTEST_APPLESS_MAIN(TestArithmetic)
#include "test_arithmetic.moc"

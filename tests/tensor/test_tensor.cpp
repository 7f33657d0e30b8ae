// SPDX-License-Identifier: Apache-2.0
//
// Stored numbers as f32, and weights in 8 and 4 bits, against what they are defined to be.
#include "engine/tensor/narrow_matrix.h"
#include "engine/tensor/tensor.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

using namespace fastcar;

namespace {

std::vector<std::uint16_t> all16Bits()
{
    std::vector<std::uint16_t> all(1 << 16);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::uint16_t>(i);
    return all;
}

std::vector<float> converted(DType type, const std::vector<std::uint16_t> &stored)
{
    std::vector<float> to(stored.size());
    convertToF32({.data = reinterpret_cast<const std::byte *>(stored.data()),
                  .type = type,
                  .shape = {static_cast<std::int64_t>(stored.size())}},
                 to);
    return to;
}

/// By IEEE 754's definition.
double valueOfF16(std::uint16_t half)
{
    const int exponent = half >> 10 & 31, fraction = half & 1023;
    const double sign = half & 0x8000 ? -1.0 : 1.0;
    if (exponent == 31)
        return fraction ? std::numeric_limits<double>::quiet_NaN()
                        : sign * std::numeric_limits<double>::infinity();
    return sign * (exponent ? std::ldexp(1024 + fraction, exponent - 25) : std::ldexp(fraction, -24));
}

/// Of many sizes, and some that lie half-way between two whole numbers of a row whose greatest is 127.
std::vector<float> weights(std::size_t count)
{
    std::mt19937 random(5);
    std::vector<float> row(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = static_cast<float>(static_cast<int>(random() % 20001) - 10000);
        row[i] = i % 3 == 0 ? std::floor(number / 79.0f) + 0.5f : number / 10000.0f;
        row[i] = std::clamp(row[i], -126.5f, 126.5f);
    }
    row[count / 2] = -127.0f;
    return row;
}

} // namespace

class TestTensor : public QObject {
    Q_OBJECT

private slots:
    void everyF16BecomesItsF32();
    void everyBf16BecomesItsF32();
    void weightsIn8BitsAreTheNearest();
    void weightsIn4BitsAreTheNearest();
};

void TestTensor::everyF16BecomesItsF32()
{
    const std::vector<std::uint16_t> stored = all16Bits();
    const std::vector<float> numbers = converted(DType::F16, stored);
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const double expected = valueOfF16(stored[i]);
        QVERIFY(std::isnan(expected) ? std::isnan(numbers[i]) : numbers[i] == expected);
        QCOMPARE(std::signbit(numbers[i]), (stored[i] & 0x8000) != 0);
    }
}

void TestTensor::everyBf16BecomesItsF32()
{
    const std::vector<std::uint16_t> stored = all16Bits();
    const std::vector<float> numbers = converted(DType::BF16, stored);
    for (std::size_t i = 0; i < stored.size(); ++i)
        QCOMPARE(std::bit_cast<std::uint32_t>(numbers[i]), static_cast<std::uint32_t>(stored[i]) << 16);
}

void TestTensor::weightsIn8BitsAreTheNearest()
{
    const std::vector<float> row = weights(1000);
    const auto bytes = static_cast<std::size_t>(NarrowMatrix::rowBytes(NarrowFormat::Int8, 1000));
    std::vector<std::byte> values(bytes, std::byte{99});
    QCOMPARE(narrowRow(row, NarrowFormat::Int8, values.data()), 1.0f);
    for (std::size_t i = 0; i < bytes; ++i)
        QCOMPARE(static_cast<long>(static_cast<std::int8_t>(values[i])),
                 i < row.size() ? std::lrint(row[i]) : 0l);
}

/// Each of the -8 to 7 steps that the group's scale allows, and of those the nearest.
void TestTensor::weightsIn4BitsAreTheNearest()
{
    const std::vector<float> row = weights(1000);
    std::vector<std::byte> values(static_cast<std::size_t>(NarrowMatrix::rowBytes(NarrowFormat::Int4, 1000)),
                                  std::byte{99});
    const float scale = narrowRow(row, NarrowFormat::Int4, values.data());
    const NarrowMatrix matrix{
        .format = NarrowFormat::Int4, .out = 1, .in = 1000, .values = values.data(), .rowScales = &scale};
    for (std::int64_t begin = 0; begin < 1000; begin += narrowGroup) {
        const std::int64_t end = std::min<std::int64_t>(1000, begin + narrowGroup);
        const auto extreme = std::max_element(row.begin() + begin, row.begin() + end,
                                              [](float a, float b) { return std::abs(a) < std::abs(b); });
        const double step = std::abs(double(*extreme)) / 8.0;
        for (std::int64_t i = begin; i < end; ++i) {
            const double weight = double(row[static_cast<std::size_t>(i)]);
            // What the other side of zero does not have: an eighth step.
            const double most = weight * double(*extreme) < 0.0 ? 7.0 * step : 8.0 * step;
            const double bound = std::max(0.5 * step, std::abs(weight) - most) + 0.01 * step;
            QVERIFY(std::abs(double(valueOf(matrix, 0, i)) - weight) <= bound);
        }
    }
}

QTEST_APPLESS_MAIN(TestTensor)
#include "test_tensor.moc"

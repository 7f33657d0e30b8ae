// SPDX-License-Identifier: Apache-2.0
//
// Matrices as card memory holds them.
#include "fpga/program/matrix_layout.h"
#include "fpga/program/quantised_model.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace fastcar;
using namespace fastcar::fpga;

class TestProgram : public QObject {
    Q_OBJECT

private slots:
    void weightsAreWithinHalfAStep();
    void everyWeightLiesWhereTheContractSays_data();
    void everyWeightLiesWhereTheContractSays();
    void paddingIsZero();
};

void TestProgram::weightsAreWithinHalfAStep()
{
    RandomWeights random(DType::F16, 3);
    const LinearWeights first = random.linear(5, 24, false), second = random.linear(4, 24, false);
    const LinearWeights *const stacked[] = {&first, &second};
    const QuantisedMatrix matrix = quantiseWeights(stacked);
    QCOMPARE(matrix.rows, 9);
    QCOMPARE(matrix.columns, 24);
    std::vector<float> values(5 * 24 + 4 * 24);
    convertToF32(first.weight, std::span(values).first(5 * 24));
    convertToF32(second.weight, std::span(values).subspan(5 * 24));
    for (int r = 0; r < matrix.rows; ++r)
        for (int c = 0; c < matrix.columns; ++c) {
            const double step = valueOf(matrix.scales[static_cast<std::size_t>(r)]);
            const float wanted = values[static_cast<std::size_t>(r * 24 + c)];
            QVERIFY(std::abs(matrix.row(r)[static_cast<std::size_t>(c)] * step - wanted) <= 0.505 * step);
        }
}

void TestProgram::everyWeightLiesWhereTheContractSays_data()
{
    QTest::addColumn<int>("lanes");
    QTest::addColumn<int>("ports");
    QTest::newRow("one port") << 16 << 1;
    QTest::newRow("four ports") << 64 << 4;
    QTest::newRow("wide cores") << 256 << 2;
}

void TestProgram::everyWeightLiesWhereTheContractSays()
{
    QFETCH(int, lanes);
    QFETCH(int, ports);
    RandomWeights random(DType::F32, 5);
    const LinearWeights linear = random.linear(21, 72, false);
    const LinearWeights *const stacked[] = {&linear};
    const QuantisedMatrix matrix = quantiseWeights(stacked);
    const CardShape shape{.cores = 2, .lanes = lanes, .ports = ports};
    const MatrixLayout layout = MatrixLayout::of(matrix.rows, matrix.columns, shape);
    QCOMPARE(layout.rows, 24);
    QCOMPARE(layout.columns % lanes, 0);
    QCOMPARE(layout.beats() % ports, 0);
    std::vector<std::vector<std::byte>> images;
    for (int port = 0; port < ports; ++port)
        images.push_back(portImage(matrix, shape, port));
    const auto byteAt = [&](std::int64_t at) {
        const std::int64_t beat = at / beatBytes;
        return images[static_cast<std::size_t>(beat % ports)]
                     [static_cast<std::size_t>(beat / ports * beatBytes + at % beatBytes)];
    };
    for (int r = 0; r < matrix.rows; ++r) {
        std::uint32_t word = 0;
        for (int i = 0; i < 4; ++i)
            word |= std::to_integer<std::uint32_t>(byteAt(4 * r + i)) << (8 * i);
        QVERIFY(unpackedScale(word) == matrix.scales[static_cast<std::size_t>(r)]);
        for (int c = 0; c < matrix.columns; ++c) {
            const std::int64_t at =
                std::int64_t{layout.scaleBeats + r / tileRows * layout.tileBeats} * beatBytes +
                std::int64_t{r % tileRows} * layout.columns + c;
            QCOMPARE(static_cast<std::int8_t>(byteAt(at)), matrix.row(r)[static_cast<std::size_t>(c)]);
        }
    }
}

void TestProgram::paddingIsZero()
{
    const QuantisedMatrix matrix{.rows = 1, .columns = 3, .values = {1, -2, 3}, .scales = {{0x8000, -3}}};
    const std::vector<std::byte> image = portImage(matrix, {.cores = 1, .lanes = 16, .ports = 1}, 0);
    QCOMPARE(image.size(), std::size_t{64 + 8 * 16});
    int filled = 0;
    for (const std::byte b : image)
        filled += b != std::byte{0};
    QCOMPARE(filled, 3 + 3); // mantissa's high byte and both bytes of the exponent; three weights
}

QTEST_APPLESS_MAIN(TestProgram)
#include "test_program.moc"

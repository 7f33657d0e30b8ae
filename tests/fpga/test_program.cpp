// SPDX-License-Identifier: Apache-2.0
//
// Matrices as card memory holds them, and the order of a step's instructions.
#include "fpga/program/matrix_layout.h"
#include "fpga/program/quantised_model.h"
#include "fpga/program/schedule_writer.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <algorithm>
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
    void rowsTakeTurnsWhereComputingIsTheLimit();
    void weightsAreReadOnceForEachHalfThatComputes();
    void productsFollowTheirStreamsAndDecisions_data();
    void productsFollowTheirStreamsAndDecisions();
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

void TestProgram::rowsTakeTurnsWhereComputingIsTheLimit()
{
    const CardShape emulated;
    QCOMPARE(rowOrder(emulated, 1, DrsPolicy::Split), RowOrder::Together);
    QCOMPARE(rowOrder(emulated, 2, DrsPolicy::Split), RowOrder::Halves);
    QCOMPARE(rowOrder(emulated, 32, DrsPolicy::Static), RowOrder::Halves);
    // Without splitting, halves of fewer rows than cores leave cores without work.
    QCOMPARE(rowOrder(emulated, 7, DrsPolicy::Deal), RowOrder::Together);
    QCOMPARE(rowOrder(emulated, 8, DrsPolicy::Deal), RowOrder::Halves);
    // 32 cores behind 8 ports: weights for fewer than 8 rows take longer to arrive than to multiply.
    const CardShape many{.cores = 32, .lanes = 64, .ports = 8};
    QCOMPARE(rowOrder(many, 6, DrsPolicy::Split), RowOrder::Together);
    QCOMPARE(rowOrder(many, 8, DrsPolicy::Split), RowOrder::Halves);
}

void TestProgram::weightsAreReadOnceForEachHalfThatComputes()
{
    QCOMPARE(weightPasses(RowOrder::Together, 5, 0b10110), 1);
    QCOMPARE(weightPasses(RowOrder::Together, 5, 0), 0);
    QCOMPARE(firstHalf(5), 3);
    QCOMPARE(weightPasses(RowOrder::Halves, 5, 0b11111), 2);
    QCOMPARE(weightPasses(RowOrder::Halves, 5, 0b00100), 1);
    QCOMPARE(weightPasses(RowOrder::Halves, 5, 0b11000), 1);
    QCOMPARE(weightPasses(RowOrder::Halves, 5, 0), 0);
    QCOMPARE(weightPasses(RowOrder::Halves, 32, 0x80000001u), 2);
}

void TestProgram::productsFollowTheirStreamsAndDecisions_data()
{
    QTest::addColumn<RowOrder>("order");
    QTest::newRow("together") << RowOrder::Together;
    QTest::newRow("halves") << RowOrder::Halves;
}

/// Streams and products are of the same rows in the same order; at most two streams are ahead of the
/// products; an MLP's stream comes after its layer's decision, and its product before the next layer's.
void TestProgram::productsFollowTheirStreamsAndDecisions()
{
    QFETCH(RowOrder, order);
    constexpr std::uint32_t streamCode = 3, multiplyCode = 4, gateCode = 7, endCode = 0;
    QuantisedModel model;
    model.config = {.layers = 3, .hidden = 64, .intermediate = 64, .heads = 4, .kvHeads = 4, .headDim = 16};
    model.layers.resize(3);
    ModelPlaces places;
    places.layers.resize(3);
    model.finalNorm.weights.resize(64);
    for (std::size_t l = 0; l < 3; ++l) {
        QuantisedLayer &layer = model.layers[l];
        layer.inputNorm.weights.resize(64);
        layer.postAttentionNorm.weights.resize(64);
        for (QuantisedMatrix *matrix : {&layer.queryKeyValue, &layer.output, &layer.gateUp, &layer.down})
            matrix->rows = matrix->columns = 64;
        const auto at = static_cast<std::uint32_t>(10 * l);
        places.layers[l] = {
            .queryKeyValue = at, .output = at + 1, .gateUp = at + 2, .down = at + 3, .cache = {}};
    }
    std::vector<std::uint32_t> streamed; // the matrices' places
    std::vector<std::uint32_t> rowsOfStreams;
    std::size_t multiplied = 0;
    std::uint32_t decided = 0, ends = 0;
    for (const Beat &beat : scheduleOf(model, places, {}, order)) {
        const std::uint32_t rows = (beat[0] >> 8) & 0xf;
        switch (beat[0] & 0xf) {
        case streamCode:
            QVERIFY(beat[1] % 10 < 2 || beat[1] / 10 < decided);
            streamed.push_back(beat[1]);
            rowsOfStreams.push_back(rows);
            QVERIFY(streamed.size() <= multiplied + 2);
            break;
        case multiplyCode:
            QVERIFY(multiplied < streamed.size());
            QCOMPARE(rowsOfStreams[multiplied], rows);
            if (streamed[multiplied] % 10 >= 2)
                QCOMPARE(streamed[multiplied] / 10 + 1, decided);
            ++multiplied;
            break;
        case gateCode:
            ++decided;
            break;
        case endCode:
            ++ends;
            break;
        default:
            break;
        }
    }
    const std::size_t halves = order == RowOrder::Halves ? 2 : 1;
    QCOMPARE(multiplied, 12 * halves);
    QCOMPARE(streamed.size(), multiplied);
    QCOMPARE(decided, 3u);
    QCOMPARE(ends, 1u);
    for (std::uint32_t l = 0; l < 3; ++l)
        for (std::uint32_t matrix = 0; matrix < 4; ++matrix)
            QCOMPARE(std::count(streamed.begin(), streamed.end(), 10 * l + matrix),
                     static_cast<std::ptrdiff_t>(halves));
}

QTEST_APPLESS_MAIN(TestProgram)
#include "test_program.moc"

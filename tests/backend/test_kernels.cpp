// SPDX-License-Identifier: Apache-2.0
//
// Activations, norms, rotary positions, convolution and resizing, each against its reference in double.
#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/convolution.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/resize.h"
#include "engine/backend/cpu/rope.h"
#include "tests/backend/kernel_bounds.h"
#include "tests/backend/random_weights.h"

#include <limits>

using namespace fastcar;

class TestKernels : public QObject {
    Q_OBJECT

private slots:
    void activationsFollowTheirFormulas_data();
    void activationsFollowTheirFormulas();
    void softmaxSumsToOne_data();
    void softmaxSumsToOne();
    void softmaxOfMinusInfinityIsZero();
    void rmsNormDividesByTheRootMeanSquare_data();
    void rmsNormDividesByTheRootMeanSquare();
    void layerNormCentersAndScales_data() { rmsNormDividesByTheRootMeanSquare_data(); }
    void layerNormCentersAndScales();
    void groupNormSpansPixelsAndChannels_data();
    void groupNormSpansPixelsAndChannels();
    void ropeTurnsHalves_data();
    void ropeTurnsHalves();
    void convolutionKeepsTheSize_data();
    void convolutionKeepsTheSize();
    void resizeInterpolatesBetweenPixelCentres_data();
    void resizeInterpolatesBetweenPixelCentres();
};

void TestKernels::activationsFollowTheirFormulas_data()
{
    QTest::addColumn<float>("reach");
    for (const float reach : {0.01f, 1.0f, 6.0f, 30.0f})
        QTest::addRow("up to %g", static_cast<double>(reach)) << reach;
}

void TestKernels::activationsFollowTheirFormulas()
{
    QFETCH(float, reach);
    std::vector<float> x;
    for (int i = -1003; i <= 1003; ++i)
        x.push_back(static_cast<float>(i) / 1003.0f * reach);
    const Values exact = reference::valuesOf(x);

    std::vector<float> y = x;
    cpu::silu(y);
    Values expected = reference::silu(exact);
    Values tolerance;
    for (const double v : expected)
        tolerance.push_back(12.0 * unit * std::abs(v) + 1e-37);
    compare(y, expected, tolerance);

    y = x;
    cpu::gelu(y);
    expected = reference::gelu(exact);
    tolerance.clear();
    // erfc carries the error of e^(-a^2), whose argument is rounded: a^2 roundings of one unit, in the left
    // tail alone.
    for (std::size_t i = 0; i < x.size(); ++i)
        tolerance.push_back((20.0 + 2.0 * exact[i] * exact[i]) * unit * std::abs(expected[i]) + 1e-36);
    compare(y, expected, tolerance);
}

void TestKernels::softmaxSumsToOne_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 2, 7, 8, 9, 64, 1001})
        QTest::addRow("%d", size) << size;
}

void TestKernels::softmaxSumsToOne()
{
    QFETCH(int, size);
    RandomWeights random(DType::F32);
    std::vector<float> x = random.floats(size, 11.0f);
    const Values expected = reference::softmax(reference::valuesOf(x));
    cpu::softmax(x);
    Values tolerance;
    // e^x: ten roundings and the one of x - max, at most 22 units; the sum as any other.
    for (const double v : expected)
        tolerance.push_back((10.0 + 22.0 + size / 8.0 + 5.0) * unit * v);
    compare(x, expected, tolerance);
}

void TestKernels::softmaxOfMinusInfinityIsZero()
{
    std::vector<float> x(11, -std::numeric_limits<float>::infinity());
    x[4] = -3.0f;
    cpu::softmax(x);
    for (std::size_t i = 0; i < x.size(); ++i)
        QCOMPARE(x[i], i == 4 ? 1.0f : 0.0f);
}

void TestKernels::rmsNormDividesByTheRootMeanSquare_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {1, 5, 8, 24, 64, 1000, 4096})
        QTest::addRow("%d", width) << width;
}

void TestKernels::rmsNormDividesByTheRootMeanSquare()
{
    QFETCH(int, width);
    RandomWeights random(DType::F32);
    const std::vector<float> x = random.floats(width, 5.0f);
    const std::vector<float> weight = random.floats(width, 2.0f);
    std::vector<float> y(x.size());
    cpu::rmsNorm(x, weight, 1e-5f, y);
    const Values expected =
        reference::rmsNorm(reference::valuesOf(x), reference::valuesOf(weight), static_cast<double>(1e-5f));
    Values tolerance;
    for (const double v : expected)
        tolerance.push_back((width / 8.0 + 12.0) * unit * std::abs(v));
    compare(y, expected, tolerance);
}

void TestKernels::layerNormCentersAndScales()
{
    QFETCH(int, width);
    RandomWeights random(DType::F32);
    const std::vector<float> x = random.floats(width, 5.0f);
    const std::vector<float> weight = random.floats(width, 2.0f);
    const std::vector<float> bias = random.floats(width, 0.5f);
    std::vector<float> y(x.size());
    cpu::layerNorm(x, {.weight = weight, .bias = bias}, 1e-5f, y);
    // The mean is off by at most the rounding of a sum of numbers up to 5; against a deviation of about 5 /
    // sqrt 3, and a weight of up to 2, that moves a result by 4 of these.
    compare(y,
            reference::layerNorm(reference::valuesOf(x), reference::valuesOf(weight),
                                 reference::valuesOf(bias), static_cast<double>(1e-5f)),
            width == 1 ? 1e-6 : 4.0 * (width / 8.0 + 12.0) * 2.0 * unit);
}

void TestKernels::groupNormSpansPixelsAndChannels_data()
{
    QTest::addColumn<int>("pixels");
    QTest::addColumn<int>("channels");
    QTest::addColumn<bool>("silu");
    for (const bool silu : {false, true})
        for (const auto &[pixels, channels] : {std::pair{4, 32}, {16, 64}, {300, 96}, {1024, 32}, {999, 160}})
            QTest::addRow("%d pixels %d channels%s", pixels, channels, silu ? " silu" : "")
                << pixels << channels << silu;
}

void TestKernels::groupNormSpansPixelsAndChannels()
{
    QFETCH(int, pixels);
    QFETCH(int, channels);
    QFETCH(bool, silu);
    RandomWeights random(DType::F32);
    ThreadPool pool(2);
    std::vector<float> x = random.floats(std::int64_t{pixels} * channels, 3.0f);
    for (float &v : x)
        v += 7.0f; // a mean that would cancel in a sum of squares
    const std::vector<float> weight = random.floats(channels, 2.0f);
    const std::vector<float> bias = random.floats(channels, 0.5f);
    std::vector<float> y(x.size());
    cpu::GroupNormScratch scratch(pixels, channels);
    cpu::groupNorm(pool,
                   {.x = matrix(x, pixels),
                    .y = matrix(y, pixels),
                    .affine = {.weight = weight, .bias = bias},
                    .silu = silu},
                   scratch);
    Values expected = reference::groupNorm(reference::valuesOf(x), {.rows = pixels, .cols = channels}, 32,
                                           reference::valuesOf(weight), reference::valuesOf(bias),
                                           static_cast<double>(1e-6f));
    if (silu)
        expected = reference::silu(expected);
    // Sums of 256 numbers of magnitude 10 in f32, a deviation of at least 1, weights up to 2; x * scale +
    // shift rounds numbers of magnitude 20 twice more.
    compare(y, expected, (256.0 + 16.0) * unit * 10.0 * 2.0);
}

void TestKernels::ropeTurnsHalves_data()
{
    QTest::addColumn<int>("headDim");
    QTest::addColumn<float>("scaling");
    for (const int headDim : {2, 16, 30, 128})
        for (const float scaling : {1.0f, 2.0f})
            QTest::addRow("%d / %g", headDim, static_cast<double>(scaling)) << headDim << scaling;
}

void TestKernels::ropeTurnsHalves()
{
    QFETCH(int, headDim);
    QFETCH(float, scaling);
    const BackboneConfig config{.headDim = headDim, .ropeTheta = 10000.0f, .ropeScaling = scaling};
    const cpu::RopeTable table(config, 2100);
    RandomWeights random(DType::F32);
    const std::vector<float> head = random.floats(headDim);
    for (const int position : {0, 1, 62, 511, 2099}) {
        std::vector<float> turned(head.size());
        table.rotate(head, position, turned);
        // The angle is an f32 made of an f32 frequency: it is off by two units of itself.
        compare(turned,
                reference::rope(reference::valuesOf(head), position,
                                {.theta = 10000.0, .scaling = static_cast<double>(scaling)}),
                (3.0 * position + 4.0) * unit * 1.5);
        std::vector<float> inPlace = head;
        table.rotate(inPlace, position, inPlace);
        QCOMPARE(inPlace, turned);
    }
}

void TestKernels::convolutionKeepsTheSize_data()
{
    QTest::addColumn<int>("kernel");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    QTest::addColumn<bool>("doubled");
    for (const auto &[in, out] : {std::pair{3, 5}, {24, 32}, {32, 3}, {200, 64}}) {
        QTest::addRow("1x1 %d to %d", in, out) << 1 << in << out << false;
        QTest::addRow("3x3 %d to %d", in, out) << 3 << in << out << false;
        QTest::addRow("3x3 doubled %d to %d", in, out) << 3 << in << out << true;
    }
}

void TestKernels::convolutionKeepsTheSize()
{
    QFETCH(int, kernel);
    QFETCH(int, in);
    QFETCH(int, out);
    QFETCH(bool, doubled);
    RandomWeights random(DType::BF16);
    ThreadPool pool(2);
    const ConvWeights weights{.weight = random.tensor({out, in, kernel, kernel}, 0.5f),
                              .bias = random.tensor({out}, 0.5f)};
    const cpu::Convolution convolution(weights);
    QCOMPARE(convolution.in(), in);
    QCOMPARE(convolution.out(), out);
    const int height = 7, width = 10, factor = doubled ? 2 : 1;
    std::vector<float> x = random.floats(std::int64_t{height} * width * in);
    std::vector<float> y(static_cast<std::size_t>(factor * height * factor * width * out));
    std::vector<float> scratch(2 * static_cast<std::size_t>(cpu::convolutionScratch(convolution)));
    cpu::convolve(
        pool,
        {.convolution = convolution,
         .x = {.data = x.data(), .height = height, .width = width, .channels = in},
         .y = {.data = y.data(), .height = factor * height, .width = factor * width, .channels = out},
         .doubled = doubled},
        {scratch.data(), 2, cpu::convolutionScratch(convolution)});

    const reference::Map map{
        .height = height, .width = width, .channels = in, .values = reference::valuesOf(x)};
    const reference::Map expected =
        reference::convolve(doubled ? reference::doubled(map) : map, weights.weight, weights.bias);
    const std::int64_t terms = std::int64_t{in} * kernel * kernel;
    compare(y, expected.values, sumTolerance(terms, 0.5 * static_cast<double>(terms) + 0.5));
}

void TestKernels::resizeInterpolatesBetweenPixelCentres_data()
{
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    for (const auto &[height, width] : {std::pair{4, 6}, {8, 12}, {7, 9}, {2, 3}, {1, 1}})
        QTest::addRow("4x6 to %dx%d", height, width) << height << width;
}

void TestKernels::resizeInterpolatesBetweenPixelCentres()
{
    QFETCH(int, height);
    QFETCH(int, width);
    RandomWeights random(DType::F32);
    std::vector<float> x = random.floats(4 * 6 * 5);
    std::vector<float> y(static_cast<std::size_t>(height * width * 5));
    cpu::resizeBilinear({.data = x.data(), .height = 4, .width = 6, .channels = 5},
                        {.data = y.data(), .height = height, .width = width, .channels = 5});
    const reference::Map map{.height = 4, .width = 6, .channels = 5, .values = reference::valuesOf(x)};
    // Source coordinates up to 6 are off by two units of theirs, between values that differ by 2 at most.
    compare(y, reference::resizeBilinear(map, height, width).values, (4.0 * 6.0 + 8.0) * 2.0 * unit);
    if (height == 4 && width == 6)
        QCOMPARE(y, x);
}

QTEST_APPLESS_MAIN(TestKernels)
#include "test_kernels.moc"

// SPDX-License-Identifier: Apache-2.0
//
// Every kernel against its reference in double. Tolerances are bounds on what rounding can do, not measured
// figures.
#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/attention.h"
#include "engine/backend/cpu/convolution.h"
#include "engine/backend/cpu/fetch_ahead.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/matmul_tiling.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/panels.h"
#include "engine/backend/cpu/resize.h"
#include "engine/backend/cpu/rope.h"
#include "engine/backend/reference/reference_kernels.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace fastcar;
using reference::Values;

namespace {

constexpr double unit = 0x1p-24; // half an ulp, relative: what one rounding costs

/// A sum of n products in `parts` sums, eight lanes or a panel's two: every term meets at most n / parts + 3
/// additions, and one rounding of its own.
double sumTolerance(std::int64_t n, double magnitudes, double parts = 8.0)
{
    return (static_cast<double>(n) / parts + 5.0) * unit * magnitudes;
}

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

void compare(std::span<const float> actual, const Values &expected, const Values &tolerance)
{
    QCOMPARE(actual.size(), expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double difference = std::abs(static_cast<double>(actual[i]) - expected[i]);
        if (!(difference <= tolerance[i]))
            QFAIL(qPrintable(QString("element %1: %2 instead of %3, allowed were %4")
                                 .arg(i)
                                 .arg(static_cast<double>(actual[i]), 0, 'g', 10)
                                 .arg(expected[i], 0, 'g', 10)
                                 .arg(tolerance[i])));
    }
}

void compare(std::span<const float> actual, const Values &expected, double tolerance)
{
    compare(actual, expected, Values(expected.size(), tolerance));
}

Values absolutes(Values values)
{
    for (double &v : values)
        v = std::abs(v);
    return values;
}

MatrixView<float> matrix(std::vector<float> &values, std::int64_t rows)
{
    return {values.data(), rows, static_cast<std::int64_t>(values.size()) / rows};
}

/// One query's attention, its context in `parts` parts.
std::vector<float> attended(const cpu::KvHead &head, std::span<const float> query,
                            const cpu::Visible &visible, int parts)
{
    const std::size_t width = static_cast<std::size_t>(head.headDim + 7) / 8 * 8;
    const std::size_t count = static_cast<std::size_t>(parts);
    std::vector<float> scratch(static_cast<std::size_t>(cpu::roundUpToKeys(visible.position + 1)), NAN);
    std::vector<float> values(count * width, NAN);
    std::vector<cpu::AttentionPart> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        all[i].values = values.data() + i * width;
        cpu::attend(head, query, visible.part(static_cast<int>(i), parts), scratch, all[i]);
    }
    std::vector<float> out(static_cast<std::size_t>(head.headDim));
    cpu::joinParts(all, out);
    return out;
}

} // namespace

class TestKernels : public QObject {
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
    void numbersAreKeptAsTheNearestF16();
    void attentionSeesItsWindow_data();
    void attentionSeesItsWindow();
    void contextIsCutWhereHeadsAreFew();
    void threadsFetchThePanelsThatTheyBeginWith();

    void convolutionKeepsTheSize_data();
    void convolutionKeepsTheSize();
    void resizeInterpolatesBetweenPixelCentres_data();
    void resizeInterpolatesBetweenPixelCentres();
};

void TestKernels::matmulComputesAllRows_data()
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

void TestKernels::matmulComputesAllRows()
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

    const reference::Matrix shape{.rows = rows, .cols = in};
    const Values w = reference::valuesOf(weight);
    const Values b = reference::valuesOf(bias);
    Values tolerance = reference::matmul(absolutes(reference::valuesOf(x)), shape, absolutes(w),
                                         absolutes(b)); // sum |x| |w|
    for (double &t : tolerance)
        t = sumTolerance(in, t, weights.parts());
    compare(y, reference::matmul(reference::valuesOf(x), shape, w, b), tolerance);
}

void TestKernels::aRowOfMatmulDoesNotDependOnItsNeighbours()
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

void TestKernels::matmulGivesTheSameBitsOnAnyNumberOfThreads_data()
{
    QTest::addColumn<bool>("panels");
    QTest::addRow("as stored") << false;
    QTest::addRow("in panels") << true;
}

void TestKernels::matmulGivesTheSameBitsOnAnyNumberOfThreads()
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

void TestKernels::gatedMatmulMultipliesSiluWithUp()
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

    const reference::Matrix shape{.rows = rows, .cols = in};
    const Values xs = reference::valuesOf(x);
    const Values gates = reference::matmul(xs, shape, reference::valuesOf(gate.weight), {});
    const Values ups = reference::matmul(xs, shape, reference::valuesOf(up.weight), {});
    const Values gateSums =
        reference::matmul(absolutes(xs), shape, absolutes(reference::valuesOf(gate.weight)), {});
    const Values upSums =
        reference::matmul(absolutes(xs), shape, absolutes(reference::valuesOf(up.weight)), {});
    Values expected = reference::silu(gates);
    Values tolerance;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        // |silu'| <= 1.1; the exponential and what follows it cost a dozen roundings more.
        tolerance.push_back(1.1 * sumTolerance(in, gateSums[i], parts) * std::abs(ups[i]) +
                            std::abs(expected[i]) * sumTolerance(in, upSums[i], parts) +
                            12.0 * unit * std::abs(expected[i] * ups[i]) + 1e-30);
        expected[i] *= ups[i];
    }
    compare(y, expected, tolerance);
}

void TestKernels::gateAndUpMayBeStoredDifferently()
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

void TestKernels::matmulReadsUnalignedWeights()
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

/// Between each f16 and the next: what is half-way goes to the one whose last bit is 0, the floats beside it
/// to the nearer one.
void TestKernels::numbersAreKeptAsTheNearestF16()
{
    constexpr int infinity = 0x7c00;
    const auto valueOf = [](int half) {
        const int exponent = half >> 10;
        return exponent == 0 ? std::ldexp(static_cast<float>(half), -24)
                             : std::ldexp(static_cast<float>(1024 + half % 1024), exponent - 25);
    };
    cpu::KvCache cache(
        {.layers = 1, .rows = 1, .kvHeads = 1, .positions = 1, .headDim = 6, .type = DType::F16});
    const cpu::KvHead head = cache.head(0, 0, 0);
    std::array<float, 6> kept{};
    for (int half = 0; half < infinity; ++half) {
        const float low = valueOf(half),
                    high = valueOf(half + 1); // behind the last 65536, which becomes infinite
        const float middle = (low + high) / 2.0f, below = std::nextafter(middle, 0.0f),
                    above = std::nextafter(middle, high);
        head.append(0, std::array{below, middle, above, -below, -middle, -above}, kept);
        head.key(0, kept);
        const float next = half + 1 < infinity ? high : std::numeric_limits<float>::infinity();
        const float even = half % 2 == 0 ? low : next;
        QCOMPARE(kept, (std::array{low, even, next, -low, -even, -next}));
    }
}

void TestKernels::attentionSeesItsWindow_data()
{
    QTest::addColumn<DType>("type");
    QTest::addColumn<int>("headDim");
    QTest::addColumn<int>("positions");
    QTest::addColumn<int>("sinks");
    QTest::addColumn<int>("window"); // 0: everything
    for (const int headDim : {2, 16, 20, 64, 128}) {
        for (const int positions : {1, 7, 8, 9, 64, 65, 200}) {
            for (const DType type : {DType::F32, DType::F16})
                QTest::addRow("%s %d x %d full", name(type), headDim, positions)
                    << type << headDim << positions << 0 << 0;
            for (const int sinks : {0, 1, 3, 8, 60})
                for (const int window : {1, 4, 8, 57, 500})
                    QTest::addRow("%d x %d window %d+%d", headDim, positions, sinks, window)
                        << DType::F32 << headDim << positions << sinks << window;
        }
    }
}

/// Random numbers are exact in f16 as well.
void TestKernels::attentionSeesItsWindow()
{
    QFETCH(DType, type);
    QFETCH(int, headDim);
    QFETCH(int, positions);
    QFETCH(int, sinks);
    QFETCH(int, window);
    const AttentionSpan span{.windowed = window > 0, .sinks = sinks, .window = window};
    RandomWeights random(DType::F32, static_cast<unsigned>(headDim + positions));
    cpu::KvCache cache(
        {.layers = 2, .rows = 2, .kvHeads = 2, .positions = positions, .headDim = headDim, .type = type});
    const cpu::KvHead head = cache.head(1, 0, 1);
    const std::vector<float> keys = random.floats(std::int64_t{positions} * headDim, 2.0f);
    const std::vector<float> values = random.floats(std::int64_t{positions} * headDim);
    const std::vector<float> query = random.floats(headDim, 2.0f);
    const std::size_t width = static_cast<std::size_t>(headDim);
    for (int p = 0; p < positions; ++p) {
        const std::size_t at = static_cast<std::size_t>(p) * width;
        head.append(p, std::span(keys).subspan(at, width), std::span(values).subspan(at, width));
    }
    std::vector<float> back(width);
    head.key(positions / 2, back);
    const auto middle = keys.begin() + std::ptrdiff_t{positions / 2} * headDim;
    QCOMPARE(back, std::vector<float>(middle, middle + headDim));

    // A score is a sum of headDim products up to 4, over sqrt(headDim), in one lane; its error moves the
    // weights by that much, twice (numerator and sum). Values are up to 1; sums of weights over the positions
    // in two lanes, and over the parts.
    const double score = (headDim + 4.0) * unit * 4.0 * std::sqrt(headDim);
    const Values expected = reference::attention(reference::valuesOf(query), reference::valuesOf(keys),
                                                 reference::valuesOf(values), span);
    const cpu::Visible visible(span, positions - 1);
    const std::int64_t blocks = visible.position / cpu::keysTogether - visible.from / cpu::keysTogether + 1;
    for (const int parts : {1, 2, 3, cpu::mostContextParts}) {
        if (parts <= blocks)
            compare(attended(head, query, visible, parts), expected,
                    2.0 * score + (positions / 2.0 + 40.0) * unit);
    }
}

void TestKernels::contextIsCutWhereHeadsAreFew()
{
    QCOMPARE(cpu::contextParts(1, 3), 1);
    QCOMPARE(cpu::contextParts(127, 3), 1);
    QCOMPARE(cpu::contextParts(128, 3), 2);
    QCOMPARE(cpu::contextParts(4096, 3), 4);
    QCOMPARE(cpu::contextParts(4096, 1), cpu::mostContextParts);
    QCOMPARE(cpu::contextParts(4096, 32), 1);

    // Every visible position lies in one part, and no part is empty.
    for (const AttentionSpan span : {AttentionSpan{},
                                     {.windowed = true, .sinks = 4, .window = 100},
                                     {.windowed = true, .sinks = 90, .window = 250}}) {
        const cpu::Visible visible(span, 301);
        for (const int parts : {1, 2, cpu::contextParts(visible.stretch(), 1)}) {
            std::int64_t next = visible.from, count = 0;
            for (int i = 0; i < parts; ++i) {
                const cpu::Visible part = visible.part(i, parts);
                QCOMPARE(part.sinks, i == 0 ? visible.sinks : 0);
                QCOMPARE(part.from, next);
                QVERIFY(part.position >= part.from);
                next = part.position + 1;
                count += part.count();
            }
            QCOMPARE(next, visible.position + 1);
            QCOMPARE(count, visible.count());
        }
    }
}

void TestKernels::threadsFetchThePanelsThatTheyBeginWith()
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

// SPDX-License-Identifier: Apache-2.0
//
// Attention over a cache of keys and values, whole and in parts, against its reference in double.
#include "engine/backend/cpu/attention.h"
#include "engine/backend/cpu/quantised_rows.h"
#include "tests/backend/kernel_bounds.h"
#include "tests/backend/random_weights.h"

using namespace fastcar;

namespace {

/// One query's attention, its context in `parts` parts.
std::vector<float> attended(const cpu::KvHead &head, std::span<const float> query,
                            const cpu::Visible &visible, int parts)
{
    const std::size_t width = static_cast<std::size_t>(cpu::widthOfPart(head.headDim));
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

/// Vectors of `width` numbers as 8 bits keep them: 127 is the greatest magnitude of each.
std::vector<float> inEightBits(std::vector<float> x, std::size_t width)
{
    for (std::size_t begin = 0; begin < x.size(); begin += width) {
        const std::span<float> vector = std::span(x).subspan(begin, width);
        float most = 0.0f;
        for (const float number : vector)
            most = std::max(most, std::abs(number));
        for (float &number : vector)
            number = most > 0.0f ? std::nearbyint(number * (127.0f / most)) * (most / 127.0f) : 0.0f;
    }
    return x;
}

} // namespace

class TestAttention : public QObject {
    Q_OBJECT

private slots:
    void numbersAreKeptAsTheNearestF16();
    void attentionSeesItsWindow_data();
    void attentionSeesItsWindow();
    void contextIsCutWhereHeadsAreFew();
};

/// Between each f16 and the next: what is half-way goes to the one whose last bit is 0, the floats beside it
/// to the nearer one.
void TestAttention::numbersAreKeptAsTheNearestF16()
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

void TestAttention::attentionSeesItsWindow_data()
{
    QTest::addColumn<DType>("type");
    QTest::addColumn<int>("headDim");
    QTest::addColumn<int>("positions");
    QTest::addColumn<int>("sinks");
    QTest::addColumn<int>("window"); // 0: everything
    for (const int headDim : {2, 16, 20, 64, 128}) {
        for (const int positions : {1, 7, 8, 9, 64, 65, 200}) {
            for (const DType type : {DType::F32, DType::F16, DType::I8})
                QTest::addRow("%s %d x %d full", name(type), headDim, positions)
                    << type << headDim << positions << 0 << 0;
            for (const int sinks : {0, 1, 3, 8, 60})
                for (const int window : {1, 4, 8, 57, 500})
                    for (const DType type : {DType::F32, DType::I8})
                        QTest::addRow("%s %d x %d window %d+%d", name(type), headDim, positions, sinks,
                                      window)
                            << type << headDim << positions << sinks << window;
        }
    }
}

/// Random numbers are exact in f16 as well; those in 8 bits are held against what is kept of them.
void TestAttention::attentionSeesItsWindow()
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
    std::vector<float> keys = random.floats(std::int64_t{positions} * headDim, 2.0f);
    std::vector<float> values = random.floats(std::int64_t{positions} * headDim);
    const std::vector<float> query = random.floats(headDim, 2.0f);
    const std::size_t width = static_cast<std::size_t>(headDim);
    for (int p = 0; p < positions; ++p) {
        const std::size_t at = static_cast<std::size_t>(p) * width;
        head.append(p, std::span(keys).subspan(at, width), std::span(values).subspan(at, width));
    }
    if (type == DType::I8) {
        keys = inEightBits(std::move(keys), width);
        values = inEightBits(std::move(values), width);
    }
    std::vector<float> back(width);
    head.key(positions / 2, back);
    const auto middle = keys.begin() + std::ptrdiff_t{positions / 2} * headDim;
    QCOMPARE(back, std::vector<float>(middle, middle + headDim));

    // A score is a sum of headDim products up to 4, over sqrt(headDim), in one lane; its error moves the
    // weights by that much, twice (numerator and sum). Values are up to 1; sums of weights over the positions
    // in two lanes, and over the parts. Beside 8 bits the query's numbers are off by half a step of 2 /
    // wideTop, and so are the weights, of which none is above the sum of all.
    const bool narrow = type == DType::I8;
    const double step = narrow ? 0.5 / cpu::wideTop : 0.0;
    const double score =
        (headDim + 4.0) * unit * 4.0 * std::sqrt(headDim) + 2.0 * step * 2.0 * std::sqrt(headDim);
    const std::int64_t seen = cpu::Visible(span, positions - 1).count();
    const double weights = static_cast<double>(seen) * step;
    const Values expected = reference::attention(reference::valuesOf(query), reference::valuesOf(keys),
                                                 reference::valuesOf(values), span);
    const cpu::Visible visible(span, positions - 1);
    const std::int64_t blocks = visible.position / cpu::keysTogether - visible.from / cpu::keysTogether + 1;
    for (const int parts : {1, 2, 3, cpu::mostContextParts}) {
        if (parts <= blocks)
            compare(attended(head, query, visible, parts), expected,
                    2.0 * score + weights + (positions / 2.0 + 40.0) * unit);
    }
}

void TestAttention::contextIsCutWhereHeadsAreFew()
{
    QCOMPARE(cpu::contextParts(1, 3), 1);
    QCOMPARE(cpu::contextParts(255, 3), 1);
    QCOMPARE(cpu::contextParts(256, 3), 2);
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

QTEST_APPLESS_MAIN(TestAttention)
#include "test_attention.moc"

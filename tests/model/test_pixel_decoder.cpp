// SPDX-License-Identifier: Apache-2.0
//
// The pixel decoder on random weights in shapes that the golden model does not have: attention at several
// levels, a resized latent, shortcuts. Against a decoder made of the reference kernels.
#include "engine/backend/reference/reference_kernels.h"
#include "engine/backend/thread_pool.h"
#include "engine/model/pixel_decoder.h"
#include "tests/backend/random_weights.h"

#include <QTest>

#include <cmath>
#include <optional>

using namespace fastcar;
using reference::Map;
using reference::Values;

namespace {

struct Shapes {
    std::vector<int> multipliers;
    int blocks = 1;                   // num_res_blocks
    std::vector<int> attentionLevels; // that have attention behind each block
    std::optional<PixelDecoderConfig::Latent> latent;
};

class RandomDecoder {
public:
    explicit RandomDecoder(const Shapes &shapes)
        : random_(DType::BF16, 5)
    {
        const int levels = static_cast<int>(shapes.multipliers.size());
        config = {.embedding = 12,
                  .zChannels = 16,
                  .channels = 32,
                  .channelMultipliers = shapes.multipliers,
                  .residualBlocks = shapes.blocks,
                  .resolution = 0,
                  .attentionResolutions = {},
                  .outputChannels = 3,
                  .latent = shapes.latent,
                  .frameHeight = (shapes.latent ? shapes.latent->height : gridHeight) << (levels - 1),
                  .frameWidth = (shapes.latent ? shapes.latent->width : gridWidth) << (levels - 1)};
        int channels = 32 * shapes.multipliers.back();
        weights.postQuant = random_.conv(16, 12, 1);
        weights.input = random_.conv(channels, 16, 3);
        weights.middle1 = block(channels, channels);
        weights.middleAttention = attention(channels);
        weights.middle2 = block(channels, channels);
        weights.levels.resize(shapes.multipliers.size());
        for (int level = levels - 1; level >= 0; --level) {
            DecoderLevelWeights &made = weights.levels[static_cast<std::size_t>(level)];
            const int out = 32 * shapes.multipliers[static_cast<std::size_t>(level)];
            const bool attends = std::ranges::count(shapes.attentionLevels, level) > 0;
            for (int b = 0; b <= shapes.blocks; ++b) {
                made.blocks.push_back(block(b == 0 ? channels : out, out));
                if (attends)
                    made.attention.push_back(attention(out));
            }
            channels = out;
            if (level > 0)
                made.upsample = random_.conv(channels, channels, 3);
        }
        weights.outputNorm = random_.norm(channels);
        weights.output = random_.conv(3, channels, 3);
        z = random_.floats(std::int64_t{gridHeight} * gridWidth * config.embedding);
    }

    static constexpr int gridHeight = 4;
    static constexpr int gridWidth = 6;
    PixelDecoderConfig config;
    PixelDecoderWeights weights;
    std::vector<float> z;

private:
    ResidualBlockWeights block(int in, int out)
    {
        return {.norm1 = random_.norm(in),
                .conv1 = random_.conv(out, in, 3),
                .norm2 = random_.norm(out),
                .conv2 = random_.conv(out, out, 3),
                .shortcut = in == out ? ConvWeights{} : random_.conv(out, in, 1)};
    }
    AttentionBlockWeights attention(int channels)
    {
        return {.norm = random_.norm(channels),
                .query = random_.conv(channels, channels, 1),
                .key = random_.conv(channels, channels, 1),
                .value = random_.conv(channels, channels, 1),
                .output = random_.conv(channels, channels, 1)};
    }

    RandomWeights random_;
};

Map plus(Map a, const Map &b)
{
    for (std::size_t i = 0; i < a.values.size(); ++i)
        a.values[i] += b.values[i];
    return a;
}

Map norm(Map x, const NormWeights &weights)
{
    x.values =
        reference::groupNorm(x.values, {.rows = std::int64_t{x.height} * x.width, .cols = x.channels}, 32,
                             reference::valuesOf(weights.weight), reference::valuesOf(weights.bias), 1e-6);
    return x;
}

Map silu(Map x)
{
    x.values = reference::silu(x.values);
    return x;
}

Map conv(const Map &x, const ConvWeights &weights)
{
    return reference::convolve(x, weights.weight, weights.bias);
}

Map apply(const ResidualBlockWeights &block, const Map &x)
{
    const Map inner = conv(silu(norm(x, block.norm1)), block.conv1);
    const Map outer = conv(silu(norm(inner, block.norm2)), block.conv2);
    return plus(block.shortcut.weight ? conv(x, block.shortcut) : x, outer);
}

Map apply(const AttentionBlockWeights &block, const Map &x)
{
    const Map normed = norm(x, block.norm);
    const Map q = conv(normed, block.query), k = conv(normed, block.key), v = conv(normed, block.value);
    Map attended = q;
    const std::ptrdiff_t width = x.channels;
    for (std::ptrdiff_t p = 0; p < std::ptrdiff_t{x.height} * x.width; ++p) {
        const auto query = q.values.begin() + p * width;
        const Values out = reference::attention(Values(query, query + width), k.values, v.values, {});
        std::ranges::copy(out, attended.values.begin() + p * width);
    }
    return plus(x, conv(attended, block.output));
}

Map decode(const RandomDecoder &made)
{
    Map x{.height = RandomDecoder::gridHeight,
          .width = RandomDecoder::gridWidth,
          .channels = made.config.embedding,
          .values = reference::valuesOf(made.z)};
    if (made.config.latent)
        x = reference::resizeBilinear(x, made.config.latent->height, made.config.latent->width);
    x = conv(conv(x, made.weights.postQuant), made.weights.input);
    x = apply(made.weights.middle2, apply(made.weights.middleAttention, apply(made.weights.middle1, x)));
    for (std::size_t level = made.weights.levels.size(); level-- > 0;) {
        const DecoderLevelWeights &weights = made.weights.levels[level];
        for (std::size_t b = 0; b < weights.blocks.size(); ++b) {
            x = apply(weights.blocks[b], x);
            if (b < weights.attention.size())
                x = apply(weights.attention[b], x);
        }
        if (weights.upsample.weight)
            x = conv(reference::doubled(x), weights.upsample);
    }
    return conv(silu(norm(x, made.weights.outputNorm)), made.weights.output);
}

} // namespace

class TestPixelDecoder : public QObject {
    Q_OBJECT

private slots:
    void decodesAsTheReference_data();
    void decodesAsTheReference();
    void bytesAreClampedAndTruncated();
    void threadsDoNotChangeABit();
};

Q_DECLARE_METATYPE(Shapes)

void TestPixelDecoder::decodesAsTheReference_data()
{
    QTest::addColumn<Shapes>("shapes");
    QTest::addRow("one level") << Shapes{.multipliers = {1}, .attentionLevels = {}, .latent = {}};
    QTest::addRow("two levels") << Shapes{.multipliers = {1, 2}, .attentionLevels = {}, .latent = {}};
    QTest::addRow("attention everywhere")
        << Shapes{.multipliers = {1, 2}, .attentionLevels = {0, 1}, .latent = {}};
    QTest::addRow("attention at the lowest")
        << Shapes{.multipliers = {1, 1, 2}, .blocks = 2, .attentionLevels = {2}, .latent = {}};
    QTest::addRow("a larger latent") << Shapes{.multipliers = {2, 1},
                                               .attentionLevels = {},
                                               .latent = PixelDecoderConfig::Latent{.height = 7, .width = 9}};
    QTest::addRow("a smaller latent")
        << Shapes{.multipliers = {1, 2},
                  .attentionLevels = {1},
                  .latent = PixelDecoderConfig::Latent{.height = 3, .width = 2}};
}

void TestPixelDecoder::decodesAsTheReference()
{
    QFETCH(Shapes, shapes);
    const RandomDecoder made(shapes);
    ThreadPool pool(2);
    PixelDecoder decoder({.config = made.config,
                          .gridHeight = RandomDecoder::gridHeight,
                          .gridWidth = RandomDecoder::gridWidth,
                          .weights = made.weights},
                         pool);
    QCOMPARE(decoder.width(), made.config.frameWidth);
    QCOMPARE(decoder.height(), made.config.frameHeight);
    const MatrixView<const float> z{made.z.data(), 24, made.config.embedding};
    const Map expected = decode(made);
    QCOMPARE(expected.height, made.config.frameHeight);
    std::vector<float> values(expected.values.size());
    decoder.decode(z, std::span(values));
    double largest = 0.0;
    for (const double v : expected.values)
        largest = std::max(largest, std::abs((v + 1.0) * 127.5));
    for (std::size_t i = 0; i < values.size(); ++i)
        QVERIFY(std::abs(static_cast<double>(values[i]) - (expected.values[i] + 1.0) * 127.5) <
                2e-5 * largest);

    const std::vector<float> first = values;
    decoder.decode(z, std::span(values));
    QCOMPARE(values, first);
}

void TestPixelDecoder::bytesAreClampedAndTruncated()
{
    const RandomDecoder made({.multipliers = {1, 2}, .attentionLevels = {}, .latent = {}});
    ThreadPool pool(1);
    PixelDecoder decoder({.config = made.config,
                          .gridHeight = RandomDecoder::gridHeight,
                          .gridWidth = RandomDecoder::gridWidth,
                          .weights = made.weights},
                         pool);
    const MatrixView<const float> z{made.z.data(), 24, made.config.embedding};
    std::vector<float> values(static_cast<std::size_t>(decoder.width() * decoder.height() * 3));
    std::vector<std::uint8_t> bytes(values.size());
    decoder.decode(z, std::span(values));
    decoder.decode(z, std::span(bytes));
    bool below = false, above = false, within = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        below |= values[i] < 0.0f;
        above |= values[i] > 255.0f;
        within |= values[i] > 1.0f && values[i] < 254.0f;
        QCOMPARE(static_cast<int>(bytes[i]),
                 static_cast<int>(std::clamp(std::floor(values[i]), 0.0f, 255.0f)));
    }
    QVERIFY(below && above && within); // or the test says nothing
}

void TestPixelDecoder::threadsDoNotChangeABit()
{
    const RandomDecoder made({.multipliers = {1, 2}, .attentionLevels = {1}, .latent = {}});
    const PixelDecoder::Source source{.config = made.config,
                                      .gridHeight = RandomDecoder::gridHeight,
                                      .gridWidth = RandomDecoder::gridWidth,
                                      .weights = made.weights};
    std::vector<std::vector<float>> results;
    for (const int threads : {1, 2, 3}) {
        ThreadPool pool(threads);
        PixelDecoder decoder(source, pool);
        std::vector<float> &values =
            results.emplace_back(static_cast<std::size_t>(decoder.width() * decoder.height() * 3));
        decoder.decode({made.z.data(), 24, made.config.embedding}, std::span(values));
    }
    QCOMPARE(results[1], results[0]);
    QCOMPARE(results[2], results[0]);
}

QTEST_APPLESS_MAIN(TestPixelDecoder)
#include "test_pixel_decoder.moc"

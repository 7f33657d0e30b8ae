// SPDX-License-Identifier: Apache-2.0
#include "engine/model/pixel_decoder.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/convolution.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/resize.h"
#include "engine/backend/cpu/weight_store.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace fastcar {

namespace {

using cpu::AlignedBuffer;
using cpu::Convolution;
using cpu::FeatureMap;

constexpr std::int64_t queriesAtATime = 24; // of an attention block

struct ResidualBlock {
    cpu::Affine norm1, norm2;
    Convolution conv1, conv2, shortcut;
};

struct AttentionBlock {
    cpu::Affine norm;
    Convolution query, key, value, output;
};

struct Level {
    std::vector<ResidualBlock> blocks;
    std::vector<AttentionBlock> attention;
    Convolution upsample;
};

} // namespace

struct PixelDecoder::Impl {
    Impl(const Source &source, ThreadPool &threadPool);

    cpu::Affine affine(const NormWeights &norm)
    {
        return {.weight = weights.vector(norm.weight), .bias = weights.vector(norm.bias)};
    }
    ResidualBlock residualBlock(const ResidualBlockWeights &block);
    AttentionBlock attentionBlock(const AttentionBlockWeights &block);
    void makeRoom();

    void run(MatrixView<const float> z);
    void apply(const ResidualBlock &block);
    void apply(const AttentionBlock &block);
    void attendPixels(std::int64_t pixels, std::int64_t channels);
    void normAndSilu(const cpu::Affine &norm, const FeatureMap &from, const FeatureMap &to);
    void convolve(const Convolution &convolution, const FeatureMap &from, const FeatureMap &to,
                  bool doubled = false);
    /// x becomes what `convolution` makes of it.
    void replace(const Convolution &convolution, bool doubled = false);
    void addInto(const FeatureMap &sum, const FeatureMap &addend);
    FeatureMap like(const FeatureMap &map, AlignedBuffer &buffer, std::int64_t channels) const
    {
        return {.data = buffer.data(), .height = map.height, .width = map.width, .channels = channels};
    }

    ThreadPool &pool;
    PixelDecoderConfig config;
    int gridHeight, gridWidth;
    cpu::WeightStore weights;
    Convolution postQuant, input, output;
    ResidualBlock middle1, middle2;
    AttentionBlock middleAttention;
    std::vector<Level> levels;
    cpu::Affine outputNorm;

    FeatureMap x;                         // the map that is worked on, in `current`
    AlignedBuffer current, first, second; // three maps of the largest size
    AlignedBuffer keys, values;           // of attention blocks: [pixels, channels], [channels, pixels]
    AlignedBuffer scores;                 // [threads, queriesAtATime, pixels]
    AlignedBuffer gathered;               // [threads, floats of a convolution's pixels]
    std::int64_t gatheredWidth = 0;
    cpu::GroupNormScratch norms;
};

PixelDecoder::Impl::Impl(const Source &source, ThreadPool &threadPool)
    : pool(threadPool)
    , config(source.config)
    , gridHeight(source.gridHeight)
    , gridWidth(source.gridWidth)
{
    const PixelDecoderWeights &stored = source.weights;
    postQuant = Convolution(stored.postQuant);
    input = Convolution(stored.input);
    middle1 = residualBlock(stored.middle1);
    middleAttention = attentionBlock(stored.middleAttention);
    middle2 = residualBlock(stored.middle2);
    for (const DecoderLevelWeights &level : stored.levels) {
        Level &made = levels.emplace_back();
        for (const ResidualBlockWeights &block : level.blocks)
            made.blocks.push_back(residualBlock(block));
        for (const AttentionBlockWeights &block : level.attention)
            made.attention.push_back(attentionBlock(block));
        made.upsample = Convolution(level.upsample);
    }
    outputNorm = affine(stored.outputNorm);
    output = Convolution(stored.output);
    makeRoom();
}

ResidualBlock PixelDecoder::Impl::residualBlock(const ResidualBlockWeights &block)
{
    return {.norm1 = affine(block.norm1),
            .norm2 = affine(block.norm2),
            .conv1 = Convolution(block.conv1),
            .conv2 = Convolution(block.conv2),
            .shortcut = Convolution(block.shortcut)};
}

AttentionBlock PixelDecoder::Impl::attentionBlock(const AttentionBlockWeights &block)
{
    return {.norm = affine(block.norm),
            .query = Convolution(block.query),
            .key = Convolution(block.key),
            .value = Convolution(block.value),
            .output = Convolution(block.output)};
}

/// Walks the way that a frame takes and makes the buffers as large as the largest map on it.
void PixelDecoder::Impl::makeRoom()
{
    std::int64_t pixels = std::int64_t{gridHeight} * gridWidth;
    std::int64_t largest = pixels * config.embedding;
    std::int64_t attended = 0;
    std::int64_t attendedChannels = 0;
    std::int64_t mostPixels = pixels;
    std::int64_t mostChannels = 0;
    const auto visit = [&](const Convolution &convolution) {
        if (!convolution)
            return;
        const std::int64_t widest = std::max(convolution.in(), convolution.out());
        largest = std::max(largest, pixels * widest);
        mostPixels = std::max(mostPixels, pixels);
        mostChannels = std::max(mostChannels, widest);
        gatheredWidth = std::max(gatheredWidth, cpu::convolutionScratch(convolution));
    };
    const auto visitBlock = [&](const ResidualBlock &block) {
        visit(block.conv1);
        visit(block.conv2);
    };
    const auto visitAttention = [&](const AttentionBlock &block) {
        visit(block.query);
        attended = std::max(attended, pixels);
        attendedChannels = std::max(attendedChannels, pixels * block.query.in());
    };

    if (config.latent)
        pixels = std::int64_t{config.latent->height} * config.latent->width;
    visit(postQuant);
    visit(input);
    visitBlock(middle1);
    visitAttention(middleAttention);
    visitBlock(middle2);
    for (std::size_t level = levels.size(); level-- > 0;) {
        for (const ResidualBlock &block : levels[level].blocks)
            visitBlock(block);
        for (const AttentionBlock &block : levels[level].attention)
            visitAttention(block);
        if (levels[level].upsample)
            pixels *= 4;
        visit(levels[level].upsample);
    }
    visit(output);

    for (AlignedBuffer *map : {&current, &first, &second})
        *map = AlignedBuffer(1, largest);
    keys = AlignedBuffer(1, attendedChannels);
    values = AlignedBuffer(1, attendedChannels);
    scores = AlignedBuffer(pool.threads() * queriesAtATime, attended);
    gathered = AlignedBuffer(pool.threads(), gatheredWidth);
    norms = cpu::GroupNormScratch(mostPixels, mostChannels);
}

void PixelDecoder::Impl::run(MatrixView<const float> z)
{
    assert(z.rows == std::int64_t{gridHeight} * gridWidth && z.cols == config.embedding);
    x = {.data = current.data(), .height = gridHeight, .width = gridWidth, .channels = config.embedding};
    std::copy_n(z.data, z.rows * z.cols, x.data);
    if (config.latent) {
        const FeatureMap resized{.data = first.data(),
                                 .height = config.latent->height,
                                 .width = config.latent->width,
                                 .channels = config.embedding};
        cpu::resizeBilinear(x, resized);
        std::swap(current, first);
        x = resized;
    }
    replace(postQuant);
    replace(input);
    apply(middle1);
    apply(middleAttention);
    apply(middle2);
    for (std::size_t level = levels.size(); level-- > 0;) {
        for (std::size_t block = 0; block < levels[level].blocks.size(); ++block) {
            apply(levels[level].blocks[block]);
            if (block < levels[level].attention.size())
                apply(levels[level].attention[block]);
        }
        if (levels[level].upsample)
            replace(levels[level].upsample, true);
    }
    normAndSilu(outputNorm, x, x);
    replace(output);
}

void PixelDecoder::Impl::apply(const ResidualBlock &block)
{
    const FeatureMap normed = like(x, first, x.channels);
    const FeatureMap between = like(x, second, block.conv1.out());
    const FeatureMap again = like(x, first, block.conv1.out());
    normAndSilu(block.norm1, x, normed);
    convolve(block.conv1, normed, between);
    normAndSilu(block.norm2, between, again);
    convolve(block.conv2, again, between);
    if (block.shortcut)
        replace(block.shortcut);
    addInto(x, like(x, second, x.channels));
}

/// Every pixel attends to every pixel, with one head as wide as the channels.
void PixelDecoder::Impl::apply(const AttentionBlock &block)
{
    const std::int64_t channels = x.channels;
    const FeatureMap normed = like(x, first, channels);
    cpu::groupNorm(pool, {.x = x.matrix(), .y = normed.matrix(), .affine = block.norm}, norms);
    convolve(block.query, normed, like(x, second, channels));
    convolve(block.key, normed, like(x, keys, channels));

    // Values lie transposed, [channels, pixels]: the product's "weights" are the pixels, its rows the
    // weights.
    const cpu::Linear value = block.value.linear();
    const MatrixView<float> transposed{values.data(), channels, x.pixels()};
    cpu::matmul(pool, {.linear = {.weight = {.data = reinterpret_cast<const std::byte *>(normed.data),
                                             .type = DType::F32,
                                             .shape = {x.pixels(), channels}}},
                       .x = {reinterpret_cast<const float *>(value.weight.data), channels, channels},
                       .y = transposed});
    for (std::int64_t c = 0; c < channels; ++c)
        for (float &v : transposed.row(c))
            v += value.bias[c];

    attendPixels(x.pixels(), channels);
    convolve(block.output, like(x, second, channels), normed);
    addInto(x, normed);
}

/// From the queries in `second`, `keys` and `values`; what they attended to takes the queries' place.
void PixelDecoder::Impl::attendPixels(std::int64_t pixels, std::int64_t channels)
{
    const cpu::Linear byKeys{.weight = {.data = reinterpret_cast<const std::byte *>(keys.data()),
                                        .type = DType::F32,
                                        .shape = {pixels, channels}}};
    const cpu::Linear byValues{.weight = {.data = reinterpret_cast<const std::byte *>(values.data()),
                                          .type = DType::F32,
                                          .shape = {channels, pixels}}};
    const float scale = 1.0f / std::sqrt(static_cast<float>(channels));
    pool.forEachTile((pixels + queriesAtATime - 1) / queriesAtATime, [&](std::int64_t tile, int worker) {
        const std::int64_t begin = tile * queriesAtATime;
        const std::int64_t count = std::min(queriesAtATime, pixels - begin);
        const MatrixView<float> queries{second.data() + begin * channels, count, channels};
        const MatrixView<float> probabilities{scores.data() + worker * queriesAtATime * pixels, count,
                                              pixels};
        cpu::matmul({.linear = byKeys, .x = queries, .y = probabilities});
        for (std::int64_t q = 0; q < count; ++q) {
            for (float &score : probabilities.row(q))
                score *= scale;
            cpu::softmax(probabilities.row(q));
        }
        cpu::matmul({.linear = byValues, .x = probabilities, .y = queries});
    });
}

void PixelDecoder::Impl::normAndSilu(const cpu::Affine &norm, const FeatureMap &from, const FeatureMap &to)
{
    cpu::groupNorm(pool, {.x = from.matrix(), .y = to.matrix(), .affine = norm, .silu = true}, norms);
}

void PixelDecoder::Impl::convolve(const Convolution &convolution, const FeatureMap &from,
                                  const FeatureMap &to, bool doubled)
{
    cpu::convolve(pool, {.convolution = convolution, .x = from, .y = to, .doubled = doubled},
                  gathered.matrix(pool.threads(), gatheredWidth));
}

void PixelDecoder::Impl::replace(const Convolution &convolution, bool doubled)
{
    const int factor = doubled ? 2 : 1;
    const FeatureMap to{.data = first.data(),
                        .height = factor * x.height,
                        .width = factor * x.width,
                        .channels = convolution.out()};
    convolve(convolution, x, to, doubled);
    std::swap(current, first);
    x = to;
}

void PixelDecoder::Impl::addInto(const FeatureMap &sum, const FeatureMap &addend)
{
    constexpr std::size_t piece = 16 * 1024;
    const std::span<float> to = sum.all();
    const std::span<float> from = addend.all();
    pool.forEachTile(static_cast<std::int64_t>((to.size() + piece - 1) / piece), [&](std::int64_t tile) {
        const std::size_t begin = static_cast<std::size_t>(tile) * piece;
        const std::size_t count = std::min(piece, to.size() - begin);
        cpu::add(to.subspan(begin, count), from.subspan(begin, count));
    });
}

PixelDecoder::PixelDecoder(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool)
    : PixelDecoder(Source{.config = checkpoint->config().pixels,
                          .gridHeight = checkpoint->config().gridHeight,
                          .gridWidth = checkpoint->config().gridWidth,
                          .weights = checkpoint->weights().pixels},
                   pool)
{
}

PixelDecoder::PixelDecoder(const Source &source, ThreadPool &pool)
    : impl_(std::make_unique<Impl>(source, pool))
{
}

PixelDecoder::~PixelDecoder() = default;

int PixelDecoder::width() const
{
    return impl_->config.frameWidth;
}

int PixelDecoder::height() const
{
    return impl_->config.frameHeight;
}

void PixelDecoder::decode(MatrixView<const float> z, std::span<float> values)
{
    impl_->run(z);
    const std::span<const float> y = impl_->x.all();
    assert(values.size() == y.size());
    for (std::size_t i = 0; i < y.size(); ++i)
        values[i] = (y[i] + 1.0f) * 127.5f;
}

void PixelDecoder::decode(MatrixView<const float> z, std::span<std::uint8_t> rgb)
{
    impl_->run(z);
    const std::span<const float> y = impl_->x.all();
    assert(rgb.size() == y.size());
    for (std::size_t i = 0; i < y.size(); ++i) {
        const float value = (y[i] + 1.0f) * 127.5f;
        rgb[i] = value > 0.0f ? static_cast<std::uint8_t>(std::min(value, 255.0f)) : std::uint8_t{0};
    }
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/model/depth_transformer.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/vec8.h"
#include "engine/backend/cpu/weight_store.h"
#include "engine/model/code_embedding.h"

#include <cmath>
#include <vector>

namespace fastcar {

namespace {

using cpu::AlignedBuffer;
using cpu::Linear;

constexpr float layerNormEps = 1e-5f;

} // namespace

struct DepthTransformer::Impl {
    struct Layer {
        cpu::Affine norm1, norm2;
        Linear query, key, value, output, up, down;
        AlignedBuffer keys, values; // [K, rows, hidden]
    };

    Impl(std::shared_ptr<const Checkpoint> opened, ThreadPool &threadPool, int rows);

    cpu::Affine affine(const NormWeights &norm)
    {
        return {.weight = weights.vector(norm.weight), .bias = weights.vector(norm.bias)};
    }
    MatrixView<float> view(AlignedBuffer &buffer, std::int64_t width) { return buffer.matrix(rows, width); }

    /// What `x` holds, at position `depth`, through the layers and the classifier.
    MatrixView<const float> run();
    void runLayer(Layer &layer);
    void attend(const Layer &layer, std::int64_t row);

    std::shared_ptr<const Checkpoint> checkpoint; // keeps the weights mapped
    ThreadPool &pool;
    DepthConfig config;
    std::int64_t maxRows;
    cpu::WeightStore weights;
    Linear codeInput, stateInput, classifier;
    std::span<const float> positions; // [K, hidden]
    cpu::Affine classifierNorm;
    std::vector<Layer> layers;

    std::int64_t rows = 0;                               // of this position
    int depth = 0;                                       // the one that runs
    AlignedBuffer z;                                     // [maxRows, E]
    AlignedBuffer x, normed, query, attended, projected; // [maxRows, hidden]
    AlignedBuffer expanded;                              // [maxRows, width of the MLP]
    AlignedBuffer logits;                                // [maxRows, codes]
    std::vector<float> scores;                           // [K]
};

DepthTransformer::Impl::Impl(std::shared_ptr<const Checkpoint> opened, ThreadPool &threadPool, int rowsAtMost)
    : checkpoint(std::move(opened))
    , pool(threadPool)
    , config(checkpoint->config().depth)
    , maxRows(rowsAtMost)
    , z(maxRows, config.codeInput)
    , x(maxRows, config.hidden)
    , normed(maxRows, config.hidden)
    , query(maxRows, config.hidden)
    , attended(maxRows, config.hidden)
    , projected(maxRows, config.hidden)
    , logits(maxRows, config.codes)
    , scores(static_cast<std::size_t>(config.depth))
{
    const DepthWeights &stored = checkpoint->weights().depth;
    codeInput = weights.linear(stored.codeInput);
    stateInput = weights.linear(stored.stateInput);
    classifier = weights.linear(stored.classifier);
    positions = weights.vector(stored.positionEmbeddings);
    classifierNorm = affine(stored.classifierNorm);
    std::int64_t widest = 0;
    for (const DepthLayerWeights &layer : stored.layers) {
        layers.push_back({.norm1 = affine(layer.norm1),
                          .norm2 = affine(layer.norm2),
                          .query = weights.linear(layer.query),
                          .key = weights.linear(layer.key),
                          .value = weights.linear(layer.value),
                          .output = weights.linear(layer.output),
                          .up = weights.linear(layer.up),
                          .down = weights.linear(layer.down),
                          .keys = AlignedBuffer(config.depth * maxRows, config.hidden),
                          .values = AlignedBuffer(config.depth * maxRows, config.hidden)});
        widest = std::max(widest, layers.back().up.out());
    }
    expanded = AlignedBuffer(maxRows, widest);
}

MatrixView<const float> DepthTransformer::Impl::run()
{
    const std::size_t width = static_cast<std::size_t>(config.hidden);
    const MatrixView<float> state = view(x, config.hidden);
    for (std::int64_t r = 0; r < rows; ++r)
        cpu::add(state.row(r), positions.subspan(static_cast<std::size_t>(depth) * width, width));
    for (Layer &layer : layers)
        runLayer(layer);

    const MatrixView<float> norm = view(normed, config.hidden);
    for (std::int64_t r = 0; r < rows; ++r)
        cpu::layerNorm(state.row(r), classifierNorm, layerNormEps, norm.row(r));
    cpu::matmul(pool, {.linear = classifier, .x = norm, .y = view(logits, config.codes)});
    return view(logits, config.codes);
}

void DepthTransformer::Impl::runLayer(Layer &layer)
{
    const std::int64_t hidden = config.hidden;
    const MatrixView<float> state = view(x, hidden);
    const MatrixView<float> norm = view(normed, hidden);
    const MatrixView<float> output = view(projected, hidden);
    const auto here = [&](AlignedBuffer &cache) {
        return MatrixView<float>{cache.data() + depth * maxRows * hidden, rows, hidden};
    };

    for (std::int64_t r = 0; r < rows; ++r)
        cpu::layerNorm(state.row(r), layer.norm1, layerNormEps, norm.row(r));
    const cpu::MatmulJob projections[] = {
        {.linear = layer.query, .x = norm, .y = view(query, hidden)},
        {.linear = layer.key, .x = norm, .y = here(layer.keys)},
        {.linear = layer.value, .x = norm, .y = here(layer.values)},
    };
    cpu::matmul(pool, projections);
    for (std::int64_t r = 0; r < rows; ++r)
        attend(layer, r);
    cpu::matmul(pool, {.linear = layer.output, .x = view(attended, hidden), .y = output});
    cpu::add(state.all(), output.all());

    for (std::int64_t r = 0; r < rows; ++r)
        cpu::layerNorm(state.row(r), layer.norm2, layerNormEps, norm.row(r));
    const MatrixView<float> wide = view(expanded, layer.up.out());
    cpu::matmul(pool, {.linear = layer.up, .x = norm, .y = wide});
    cpu::gelu(wide.all());
    cpu::matmul(pool, {.linear = layer.down, .x = wide, .y = output});
    cpu::add(state.all(), output.all());
}

/// One row's query over the keys of the depths up to this one.
void DepthTransformer::Impl::attend(const Layer &layer, std::int64_t row)
{
    const std::int64_t width = config.hidden / config.heads;
    const float scale = 1.0f / std::sqrt(static_cast<float>(width));
    for (std::int64_t head = 0; head < config.heads; ++head) {
        const std::int64_t at = row * config.hidden + head * width;
        const auto behind = [&](const AlignedBuffer &cache, int d) {
            return cache.data() + d * maxRows * config.hidden + at;
        };
        const std::span<float> seen = std::span(scores).first(static_cast<std::size_t>(depth) + 1);
        for (int d = 0; d <= depth; ++d)
            seen[static_cast<std::size_t>(d)] =
                cpu::dot(query.data() + at, behind(layer.keys, d), width) * scale;
        cpu::softmax(seen);
        float *const out = attended.data() + at;
        std::fill_n(out, width, 0.0f);
        for (int d = 0; d <= depth; ++d) {
            const cpu::Vec8 weight = cpu::broadcast(seen[static_cast<std::size_t>(d)]);
            cpu::mapLanes(width, out, behind(layer.values, d), out,
                          [&](cpu::Vec8 sum, cpu::Vec8 value) { return cpu::fma(weight, value, sum); });
        }
    }
}

DepthTransformer::DepthTransformer(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool,
                                   int maxRows)
    : impl_(std::make_unique<Impl>(std::move(checkpoint), pool, maxRows))
{
}

DepthTransformer::~DepthTransformer() = default;

MatrixView<const float> DepthTransformer::begin(MatrixView<const float> hidden)
{
    assert(hidden.rows <= impl_->maxRows);
    impl_->rows = hidden.rows;
    impl_->depth = 0;
    cpu::matmul(impl_->pool,
                {.linear = impl_->stateInput, .x = hidden, .y = impl_->view(impl_->x, impl_->config.hidden)});
    return impl_->run();
}

MatrixView<const float> DepthTransformer::next(MatrixView<const int> codes)
{
    assert(codes.rows == impl_->rows && codes.cols == impl_->depth + 1 && codes.cols < impl_->config.depth);
    ++impl_->depth;
    const MatrixView<float> z = impl_->view(impl_->z, impl_->config.codeInput);
    for (std::int64_t r = 0; r < codes.rows; ++r)
        sumCodeEmbeddings(impl_->checkpoint->weights().codebooks, codes.row(r), z.row(r));
    cpu::matmul(impl_->pool,
                {.linear = impl_->codeInput, .x = z, .y = impl_->view(impl_->x, impl_->config.hidden)});
    return impl_->run();
}

} // namespace fastcar

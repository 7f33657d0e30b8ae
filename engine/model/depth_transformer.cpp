// SPDX-License-Identifier: Apache-2.0
#include "engine/model/depth_transformer.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/matmul.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/cpu/quantised_rows.h"
#include "engine/model/code_embedding.h"
#include "engine/model/depth_parameters.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace fastcar {

namespace {

using cpu::AlignedBuffer;
using cpu::Linear;

constexpr float layerNormEps = 1e-5f;
/// Of matrices that a position's pass reads: below it, telling other threads takes longer than what they save
/// (bench/README.md).
constexpr std::uint64_t leastBytesToShare = std::uint64_t{1} << 20;

} // namespace

struct DepthTransformer::Impl {
    /// Of one layer, [K, rows, hidden].
    struct Cache {
        AlignedBuffer keys, values;
    };

    Impl(std::shared_ptr<const Checkpoint> opened, std::shared_ptr<const DepthParameters> ready,
         ThreadPool &threadPool, int rows);

    MatrixView<float> view(AlignedBuffer &buffer, std::int64_t width) { return buffer.matrix(rows, width); }

    /// What `x` holds, at position `depth`, through the layers and the classifier.
    MatrixView<const float> run();
    void runLayer(const DepthParameters::Layer &layer, Cache &cache);
    void attend(const Cache &cache, std::int64_t row);
    void multiply(const Linear &linear, MatrixView<const float> from, MatrixView<float> to);
    /// `from` in int8, for narrow matrices.
    const cpu::QuantisedRows *quantise(MatrixView<const float> from);

    std::shared_ptr<const Checkpoint> checkpoint; // keeps the weights mapped
    std::shared_ptr<const DepthParameters> parameters;
    ThreadPool alone{1};
    ThreadPool &pool; // that, or what it was given
    DepthConfig config;
    std::int64_t maxRows;
    std::vector<Cache> caches;

    std::int64_t rows = 0;                               // of this position
    int depth = 0;                                       // the one that runs
    AlignedBuffer z;                                     // [maxRows, E]
    AlignedBuffer x, normed, query, attended, projected; // [maxRows, hidden]
    AlignedBuffer expanded;                              // [maxRows, width of the MLP]
    AlignedBuffer logits;                                // [maxRows, codes]
    std::vector<cpu::QuantisedRows> narrow;              // by width: what narrow matrices are multiplied with
    std::vector<float> scores;                           // [K]
};

DepthTransformer::Impl::Impl(std::shared_ptr<const Checkpoint> opened,
                             std::shared_ptr<const DepthParameters> ready, ThreadPool &threadPool,
                             int rowsAtMost)
    : checkpoint(std::move(opened))
    , parameters(std::move(ready))
    , pool(parameters->bytesPerDepth < leastBytesToShare ? alone : threadPool)
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
    std::set<std::int64_t> widths{config.hidden, config.codeInput, config.stateInput};
    std::int64_t widest = 0;
    for (const DepthParameters::Layer &layer : parameters->layers) {
        caches.push_back({.keys = AlignedBuffer(config.depth * maxRows, config.hidden),
                          .values = AlignedBuffer(config.depth * maxRows, config.hidden)});
        widest = std::max(widest, layer.up.out());
        widths.insert(layer.up.out());
    }
    expanded = AlignedBuffer(maxRows, widest);
    for (const std::int64_t width : widths)
        if (parameters->formats.any())
            narrow.emplace_back(maxRows, width, parameters->formats);
}

const cpu::QuantisedRows *DepthTransformer::Impl::quantise(MatrixView<const float> from)
{
    const auto to = std::ranges::find(narrow, from.cols, &cpu::QuantisedRows::columns);
    if (to == narrow.end())
        return nullptr;
    to->set(from);
    return &*to;
}

void DepthTransformer::Impl::multiply(const Linear &linear, MatrixView<const float> from,
                                      MatrixView<float> to)
{
    cpu::matmul(pool, {.linear = linear, .x = from, .y = to, .quantised = quantise(from)});
}

MatrixView<const float> DepthTransformer::Impl::run()
{
    const std::size_t width = static_cast<std::size_t>(config.hidden);
    const MatrixView<float> state = view(x, config.hidden);
    for (std::int64_t r = 0; r < rows; ++r)
        cpu::add(state.row(r), parameters->positions.subspan(static_cast<std::size_t>(depth) * width, width));
    for (std::size_t layer = 0; layer < caches.size(); ++layer)
        runLayer(parameters->layers[layer], caches[layer]);

    const MatrixView<float> norm = view(normed, config.hidden);
    for (std::int64_t r = 0; r < rows; ++r)
        cpu::layerNorm(state.row(r), parameters->classifierNorm, layerNormEps, norm.row(r));
    multiply(parameters->classifier, norm, view(logits, config.codes));
    return view(logits, config.codes);
}

void DepthTransformer::Impl::runLayer(const DepthParameters::Layer &layer, Cache &cache)
{
    const std::int64_t hidden = config.hidden;
    const MatrixView<float> state = view(x, hidden);
    const MatrixView<float> norm = view(normed, hidden);
    const MatrixView<float> output = view(projected, hidden);
    const auto here = [&](AlignedBuffer &all) {
        return MatrixView<float>{all.data() + depth * maxRows * hidden, rows, hidden};
    };

    for (std::int64_t r = 0; r < rows; ++r)
        cpu::layerNorm(state.row(r), layer.norm1, layerNormEps, norm.row(r));
    const cpu::QuantisedRows *const quantised = quantise(norm);
    const cpu::MatmulJob projections[] = {
        {.linear = layer.query, .x = norm, .y = view(query, hidden), .quantised = quantised},
        {.linear = layer.key, .x = norm, .y = here(cache.keys), .quantised = quantised},
        {.linear = layer.value, .x = norm, .y = here(cache.values), .quantised = quantised},
    };
    cpu::matmul(pool, projections);
    for (std::int64_t r = 0; r < rows; ++r)
        attend(cache, r);
    multiply(layer.output, view(attended, hidden), output);
    cpu::add(state.all(), output.all());

    for (std::int64_t r = 0; r < rows; ++r)
        cpu::layerNorm(state.row(r), layer.norm2, layerNormEps, norm.row(r));
    const MatrixView<float> wide = view(expanded, layer.up.out());
    multiply(layer.up, norm, wide);
    cpu::gelu(wide.all());
    multiply(layer.down, wide, output);
    cpu::add(state.all(), output.all());
}

/// One row's query over the keys of the depths up to this one.
void DepthTransformer::Impl::attend(const Cache &cache, std::int64_t row)
{
    const std::int64_t width = config.hidden / config.heads;
    const float scale = 1.0f / std::sqrt(static_cast<float>(width));
    for (std::int64_t head = 0; head < config.heads; ++head) {
        const std::int64_t at = row * config.hidden + head * width;
        const auto behind = [&](const AlignedBuffer &all, int d) {
            return std::span(all.data() + d * maxRows * config.hidden + at, static_cast<std::size_t>(width));
        };
        const std::span<const float> asked(query.data() + at, static_cast<std::size_t>(width));
        const std::span<float> seen = std::span(scores).first(static_cast<std::size_t>(depth) + 1);
        for (int d = 0; d <= depth; ++d)
            seen[static_cast<std::size_t>(d)] = cpu::dot(asked, behind(cache.keys, d)) * scale;
        cpu::softmax(seen);
        const std::span<float> out(attended.data() + at, static_cast<std::size_t>(width));
        std::ranges::fill(out, 0.0f);
        for (int d = 0; d <= depth; ++d)
            cpu::addScaled(out, seen[static_cast<std::size_t>(d)], behind(cache.values, d));
    }
}

DepthTransformer::DepthTransformer(std::shared_ptr<const Checkpoint> checkpoint, ThreadPool &pool,
                                   int maxRows, std::optional<NarrowFormat> backbone)
    : impl_(std::make_unique<Impl>(checkpoint, depthParametersOf(checkpoint, backbone, pool), pool, maxRows))
{
}

DepthTransformer::~DepthTransformer() = default;

MatrixView<const float> DepthTransformer::begin(MatrixView<const float> hidden)
{
    assert(hidden.rows <= impl_->maxRows);
    impl_->rows = hidden.rows;
    impl_->depth = 0;
    impl_->multiply(impl_->parameters->stateInput, hidden, impl_->view(impl_->x, impl_->config.hidden));
    return impl_->run();
}

MatrixView<const float> DepthTransformer::next(MatrixView<const int> codes)
{
    assert(codes.rows == impl_->rows && codes.cols == impl_->depth + 1 && codes.cols < impl_->config.depth);
    ++impl_->depth;
    const MatrixView<float> z = impl_->view(impl_->z, impl_->config.codeInput);
    for (std::int64_t r = 0; r < codes.rows; ++r)
        sumCodeEmbeddings(impl_->checkpoint->weights().codebooks, codes.row(r), z.row(r));
    impl_->multiply(impl_->parameters->codeInput, z, impl_->view(impl_->x, impl_->config.hidden));
    return impl_->run();
}

std::uint64_t DepthTransformer::weightBytesPerToken() const
{
    const DepthParameters &parameters = *impl_->parameters;
    const auto depths = static_cast<std::uint64_t>(impl_->config.depth);
    return depths * parameters.bytesPerDepth - parameters.codeInput.bytes() + parameters.stateInput.bytes();
}

} // namespace fastcar

// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/cpu_backbone.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/fetch_ahead.h"
#include "engine/backend/cpu/normalization.h"
#include "engine/backend/machine_memory.h"
#include "engine/backend/step_check.h"
#include "engine/replay/gate.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <new>

namespace fastcar::cpu {

namespace {

using Clock = std::chrono::steady_clock;

std::int64_t nanoseconds(Clock::duration time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
}

Error badInput(std::string message)
{
    return {.kind = ErrorKind::BadInput, .message = std::move(message)};
}

/// Of a model's matrices: the steps of one that has more are far longer than what threads tell each other.
constexpr std::uint64_t mostBytesAlone = std::uint64_t{32} << 20;

/// Tokens of a prompt that run through the layers together: as many as leave their activations in a core's
/// cache.
std::int64_t prefillLength(const BackboneConfig &config)
{
    constexpr std::int64_t cacheFloats = 96 * 1024;
    return std::clamp<std::int64_t>(cacheFloats / config.hidden / 3 * 3, 6, 48);
}

} // namespace

DType CpuBackbone::cacheTypeOf(DType asked, bool narrowWeights, const BackboneConfig &config)
{
    if (!narrowWeights)
        return asked;
    return config.headDim <= mostNarrowHeadDim ? DType::I8 : DType::F16;
}

CpuBackbone::CpuBackbone(Model model, ThreadPool &pool)
    : device_(std::move(model.device))
    , config_(model.config)
    , stride_(model.stride)
    , cacheType_(cacheTypeOf(model.cache, model.parameters->formats.any(), model.config))
    , pool_(pool)
    , crew_(&pool)
    , parameters_(std::move(model.parameters))
{
    const int threads = pool_.threads();
    choose_ = threads > 1 && parameters_->bytes() <= mostBytesAlone;
    for (const Layer &layer : parameters_->layers)
        reads_.push_back({.projections = firstReads(std::array{layer.query, layer.key, layer.value}, threads),
                          .output = firstReads({&layer.output, 1}, threads),
                          .gated = firstReads(layer.gate, layer.up, threads),
                          .down = firstReads({&layer.down, 1}, threads)});
}

CpuBackbone::Scratch::Scratch(const BackboneConfig &config, NarrowFormats formats, std::int64_t atMost)
    : entries(atMost)
    , x(entries, config.hidden)
    , normed(entries, config.hidden)
    , projected(entries, config.hidden)
    , gate(entries, config.intermediate)
    , up(entries, config.intermediate)
    , mlpOut(entries, config.hidden)
    , hidden(entries, config.hidden)
    , costs(static_cast<std::size_t>(config.layers))
{
    computing.reserve(static_cast<std::size_t>(entries));
    if (!formats.any())
        return;
    normedNarrow = QuantisedRows(entries, config.hidden, formats);
    attendedNarrow = QuantisedRows(entries, std::int64_t{config.heads} * config.headDim, formats);
    gateNarrow = QuantisedRows(entries, config.intermediate, formats);
}

Result<void> CpuBackbone::begin(RowLayout layout, int promptTokens, int visualTokens)
{
    if (layout.videos < 1 || promptTokens < 1 || visualTokens < 1)
        return badInput("A generation needs at least one video, one prompt token and one visual token, but " +
                        std::to_string(layout.videos) + " videos, " + std::to_string(promptTokens) +
                        " prompt tokens and " + std::to_string(visualTokens) +
                        " visual tokens were asked for.");
    const std::int64_t positions = std::int64_t{promptTokens} + visualTokens;
    if (positions > config_.maxPositions)
        return badInput("The prompt's " + std::to_string(promptTokens) + " tokens and the video's " +
                        std::to_string(visualTokens) + " need " + std::to_string(positions) +
                        " positions, but the model has " + std::to_string(config_.maxPositions) +
                        ": use fewer frames or a shorter prompt.");

    const LayerAttention::Extent extent{.cache = {.layers = config_.layers,
                                                  .rows = layout.rows(),
                                                  .kvHeads = config_.kvHeads,
                                                  .positions = positions,
                                                  .headDim = config_.headDim,
                                                  .type = cacheType_},
                                        .entries =
                                            std::max<std::int64_t>(layout.rows(), prefillLength(config_)),
                                        .stride = stride_,
                                        .threads = pool_.threads()};
    const MlpCache::Extent mlp{
        .layers = config_.layers, .rows = layout.rows(), .stride = stride_, .hidden = config_.hidden};
    if (extent != attention_.extent() || mlp != mlpCache_.extent()) {
        attention_ = {};
        mlpCache_ = {};
        if (Result<void> room = checkRoom(extent.cache, mlp); !room)
            return room;
        try {
            mlpCache_ = MlpCache(mlp);
            scratch_ = Scratch(config_, parameters_->formats, extent.entries);
            scratch_.outcome.resize(static_cast<std::size_t>(config_.layers) *
                                    static_cast<std::size_t>(layout.rows()));
            if (!rope_ || rope_->positions() < positions)
                rope_ = std::make_shared<const RopeTable>(config_, positions);
            attention_ = LayerAttention(config_, extent, rope_);
        } catch (const std::bad_alloc &) {
            mlpCache_ = {};
            return Error{.kind = ErrorKind::Io,
                         .message = "The system refused the memory for the attention cache (" +
                                    bytesForPeople(KvCache::bytes(extent.cache)) + ") and the MLP cache (" +
                                    bytesForPeople(MlpCache::bytes(mlp)) +
                                    "): use fewer frames or fewer videos at a time."};
        }
    }
    attention_.clear();
    layout_ = layout;
    promptTokens_ = promptTokens;
    visualTokens_ = visualTokens;
    nextToken_ = 0;
    return {};
}

Result<void> CpuBackbone::checkRoom(const KvCache::Extent &kv, const MlpCache::Extent &mlp) const
{
    const std::uint64_t kvBytes = KvCache::bytes(kv);
    const std::uint64_t mlpBytes = MlpCache::bytes(mlp);
    const std::optional<MachineMemory> memory = machineMemory();
    if (!memory || kvBytes + mlpBytes <= memory->availableBytes)
        return {};
    return Error{.kind = ErrorKind::Unsupported,
                 .message = "This generation needs " + bytesForPeople(kvBytes) +
                            " for the attention cache (" + std::to_string(kv.rows) + " rows of " +
                            std::to_string(kv.positions) + " positions) and " + bytesForPeople(mlpBytes) +
                            " for the MLP cache, but only " + bytesForPeople(memory->availableBytes) +
                            " of memory are available: use fewer frames or fewer videos at a time."};
}

Result<void> CpuBackbone::prefill(int row, MatrixView<const float> embeddings, std::span<float> hidden,
                                  MatrixView<float> allHidden)
{
    if (row < 0 || row >= static_cast<int>(attention_.tokens().size()) || nextToken_ != 0)
        return badInput("Row " + std::to_string(row) + " cannot be prefilled: the generation has " +
                        std::to_string(attention_.tokens().size()) + " rows and stands before token " +
                        std::to_string(nextToken_) +
                        "; prompts come after begin() and before the first step.");
    if (embeddings.rows < 1 || embeddings.rows > promptTokens_ || embeddings.cols != config_.hidden)
        return badInput("The prompt of row " + std::to_string(row) + " is [" +
                        std::to_string(embeddings.rows) + ", " + std::to_string(embeddings.cols) +
                        "], but begin() made room for at most [" + std::to_string(promptTokens_) + ", " +
                        std::to_string(config_.hidden) + "].");
    const std::size_t width = static_cast<std::size_t>(config_.hidden);
    assert(hidden.size() == width && (!allHidden.data || allHidden.rows == embeddings.rows));

    attention_.setTokens(row, 0);
    for (std::int64_t done = 0; done < embeddings.rows;) {
        const TokenBatch batch{.firstRow = row,
                               .length = std::min(embeddings.rows - done, prefillLength(config_))};
        std::copy_n(embeddings.row(done).data(), static_cast<std::size_t>(batch.length) * width,
                    scratch_.x.data());
        runLayers(batch);
        for (std::int64_t i = 0; allHidden.data && i < batch.length; ++i)
            normFinal(i, allHidden.row(done + i));
        done += batch.length;
        attention_.setTokens(row, done);
        if (done == embeddings.rows)
            normFinal(batch.length - 1, hidden);
    }
    return {};
}

Result<StepReport> CpuBackbone::step(const StepInput &input)
{
    if (Result<void> valid = checkStep(input, {.layout = layout_,
                                               .hidden = config_.hidden,
                                               .layers = parameters_->layers.size(),
                                               .nextToken = nextToken_,
                                               .visualTokens = visualTokens_,
                                               .withoutPrompt = rowWithoutPrompt(attention_.tokens())});
        !valid)
        return valid.error();
    const TokenBatch batch{.sequences = layout_.rows(), .step = &input};
    std::copy_n(input.embeddings.data, input.embeddings.rows * input.embeddings.cols, scratch_.x.data());
    report_ = {.hidden = scratch_.hidden.matrix(layout_.rows(), config_.hidden),
               .outcome = {scratch_.outcome.data(), config_.layers, layout_.rows()},
               .layers = scratch_.costs};
    if (input.headScores && input.visualToken >= stride_) {
        scratch_.headScores.resize(scratch_.outcome.size() * static_cast<std::size_t>(config_.heads));
        report_.headScores = {scratch_.headScores.data(), std::int64_t{config_.layers} * layout_.rows(),
                              config_.heads};
    }
    const bool all = pool_.crew() == pool_.threads();
    crew_ = choose_ && choice_.alone() ? &alone_ : &pool_;
    const Clock::time_point start = Clock::now();
    runLayers(batch);
    if (choose_ && all && pool_.crew() == pool_.threads()) // of a step without a thread no more can be said
        choice_.took(nanoseconds(Clock::now() - start), report_.weightBytesRead + report_.cacheBytesRead);
    crew_ = &pool_;
    for (int row = 0; row < layout_.rows(); ++row) {
        normFinal(row, scratch_.hidden.matrix(layout_.rows(), config_.hidden).row(row));
        attention_.setTokens(row, attention_.tokens()[static_cast<std::size_t>(row)] + 1);
    }
    ++nextToken_;
    return report_;
}

void CpuBackbone::runLayers(const TokenBatch &batch)
{
    attention_.begin(batch);
    for (int layer = 0; layer < config_.layers; ++layer)
        runLayer(layer, batch);
}

void CpuBackbone::runLayer(int layer, const TokenBatch &batch)
{
    const Clock::time_point start = Clock::now();
    project(layer, batch.entries());
    attention_.run(layer, *crew_, readsOf(layer).output);
    if (batch.step)
        gateRows(layer, *batch.step);
    chooseComputing(layer, batch);
    addAttended(layer, batch.entries());
    const Clock::time_point middle = Clock::now();
    mlp(layer, batch);
    report(layer, batch,
           {.attentionNs = nanoseconds(middle - start), .mlpNs = nanoseconds(Clock::now() - middle)});
}

/// Query, key and value.
void CpuBackbone::project(int layer, std::int64_t entries)
{
    const Layer &weights = layerAt(layer);
    const MatrixView<float> x = scratch_.x.matrix(entries, config_.hidden);
    const MatrixView<float> normed = scratch_.normed.matrix(entries, config_.hidden);
    for (std::int64_t i = 0; i < entries; ++i)
        rmsNorm(x.row(i), weights.inputNorm, config_.rmsNormEps, normed.row(i));
    const QuantisedRows *const quantised = quantise(scratch_.normedNarrow, normed);
    const auto projection = [&](const Linear &linear, MatrixView<float> y) {
        return MatmulJob{.linear = linear, .x = normed, .y = y, .quantised = quantised};
    };
    const MatmulJob projections[] = {projection(weights.query, attention_.query(entries)),
                                     projection(weights.key, attention_.key(entries)),
                                     projection(weights.value, attention_.value(entries))};
    matmul(*crew_, projections);
}

/// What attention gave, through the output matrix.
void CpuBackbone::addAttended(int layer, std::int64_t entries)
{
    const MatrixView<const float> attended = attention_.attended(entries);
    const MatrixView<float> projected = scratch_.projected.matrix(entries, config_.hidden);
    matmul(*crew_,
           {.linear = layerAt(layer).output,
            .x = attended,
            .y = projected,
            .quantised = quantise(scratch_.attendedNarrow, attended)},
           scratch_.computing.empty() ? projectionsAfter(layer) : readsOf(layer).gated);
    add(scratch_.x.matrix(entries, config_.hidden).all(), projected.all());
}

void CpuBackbone::report(int layer, const TokenBatch &batch, const LayerCost &times)
{
    const Layer &weights = layerAt(layer);
    LayerCost &cost = scratch_.costs[static_cast<std::size_t>(layer)];
    cost = times;
    cost.attentionBytes = weights.attentionBytes;
    cost.mlpBytes = scratch_.computing.empty() ? 0 : weights.mlpBytes;
    report_.weightBytesRead += cost.attentionBytes + cost.mlpBytes;
    report_.attentionNs += cost.attentionNs;
    report_.mlpNs += cost.mlpNs;
    if (!batch.step)
        return;
    const std::int64_t replayed = batch.entries() - static_cast<std::int64_t>(scratch_.computing.size());
    report_.cacheBytesRead +=
        attention_.bytesSeen() + static_cast<std::uint64_t>(replayed * config_.hidden) * sizeof(float);
}

void CpuBackbone::fillCaches(int row, int positions)
{
    assert(positions <= promptTokens_ && nextToken_ == 0);
    std::vector<float> numbers(static_cast<std::size_t>(config_.headDim) + 16);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<float>(i * 37 % 64) / 64.0f - 0.5f;
    for (int layer = 0; layer < config_.layers; ++layer)
        for (int head = 0; head < config_.kvHeads; ++head)
            for (int position = 0; position < positions; ++position) {
                const std::span<const float> values = std::span(numbers).subspan(
                    static_cast<std::size_t>(position % 16), static_cast<std::size_t>(config_.headDim));
                attention_.cache().head(layer, row, head).append(position, values, values);
            }
    attention_.setTokens(row, positions);
}

std::span<LayerOutcome> CpuBackbone::outcomeOf(int layer)
{
    const std::size_t rows = static_cast<std::size_t>(layout_.rows());
    return std::span(scratch_.outcome).subspan(static_cast<std::size_t>(layer) * rows, rows);
}

void CpuBackbone::gateRows(int layer, const StepInput &step)
{
    const bool measured = step.visualToken >= stride_;
    const float scale = 1.0f / std::sqrt(static_cast<float>(config_.headDim));
    const std::span<LayerOutcome> outcome = outcomeOf(layer);
    const MatrixView<const float> heads = attention_.tasOfHeads(layout_.rows());
    for (std::size_t row = 0; row < outcome.size(); ++row) {
        double sum = 0.0;
        for (const float score : heads.row(static_cast<std::int64_t>(row)))
            sum += static_cast<double>(score);
        outcome[row].tas = measured ? static_cast<float>(sum / config_.heads) * scale
                                    : std::numeric_limits<float>::quiet_NaN();
    }
    if (report_.headScores.data)
        std::ranges::transform(heads.all(),
                               scratch_.headScores.begin() +
                                   static_cast<std::ptrdiff_t>(layer * heads.rows * heads.cols),
                               [scale](float score) { return score * scale; });
    decide(step.policy ? step.policy->gate : GateMode::Row,
           step.policy ? step.policy->threshold(layer) : std::nullopt, measured, layout_, outcome);
}

bool CpuBackbone::replays(int layer, const TokenBatch &batch, std::int64_t entry) const
{
    return batch.step &&
           scratch_.outcome[static_cast<std::size_t>(layer * batch.sequences + entry)].decision ==
               Decision::Replayed;
}

void CpuBackbone::chooseComputing(int layer, const TokenBatch &batch)
{
    scratch_.computing.clear();
    for (std::int64_t i = 0; i < batch.entries(); ++i)
        if (!replays(layer, batch, i))
            scratch_.computing.push_back(i);
}

/// Of the layer that comes next, or of none.
std::span<const FetchAhead> CpuBackbone::projectionsAfter(int layer) const
{
    if (layer + 1 >= config_.layers)
        return {};
    return readsOf(layer + 1).projections;
}

/// The rows that compute go through the weights together; the others find their output in the cache.
void CpuBackbone::mlp(int layer, const TokenBatch &batch)
{
    const Layer &weights = layerAt(layer);
    const MatrixView<float> x = scratch_.x.matrix(batch.entries(), config_.hidden);
    for (std::int64_t i = 0; i < batch.entries(); ++i)
        if (replays(layer, batch, i))
            add(x.row(i), mlpCache_.slot(layer, i, batch.step->visualToken));
    if (scratch_.computing.empty())
        return;

    const std::int64_t n = static_cast<std::int64_t>(scratch_.computing.size());
    const MatrixView<float> normed = scratch_.normed.matrix(n, config_.hidden);
    const MatrixView<float> gated = scratch_.gate.matrix(n, config_.intermediate);
    const MatrixView<float> out = scratch_.mlpOut.matrix(n, config_.hidden);
    for (std::int64_t i = 0; i < n; ++i)
        rmsNorm(x.row(scratch_.computing[static_cast<std::size_t>(i)]), weights.postAttentionNorm,
                config_.rmsNormEps, normed.row(i));
    gatedMatmul(*crew_,
                {.gate = weights.gate,
                 .up = weights.up,
                 .x = normed,
                 .y = gated,
                 .upScratch = scratch_.up.matrix(n, config_.intermediate),
                 .quantised = quantise(scratch_.normedNarrow, normed)},
                readsOf(layer).down);
    matmul(*crew_,
           {.linear = weights.down, .x = gated, .y = out, .quantised = quantise(scratch_.gateNarrow, gated)},
           projectionsAfter(layer));
    for (std::int64_t i = 0; i < n; ++i) {
        const std::int64_t entry = scratch_.computing[static_cast<std::size_t>(i)];
        add(x.row(entry), out.row(i));
        if (batch.step)
            std::copy_n(out.row(i).data(), config_.hidden,
                        mlpCache_.slot(layer, entry, batch.step->visualToken).data());
    }
}

/// x in int8 where the weights are narrow; they alone read it.
const QuantisedRows *CpuBackbone::quantise(QuantisedRows &to, MatrixView<const float> x) const
{
    if (!parameters_->formats.any())
        return nullptr;
    to.set(x);
    return &to;
}

void CpuBackbone::normFinal(std::int64_t entry, std::span<float> to)
{
    rmsNorm(scratch_.x.matrix(scratch_.entries, config_.hidden).row(entry), parameters_->finalNorm,
            config_.rmsNormEps, to);
}

} // namespace fastcar::cpu

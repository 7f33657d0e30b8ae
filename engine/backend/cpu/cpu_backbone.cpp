// SPDX-License-Identifier: Apache-2.0
#include "engine/backend/cpu/cpu_backbone.h"

#include "engine/backend/cpu/activation.h"
#include "engine/backend/cpu/fetch_ahead.h"
#include "engine/backend/cpu/lanes.h"
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

std::int64_t nanosecondsSince(Clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
}

Error badInput(std::string message)
{
    return {.kind = ErrorKind::BadInput, .message = std::move(message)};
}

/// Tokens of a prompt that run through the layers together: as many as leave their activations in a core's
/// cache.
std::int64_t prefillLength(const BackboneConfig &config)
{
    constexpr std::int64_t cacheFloats = 96 * 1024;
    return std::clamp<std::int64_t>(cacheFloats / config.hidden / 3 * 3, 6, 48);
}

/// Head `head` of row `entry` of [.., heads * headDim].
std::span<float> headOf(AlignedBuffer &buffer, std::int64_t entry, std::int64_t width, std::int64_t head,
                        std::int64_t headDim)
{
    return buffer.all().subspan(static_cast<std::size_t>(entry * width + head * headDim),
                                static_cast<std::size_t>(headDim));
}

} // namespace

CpuBackbone::CpuBackbone(Model model, ThreadPool &pool)
    : device_(std::move(model.device))
    , config_(model.config)
    , stride_(model.stride)
    , cacheType_(model.parameters->formats.any() ? DType::F16 : model.cache)
    , pool_(pool)
    , parameters_(std::move(model.parameters))
{
    const int threads = pool_.threads();
    for (const Layer &layer : parameters_->layers)
        reads_.push_back({.projections = firstReads(std::array{layer.query, layer.key, layer.value}, threads),
                          .output = firstReads({&layer.output, 1}, threads),
                          .gated = firstReads(layer.gate, layer.up, threads),
                          .down = firstReads({&layer.down, 1}, threads)});
}

CpuBackbone::Scratch::Scratch(const BackboneConfig &config, NarrowFormats formats, const KvCache::Extent &kv,
                              std::int64_t entries, int workers)
    : capacity(entries)
    , threads(workers)
    , mostParts(contextParts(kv.positions, kv.kvHeads))
    , x(entries, config.hidden)
    , normed(entries, config.hidden)
    , query(entries, std::int64_t{config.heads} * config.headDim)
    , attended(entries, std::int64_t{config.heads} * config.headDim)
    , key(entries, std::int64_t{config.kvHeads} * config.headDim)
    , value(entries, std::int64_t{config.kvHeads} * config.headDim)
    , projected(entries, config.hidden)
    , gate(entries, config.intermediate)
    , up(entries, config.intermediate)
    , mlpOut(entries, config.hidden)
    , hidden(entries, config.hidden)
    , rotatedQuery(workers, config.headDim)
    , earlierKey(workers, config.headDim)
    , scores(workers, roundUpToKeys(kv.positions))
    , partValues(kv.rows * config.heads * mostParts, roundUpToLanes(config.headDim))
    , tasOfHeads(entries, config.heads)
    , parts(static_cast<std::size_t>(kv.rows * config.heads * mostParts))
    , partsDone(static_cast<std::size_t>(kv.rows * config.kvHeads))
{
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i].values = partValues.data() + static_cast<std::int64_t>(i) * roundUpToLanes(config.headDim);
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

    const KvCache::Extent kv{.layers = config_.layers,
                             .rows = layout.rows(),
                             .kvHeads = config_.kvHeads,
                             .positions = positions,
                             .headDim = config_.headDim,
                             .type = cacheType_};
    const MlpCache::Extent mlp{
        .layers = config_.layers, .rows = layout.rows(), .stride = stride_, .hidden = config_.hidden};
    if (kv != kv_.extent() || mlp != mlpCache_.extent()) {
        tokens_.clear();
        kv_ = {};
        mlpCache_ = {};
        if (Result<void> room = checkRoom(kv, mlp); !room)
            return room;
        try {
            kv_ = KvCache(kv);
            mlpCache_ = MlpCache(mlp);
            if (rope_.positions() < positions)
                rope_ = RopeTable(config_, positions);
            scratch_ =
                Scratch(config_, parameters_->formats, kv,
                        std::max<std::int64_t>(layout.rows(), prefillLength(config_)), pool_.threads());
            scratch_.outcome.resize(static_cast<std::size_t>(config_.layers) *
                                    static_cast<std::size_t>(layout.rows()));
            scratch_.costs.resize(static_cast<std::size_t>(config_.layers));
        } catch (const std::bad_alloc &) {
            kv_ = {};
            mlpCache_ = {};
            return Error{.kind = ErrorKind::Io,
                         .message = "The system refused the memory for the attention cache (" +
                                    bytesForPeople(KvCache::bytes(kv)) + ") and the MLP cache (" +
                                    bytesForPeople(MlpCache::bytes(mlp)) +
                                    "): use fewer frames or fewer videos at a time."};
        }
    }
    layout_ = layout;
    promptTokens_ = promptTokens;
    visualTokens_ = visualTokens;
    nextToken_ = 0;
    tokens_.assign(static_cast<std::size_t>(layout.rows()), 0);
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
    if (row < 0 || row >= static_cast<int>(tokens_.size()) || nextToken_ != 0)
        return badInput("Row " + std::to_string(row) + " cannot be prefilled: the generation has " +
                        std::to_string(tokens_.size()) + " rows and stands before token " +
                        std::to_string(nextToken_) +
                        "; prompts come after begin() and before the first step.");
    if (embeddings.rows < 1 || embeddings.rows > promptTokens_ || embeddings.cols != config_.hidden)
        return badInput("The prompt of row " + std::to_string(row) + " is [" +
                        std::to_string(embeddings.rows) + ", " + std::to_string(embeddings.cols) +
                        "], but begin() made room for at most [" + std::to_string(promptTokens_) + ", " +
                        std::to_string(config_.hidden) + "].");
    const std::size_t width = static_cast<std::size_t>(config_.hidden);
    assert(hidden.size() == width && (!allHidden.data || allHidden.rows == embeddings.rows));

    std::int64_t &done = tokens_[static_cast<std::size_t>(row)];
    for (done = 0; done < embeddings.rows;) {
        const Batch batch{.firstRow = row,
                          .length = std::min(embeddings.rows - done, prefillLength(config_))};
        std::copy_n(embeddings.row(done).data(), static_cast<std::size_t>(batch.length) * width,
                    scratch_.x.data());
        runLayers(batch);
        for (std::int64_t i = 0; allHidden.data && i < batch.length; ++i)
            normFinal(i, allHidden.row(done + i));
        done += batch.length;
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
                                               .withoutPrompt = rowWithoutPrompt(tokens_)});
        !valid)
        return valid.error();
    const Batch batch{.sequences = layout_.rows(), .step = &input};
    std::copy_n(input.embeddings.data, input.embeddings.rows * input.embeddings.cols, scratch_.x.data());
    report_ = {.hidden = scratch_.hidden.matrix(layout_.rows(), config_.hidden),
               .outcome = {scratch_.outcome.data(), config_.layers, layout_.rows()},
               .layers = scratch_.costs};
    if (input.headScores && input.visualToken >= stride_) {
        scratch_.headScores.resize(scratch_.outcome.size() * static_cast<std::size_t>(config_.heads));
        report_.headScores = {scratch_.headScores.data(), std::int64_t{config_.layers} * layout_.rows(),
                              config_.heads};
    }
    runLayers(batch);
    for (std::int64_t row = 0; row < layout_.rows(); ++row) {
        normFinal(row, scratch_.hidden.matrix(layout_.rows(), config_.hidden).row(row));
        ++tokens_[static_cast<std::size_t>(row)];
    }
    ++nextToken_;
    return report_;
}

void CpuBackbone::runLayers(const Batch &batch)
{
    for (int layer = 0; layer < config_.layers; ++layer)
        runLayer(layer, batch);
}

void CpuBackbone::runLayer(int layer, const Batch &batch)
{
    const Layer &weights = layerAt(layer);
    const std::int64_t n = batch.entries();
    const MatrixView<float> x = scratch_.x.matrix(n, config_.hidden);
    const MatrixView<float> normed = scratch_.normed.matrix(n, config_.hidden);
    const std::int64_t queryWidth = std::int64_t{config_.heads} * config_.headDim;
    const std::int64_t keyWidth = std::int64_t{config_.kvHeads} * config_.headDim;
    const Clock::time_point start = Clock::now();

    for (std::int64_t i = 0; i < n; ++i)
        rmsNorm(x.row(i), weights.inputNorm, config_.rmsNormEps, normed.row(i));
    const QuantisedRows *const quantised = quantise(scratch_.normedNarrow, normed);
    const auto projection = [&](const Linear &linear, MatrixView<float> y) {
        return MatmulJob{.linear = linear, .x = normed, .y = y, .quantised = quantised};
    };
    const MatmulJob projections[] = {projection(weights.query, scratch_.query.matrix(n, queryWidth)),
                                     projection(weights.key, scratch_.key.matrix(n, keyWidth)),
                                     projection(weights.value, scratch_.value.matrix(n, keyWidth))};
    matmul(pool_, projections);
    attention(layer, batch);
    if (batch.step)
        gateRows(layer, *batch.step);
    chooseComputing(layer, batch);
    const MatrixView<float> projected = scratch_.projected.matrix(n, config_.hidden);
    const MatrixView<const float> attendedRows = scratch_.attended.matrix(n, queryWidth);
    matmul(pool_,
           {.linear = weights.output,
            .x = attendedRows,
            .y = projected,
            .quantised = quantise(scratch_.attendedNarrow, attendedRows)},
           scratch_.computing.empty() ? projectionsOf(layer + 1)
                                      : reads_[static_cast<std::size_t>(layer)].gated);
    add(x.all(), projected.all());
    const Clock::time_point attended = Clock::now();
    mlp(layer, batch);

    LayerCost &cost = scratch_.costs[static_cast<std::size_t>(layer)];
    cost = {.attentionNs = std::chrono::duration_cast<std::chrono::nanoseconds>(attended - start).count(),
            .mlpNs = nanosecondsSince(attended),
            .attentionBytes = weights.attentionBytes,
            .mlpBytes = scratch_.computing.empty() ? 0 : weights.mlpBytes};
    report_.weightBytesRead += cost.attentionBytes + cost.mlpBytes;
    report_.cacheBytesRead += cachedBytesOf(batch);
    report_.attentionNs += cost.attentionNs;
    report_.mlpNs += cost.mlpNs;
}

/// Of keys and values that a step sees, and of the outputs that it replays.
std::uint64_t CpuBackbone::cachedBytesOf(const Batch &batch) const
{
    if (!batch.step)
        return 0;
    std::int64_t seen = 0;
    for (std::int64_t sequence = 0; sequence < batch.sequences; ++sequence)
        seen += visibleOf(batch, {.sequence = sequence}).count();
    const auto elements = static_cast<std::int64_t>(byteSize(kv_.extent().type));
    const std::int64_t replayed = batch.entries() - static_cast<std::int64_t>(scratch_.computing.size());
    return static_cast<std::uint64_t>(2 * seen * config_.kvHeads * config_.headDim * elements +
                                      replayed * config_.hidden * static_cast<std::int64_t>(sizeof(float)));
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
                kv_.head(layer, row, head).append(position, values, values);
            }
    tokens_[static_cast<std::size_t>(row)] = positions;
}

void CpuBackbone::attention(int layer, const Batch &batch)
{
    const std::int64_t heads = batch.sequences * config_.kvHeads;
    const auto atHead = [&](std::int64_t index, std::int64_t token) {
        return TokenHead{
            .sequence = index / config_.kvHeads, .token = token, .kvHead = index % config_.kvHeads};
    };
    if (batch.length == 1) {
        // Prompts differ in length: a shorter context may have fewer parts.
        int parts = 1;
        for (std::int64_t sequence = 0; sequence < batch.sequences; ++sequence)
            parts = std::max(parts, partsOf(visibleOf(batch, {.sequence = sequence})));
        pool_.forEachTile(
            heads * parts,
            [&](std::int64_t tile, int worker) {
                attendPart(layer, batch, atHead(tile / parts, 0), static_cast<int>(tile % parts), worker);
            },
            reads_[static_cast<std::size_t>(layer)].output);
        return;
    }
    pool_.forEachTile(heads, [&](std::int64_t tile, int worker) {
        for (std::int64_t token = 0; token < batch.length; ++token) {
            const TokenHead at = atHead(tile, token);
            const int parts = partsOf(visibleOf(batch, at));
            for (int part = 0; part < parts; ++part)
                attendPart(layer, batch, at, part, worker);
        }
    });
}

Visible CpuBackbone::visibleOf(const Batch &batch, const TokenHead &at) const
{
    const auto row = static_cast<std::size_t>(batch.firstRow + at.sequence);
    return {batch.step ? batch.step->attention : AttentionSpan{}, tokens_[row] + at.token};
}

int CpuBackbone::partsOf(const Visible &visible) const
{
    return contextParts(visible.stretch(), config_.kvHeads);
}

/// The query heads that share a key/value head, over a part of its context. Whoever is done last joins them.
void CpuBackbone::attendPart(int layer, const Batch &batch, const TokenHead &at, int part, int worker)
{
    const Visible visible = visibleOf(batch, at);
    const int parts = partsOf(visible);
    if (part >= parts)
        return;
    if (part + 1 == parts) // it alone sees the token's own key
        appendToken(layer, batch, at, worker);

    const std::int64_t headDim = config_.headDim;
    const std::int64_t entry = at.sequence * batch.length + at.token;
    const KvHead cached = kv_.head(layer, batch.firstRow + at.sequence, at.kvHead);
    const Visible seen = visible.part(part, parts);
    const std::span<float> rotated = headOf(scratch_.rotatedQuery, worker, headDim, 0, headDim);
    const std::int64_t shared = config_.heads / config_.kvHeads;
    const std::int64_t firstHead = at.kvHead * shared;
    for (std::int64_t head = firstHead; head < firstHead + shared; ++head) {
        rope_.rotate(headOf(scratch_.query, entry, config_.heads * headDim, head, headDim), visible.position,
                     rotated);
        attend(cached, rotated, seen, scratch_.scoresOf(worker),
               scratch_.partsOf(at.sequence * config_.heads + head)[static_cast<std::size_t>(part)]);
    }

    std::atomic<int> &done =
        scratch_.partsDone[static_cast<std::size_t>(at.sequence * config_.kvHeads + at.kvHead)].count;
    if (parts > 1 && done.fetch_add(1, std::memory_order_acq_rel) + 1 < parts)
        return;
    done.store(0, std::memory_order_relaxed);
    for (std::int64_t head = firstHead; head < firstHead + shared; ++head)
        joinParts(scratch_.partsOf(at.sequence * config_.heads + head).first(static_cast<std::size_t>(parts)),
                  headOf(scratch_.attended, entry, config_.heads * headDim, head, headDim));
}

/// The token's key and value into the cache, and its TAS: its query on the key of the same position one frame
/// earlier.
void CpuBackbone::appendToken(int layer, const Batch &batch, const TokenHead &at, int worker)
{
    const std::int64_t headDim = config_.headDim;
    const std::int64_t entry = at.sequence * batch.length + at.token;
    const std::int64_t position = visibleOf(batch, at).position;
    const std::span<float> key = headOf(scratch_.key, entry, config_.kvHeads * headDim, at.kvHead, headDim);
    const std::span<float> value =
        headOf(scratch_.value, entry, config_.kvHeads * headDim, at.kvHead, headDim);
    const KvHead cached = kv_.head(layer, batch.firstRow + at.sequence, at.kvHead);
    rope_.rotate(key, position, key);
    cached.append(position, key, value);

    if (!batch.step || batch.step->visualToken < stride_)
        return;
    const bool turned = batch.step->policy && batch.step->policy->definition == TasDefinition::Paper;
    const std::span<float> earlierKey = headOf(scratch_.earlierKey, worker, headDim, 0, headDim);
    cached.key(position - stride_, earlierKey);
    const std::int64_t shared = config_.heads / config_.kvHeads;
    for (std::int64_t head = at.kvHead * shared; head < (at.kvHead + 1) * shared; ++head) {
        std::span<float> query = headOf(scratch_.query, entry, config_.heads * headDim, head, headDim);
        if (turned) {
            const std::span<float> rotated = headOf(scratch_.rotatedQuery, worker, headDim, 0, headDim);
            rope_.rotate(query, position, rotated);
            query = rotated;
        }
        scratch_.tasOfHeads.data()[entry * config_.heads + head] = dot(query, earlierKey);
    }
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
    for (std::size_t row = 0; row < outcome.size(); ++row) {
        const std::size_t heads = static_cast<std::size_t>(config_.heads);
        double sum = 0.0;
        for (const float score : scratch_.tasOfHeads.all().subspan(row * heads, heads))
            sum += static_cast<double>(score);
        outcome[row].tas = measured ? static_cast<float>(sum / config_.heads) * scale
                                    : std::numeric_limits<float>::quiet_NaN();
    }
    if (report_.headScores.data) {
        const std::size_t all = outcome.size() * static_cast<std::size_t>(config_.heads);
        std::ranges::transform(
            scratch_.tasOfHeads.all().first(all),
            std::span(scratch_.headScores).subspan(static_cast<std::size_t>(layer) * all, all).begin(),
            [scale](float score) { return score * scale; });
    }
    decide(step.policy ? step.policy->gate : GateMode::Row,
           step.policy ? step.policy->threshold(layer) : std::nullopt, measured, layout_, outcome);
}

bool CpuBackbone::replays(int layer, const Batch &batch, std::int64_t entry) const
{
    return batch.step &&
           scratch_.outcome[static_cast<std::size_t>(layer * batch.sequences + entry)].decision ==
               Decision::Replayed;
}

void CpuBackbone::chooseComputing(int layer, const Batch &batch)
{
    scratch_.computing.clear();
    for (std::int64_t i = 0; i < batch.entries(); ++i)
        if (!replays(layer, batch, i))
            scratch_.computing.push_back(i);
}

/// Of a layer that comes next, or of none.
std::span<const FetchAhead> CpuBackbone::projectionsOf(int layer) const
{
    if (layer >= config_.layers)
        return {};
    return reads_[static_cast<std::size_t>(layer)].projections;
}

/// The rows that compute go through the weights together; the others find their output in the cache.
void CpuBackbone::mlp(int layer, const Batch &batch)
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
    gatedMatmul(pool_,
                {.gate = weights.gate,
                 .up = weights.up,
                 .x = normed,
                 .y = gated,
                 .upScratch = scratch_.up.matrix(n, config_.intermediate),
                 .quantised = quantise(scratch_.normedNarrow, normed)},
                reads_[static_cast<std::size_t>(layer)].down);
    matmul(pool_,
           {.linear = weights.down, .x = gated, .y = out, .quantised = quantise(scratch_.gateNarrow, gated)},
           projectionsOf(layer + 1));
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
    rmsNorm(scratch_.x.matrix(scratch_.capacity, config_.hidden).row(entry), parameters_->finalNorm,
            config_.rmsNormEps, to);
}

} // namespace fastcar::cpu

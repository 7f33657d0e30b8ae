// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/modelled_card.h"

#include "engine/backend/machine_memory.h"
#include "fpga/arithmetic/activation.h"
#include "fpga/arithmetic/quantise.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <chrono>
#include <new>

namespace fastcar::fpga {

namespace {

using Clock = std::chrono::steady_clock;

std::int64_t nanosecondsSince(Clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count();
}

std::size_t product(std::initializer_list<int> extents)
{
    std::size_t n = 1;
    for (const int extent : extents)
        n *= static_cast<std::size_t>(extent);
    return n;
}

/// Every bit of `rows` in turn.
template <typename Body>
void forEachRow(std::uint32_t rows, Body body)
{
    for (; rows; rows &= rows - 1)
        body(std::countr_zero(rows));
}

Visible visibleFrom(const AttentionSpan &span, int position)
{
    if (!span.windowed)
        return {.end = position + 1};
    const int from = std::max(0, position + 1 - span.window);
    return {.sinks = std::min(span.sinks, from), .from = from, .end = position + 1};
}

} // namespace

ModelledCard::Activations::Activations(int rows, int columns)
    : values(product({rows, columns}))
    , scales(static_cast<std::size_t>(rows))
    , width(columns)
{
}

std::span<std::int8_t> ModelledCard::Activations::row(int r)
{
    return std::span(values).subspan(product({r, width}), static_cast<std::size_t>(width));
}

Quantised ModelledCard::Activations::at(int r) const
{
    return {std::span(values).subspan(product({r, width}), static_cast<std::size_t>(width)),
            scales[static_cast<std::size_t>(r)]};
}

/// In card memory: keys and values by [layer][sequence][head][position], MLP outputs by
/// [layer][sequence][slot].
struct ModelledCard::Caches {
    Caches(const BackboneConfig &config, int sequenceCount, int positionCount, int strideOfVideo)
        : layers(config.layers)
        , sequences(sequenceCount)
        , heads(config.kvHeads)
        , positions(positionCount)
        , headDim(config.headDim)
        , hidden(config.hidden)
        , stride(strideOfVideo)
        , keys(product({layers, sequences, heads, positions, headDim}))
        , values(keys.size())
        , keyScales(product({layers, sequences, heads, positions}))
        , valueScales(keyScales.size())
        , mlpOutputs(product({layers, sequences, stride, hidden}))
    {
    }

    static std::uint64_t bytes(const BackboneConfig &config, int sequences, int positions, int stride)
    {
        return product({config.layers, sequences, config.kvHeads, positions}) *
                   (2 * static_cast<std::size_t>(config.headDim) + 2 * sizeof(Scale)) +
               product({config.layers, sequences, stride, config.hidden}) * sizeof(std::int32_t);
    }

    std::size_t headAt(int layer, int sequence, int head) const
    {
        return static_cast<std::size_t>((layer * sequences + sequence) * heads + head) *
               static_cast<std::size_t>(positions);
    }
    HeadCache head(int layer, int sequence, int head) const
    {
        const std::size_t at = headAt(layer, sequence, head);
        const std::size_t width = static_cast<std::size_t>(headDim);
        return {keys.data() + at * width, values.data() + at * width, keyScales.data() + at,
                valueScales.data() + at, headDim};
    }
    std::span<std::int32_t> mlpOutput(int layer, int sequence, int slot)
    {
        const auto width = static_cast<std::size_t>(hidden);
        const auto at = static_cast<std::size_t>((layer * sequences + sequence) * stride + slot) * width;
        return std::span(mlpOutputs).subspan(at, width);
    }

    int layers, sequences, heads, positions, headDim, hidden, stride;
    std::vector<std::int8_t> keys, values;
    std::vector<Scale> keyScales, valueScales;
    std::vector<std::int32_t> mlpOutputs;
};

/// What the card holds on chip, for all rows.
struct ModelledCard::Scratch {
    Scratch(const BackboneConfig &config, int rows, int positions, int workers)
        : resultWidth(std::max(
              {(config.heads + 2 * config.kvHeads) * config.headDim, 2 * config.intermediate, config.hidden}))
        , x(product({rows, config.hidden}))
        , y(product({rows, resultWidth}))
        , ofState(rows, config.hidden)
        , attended(rows, config.heads * config.headDim)
        , activated(rows, config.intermediate)
        , rawQueries(rows * config.heads, config.headDim)
        , queries(rows * config.heads, config.headDim)
        , headTas(product({rows, config.heads}))
        , scores(product({workers, positions}))
        , hidden(product({rows, config.hidden}))
        , tas(product({config.layers, rows}))
        , replays(static_cast<std::size_t>(config.layers))
        , positionsOfScores(positions)
    {
    }
    int resultWidth;
    std::vector<std::int32_t> x; // [rows, D]
    std::vector<std::int32_t> y; // [rows, resultWidth]
    Activations ofState, attended, activated;
    Activations rawQueries, queries;   // [rows * heads, headDim], before and after rotation
    std::vector<std::int32_t> headTas; // [rows, heads]
    std::vector<std::int32_t> scores;  // [workers, positions]
    std::vector<std::int32_t> hidden;  // [rows, D]
    std::vector<std::int32_t> tas;     // [layers, rows]
    std::vector<std::uint32_t> replays;
    int positionsOfScores;
};

ModelledCard::ModelledCard(std::shared_ptr<const QuantisedModel> model, const CardShape &shape,
                           ThreadPool &pool)
    : model_(std::move(model))
    , shape_(shape)
    , pool_(pool)
{
}

ModelledCard::~ModelledCard() = default;

Result<void> ModelledCard::begin(int sequences, int positions)
{
    const BackboneConfig &config = model_->config;
    caches_.reset();
    const std::uint64_t bytes = Caches::bytes(config, sequences, positions, model_->stride);
    if (const auto memory = machineMemory(); memory && bytes > memory->availableBytes)
        return Error{.kind = ErrorKind::Unsupported,
                     .message = "The modelled card needs " + bytesForPeople(bytes) + " for its caches (" +
                                std::to_string(sequences) + " rows of " + std::to_string(positions) +
                                " positions), but only " + bytesForPeople(memory->availableBytes) +
                                " of memory are available: use fewer frames or fewer videos at a time."};
    caches_ = std::make_unique<Caches>(config, sequences, positions, model_->stride);
    if (rope_.positions() < positions)
        rope_ = RopeTable(positions, config.headDim, config.ropeTheta, config.ropeScaling);
    scratch_ = std::make_unique<Scratch>(config, shape_.rows, positions, pool_.threads());
    timing_.reset();
    AcceleratorShape shape;
    shape.card = shape_;
    if (const auto program =
            StepProgram::of(QuantisedModel::outline(config, model_->stride), shape, sequences, positions))
        timing_ = std::make_unique<StepModel>(*program, shape, StreamTiming{});
    return {};
}

std::span<std::int32_t> ModelledCard::state(int row)
{
    const auto width = static_cast<std::size_t>(model_->config.hidden);
    return std::span(scratch_->x).subspan(static_cast<std::size_t>(row) * width, width);
}

std::span<std::int32_t> ModelledCard::result(int row)
{
    const auto width = static_cast<std::size_t>(scratch_->resultWidth);
    return std::span(scratch_->y).subspan(static_cast<std::size_t>(row) * width, width);
}

std::uint64_t ModelledCard::bytesOf(const QuantisedMatrix &matrix) const
{
    return MatrixLayout::of(matrix.rows, matrix.columns, shape_).bytes();
}

/// y[row] = matrix x[row] for the given rows; each weight row is read once for all of them.
void ModelledCard::multiplyRows(const QuantisedMatrix &matrix, const Activations &x, std::uint32_t rows)
{
    constexpr int outputs = 32;
    pool_.forEachTile((matrix.rows + outputs - 1) / outputs, [&](std::int64_t tile) {
        const int begin = static_cast<int>(tile) * outputs;
        for (int o = begin; o < std::min(begin + outputs, matrix.rows); ++o) {
            const std::int8_t *const weights = matrix.row(o).data();
            const Scale scale = matrix.scales[static_cast<std::size_t>(o)];
            forEachRow(rows, [&](int r) {
                const Quantised activation = x.at(r);
                result(r)[static_cast<std::size_t>(o)] =
                    toFixed(dot(weights, activation.values.data(), matrix.columns),
                            multiply(scale, activation.scale));
            });
        }
    });
    bytesRead_ += bytesOf(matrix) * static_cast<std::uint64_t>(weightPasses(order_, rows_, rows));
}

/// Queries, keys and values of one row out of its result, quantised; keys and values into the cache.
void ModelledCard::splitHeads(int layer, int row, const CardStep &step)
{
    const BackboneConfig &config = model_->config;
    const RowDescriptor &descriptor = step.rows[static_cast<std::size_t>(row)];
    const auto turns = rope_.at(descriptor.position);
    const auto width = static_cast<std::size_t>(config.headDim);
    const auto headOf = [&](int index) {
        return result(row).subspan(static_cast<std::size_t>(index) * width, width);
    };
    for (int h = 0; h < config.heads; ++h) {
        const int at = row * config.heads + h;
        scratch_->rawQueries.scales[static_cast<std::size_t>(at)] =
            quantise(headOf(h), scratch_->rawQueries.row(at));
        rotate(headOf(h), turns);
        scratch_->queries.scales[static_cast<std::size_t>(at)] =
            quantise(headOf(h), scratch_->queries.row(at));
    }
    for (int h = 0; h < config.kvHeads; ++h) {
        const std::size_t at =
            caches_->headAt(layer, descriptor.sequence, h) + static_cast<std::size_t>(descriptor.position);
        rotate(headOf(config.heads + h), turns);
        caches_->keyScales[at] =
            quantise(headOf(config.heads + h), std::span(caches_->keys).subspan(at * width, width));
        caches_->valueScales[at] = quantise(headOf(config.heads + config.kvHeads + h),
                                            std::span(caches_->values).subspan(at * width, width));
    }
}

void ModelledCard::attendHead(int layer, int row, int head, const CardStep &step, int worker)
{
    const BackboneConfig &config = model_->config;
    const RowDescriptor &descriptor = step.rows[static_cast<std::size_t>(row)];
    const HeadCache cache = caches_->head(layer, descriptor.sequence, head / (config.heads / config.kvHeads));
    const int at = row * config.heads + head;
    if (descriptor.measured)
        scratch_->headTas[static_cast<std::size_t>(at)] =
            fpga::headTas((step.rotatedQuery ? scratch_->queries : scratch_->rawQueries).at(at), cache,
                          descriptor.earlier, model_->constants.tas);
    const auto width = static_cast<std::size_t>(config.headDim);
    const auto positions = static_cast<std::size_t>(scratch_->positionsOfScores);
    attend(scratch_->queries.at(at), cache, visibleFrom(step.attention, descriptor.position),
           model_->constants.attention,
           std::span(scratch_->scores).subspan(static_cast<std::size_t>(worker) * positions, positions),
           result(row).subspan(static_cast<std::size_t>(head) * width, width));
}

/// The first `width` results of a row, quantised; the Scale is of real numbers, not of Q16 steps.
void ModelledCard::quantiseRow(int row, int width, Activations &to)
{
    Scale scale = quantise(result(row).first(static_cast<std::size_t>(width)), to.row(row));
    if (scale.mantissa != 0)
        scale.exponent = static_cast<std::int16_t>(scale.exponent - fractionBits);
    to.scales[static_cast<std::size_t>(row)] = scale;
}

std::uint32_t ModelledCard::gate(int layer, const CardStep &step)
{
    const int heads = model_->config.heads;
    std::vector<GateRow> rows;
    for (std::size_t r = 0; r < step.rows.size(); ++r) {
        const RowDescriptor &descriptor = step.rows[r];
        std::int32_t tas = 0;
        for (int h = 0; descriptor.measured && h < heads; ++h)
            tas = addSaturated(
                tas, scratch_->headTas[r * static_cast<std::size_t>(heads) + static_cast<std::size_t>(h)]);
        scratch_->tas[static_cast<std::size_t>(layer) * step.rows.size() + r] = tas;
        rows.push_back({.tas = tas,
                        .eligible = descriptor.measured,
                        .partner = static_cast<std::uint8_t>(descriptor.partner)});
    }
    const LayerThreshold threshold =
        step.thresholds.empty() ? LayerThreshold{} : step.thresholds[static_cast<std::size_t>(layer)];
    return decideReplay(step.gate, threshold, rows);
}

void ModelledCard::mlp(int layer, const CardStep &step, std::uint32_t replays)
{
    const BackboneConfig &config = model_->config;
    const QuantisedLayer &weights = model_->layers[static_cast<std::size_t>(layer)];
    const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << step.rows.size()) - 1);
    const std::uint32_t computes = all & ~replays;
    const auto cached = [&](int r) {
        const RowDescriptor &row = step.rows[static_cast<std::size_t>(r)];
        return caches_->mlpOutput(layer, row.sequence, row.slot);
    };
    if (computes) {
        forEachRow(computes, [&](int r) {
            scratch_->ofState.scales[static_cast<std::size_t>(r)] =
                normQuantised(weights.postAttentionNorm, state(r), scratch_->ofState.row(r));
        });
        multiplyRows(weights.gateUp, scratch_->ofState, computes);
        const auto inner = static_cast<std::size_t>(config.intermediate);
        forEachRow(computes, [&](int r) {
            const std::span<std::int32_t> y = result(r);
            for (std::size_t i = 0; i < inner; ++i)
                y[i] = siluTimes(y[i], y[inner + i]);
            quantiseRow(r, config.intermediate, scratch_->activated);
        });
        multiplyRows(weights.down, scratch_->activated, computes);
    }
    for (int r = 0; r < static_cast<int>(step.rows.size()); ++r) {
        const bool replayed = (replays >> r) & 1;
        const std::span<std::int32_t> x = state(r);
        const std::span<const std::int32_t> y = replayed ? cached(r) : result(r);
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = addSaturated(x[i], y[i]);
        if (!replayed && step.rows[static_cast<std::size_t>(r)].stores)
            std::copy_n(y.begin(), x.size(), cached(r).begin());
    }
}

Result<CardReport> ModelledCard::run(const CardStep &step)
{
    assert(caches_ && static_cast<int>(step.rows.size()) <= shape_.rows);
    const BackboneConfig &config = model_->config;
    const int rows = static_cast<int>(step.rows.size());
    const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
    std::copy(step.input.begin(), step.input.end(), scratch_->x.begin());
    bytesRead_ = 0;
    rows_ = rows;
    order_ = rowOrder(shape_, rows, step.drs);
    CardReport report;

    for (int layer = 0; layer < config.layers; ++layer) {
        const QuantisedLayer &weights = model_->layers[static_cast<std::size_t>(layer)];
        const Clock::time_point start = Clock::now();
        for (int r = 0; r < rows; ++r)
            scratch_->ofState.scales[static_cast<std::size_t>(r)] =
                normQuantised(weights.inputNorm, state(r), scratch_->ofState.row(r));
        multiplyRows(weights.queryKeyValue, scratch_->ofState, all);
        for (int r = 0; r < rows; ++r)
            splitHeads(layer, r, step);
        pool_.forEachTile(std::int64_t{rows} * config.heads, [&](std::int64_t tile, int worker) {
            attendHead(layer, static_cast<int>(tile) / config.heads, static_cast<int>(tile) % config.heads,
                       step, worker);
        });
        for (int r = 0; r < rows; ++r)
            quantiseRow(r, config.heads * config.headDim, scratch_->attended);
        multiplyRows(weights.output, scratch_->attended, all);
        for (int r = 0; r < rows; ++r)
            for (std::size_t i = 0; i < state(r).size(); ++i)
                state(r)[i] = addSaturated(state(r)[i], result(r)[i]);
        report.attentionNs += nanosecondsSince(start);

        const Clock::time_point attended = Clock::now();
        const std::uint32_t replays = gate(layer, step);
        scratch_->replays[static_cast<std::size_t>(layer)] = replays;
        mlp(layer, step, replays);
        report.mlpNs += nanosecondsSince(attended);
    }

    const auto width = static_cast<std::size_t>(config.hidden);
    for (int r = 0; r < rows; ++r)
        if (step.rows[static_cast<std::size_t>(r)].wanted)
            normFixed(model_->finalNorm, state(r),
                      std::span(scratch_->hidden).subspan(static_cast<std::size_t>(r) * width, width));
    report.hidden = std::span(scratch_->hidden).first(static_cast<std::size_t>(rows) * width);
    report.tas = std::span(scratch_->tas).first(static_cast<std::size_t>(config.layers * rows));
    report.replays = scratch_->replays;
    report.weightBytesRead = bytesRead_;
    // Of decode steps only: nobody asks for a prompt's.
    if (timing_ && step.rows.front().stores)
        if (Result<StepTimes> times = timing_->time(step, scratch_->replays, false)) {
            counters_ = std::move(times->counters);
            report.counters = &counters_;
        }
    return report;
}

} // namespace fastcar::fpga

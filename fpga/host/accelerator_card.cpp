// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/accelerator_card.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

namespace fastcar::fpga {

namespace {

std::uint64_t offsetOf(std::uint32_t beat)
{
    return std::uint64_t{beat} * beatBytes;
}

} // namespace

AcceleratorCard::AcceleratorCard(std::shared_ptr<const QuantisedModel> model, const AcceleratorShape &shape,
                                 std::unique_ptr<CardLink> link)
    : model_(std::move(model))
    , shape_(shape)
    , link_(std::move(link))
{
}

AcceleratorCard::~AcceleratorCard() = default;

Result<void> AcceleratorCard::writeWords(std::uint32_t beat, std::span<const std::uint32_t> words)
{
    return link_->write(0, offsetOf(beat), std::as_bytes(words));
}

Result<void> AcceleratorCard::begin(int sequences, int positions)
{
    Result<StepProgram> program = StepProgram::of(*model_, shape_, sequences, positions);
    if (!program)
        return program.error();
    program_ = std::move(*program);
    if (Result<void> done = link_->allocate(program_.bytes); !done)
        return done;
    for (std::size_t port = 0; port < program_.images.size(); ++port)
        if (Result<void> done = link_->write(static_cast<int>(port), 0, program_.images[port]); !done)
            return done;
    program_.images.clear(); // they lie on the card
    return link_->write(0, offsetOf(program_.places.program),
                        std::as_bytes(std::span(program_.instructions)));
}

Result<void> AcceleratorCard::writeStep(const CardStep &step)
{
    const RunPlaces &places = program_.places;
    const Beat head = header(step, program_.placesOf(orderOf(step)));
    if (Result<void> done = writeWords(program_.header, head); !done)
        return done;

    words_.clear();
    for (const RowDescriptor &row : step.rows)
        for (const std::uint32_t word : descriptor(row))
            words_.push_back(word);
    if (Result<void> done = writeWords(places.rows, words_); !done)
        return done;

    words_.clear();
    for (std::size_t layer = 0; layer < model_->layers.size(); ++layer) {
        const LayerThreshold threshold = step.thresholds.empty() ? LayerThreshold{} : step.thresholds[layer];
        words_.push_back(static_cast<std::uint32_t>(threshold.value));
        words_.push_back(static_cast<std::uint32_t>(threshold.kind));
    }
    if (Result<void> done = writeWords(places.thresholds, words_); !done)
        return done;
    return link_->write(0, offsetOf(places.input), std::as_bytes(step.input));
}

Result<void> AcceleratorCard::readStep(const CardStep &step)
{
    const RunPlaces &places = program_.places;
    const std::size_t rows = step.rows.size(), layers = model_->layers.size();
    hidden_.resize(rows * static_cast<std::size_t>(model_->config.hidden));
    if (Result<void> done =
            link_->read(0, offsetOf(places.hidden), std::as_writable_bytes(std::span(hidden_)));
        !done)
        return done;
    constexpr std::size_t outcomeWords = 3 * beatBytes / 4; // decisions, then TAS of 32 rows
    words_.resize(layers * outcomeWords);
    if (Result<void> done =
            link_->read(0, offsetOf(places.outcome), std::as_writable_bytes(std::span(words_)));
        !done)
        return done;
    tas_.resize(layers * rows);
    replays_.resize(layers);
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const auto words = std::span(words_).subspan(layer * outcomeWords, outcomeWords);
        replays_[layer] = words[0];
        std::transform(words.begin() + 16, words.begin() + 16 + static_cast<std::ptrdiff_t>(rows),
                       tas_.begin() + static_cast<std::ptrdiff_t>(layer * rows),
                       [](std::uint32_t word) { return static_cast<std::int32_t>(word); });
    }
    return {};
}

/// Of the matrices that were streamed: an MLP's only where a row computed, and for each half.
std::uint64_t AcceleratorCard::weightBytes(const CardStep &step) const
{
    const auto rows = static_cast<int>(step.rows.size());
    const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << rows) - 1);
    std::uint64_t bytes = 0;
    for (std::size_t layer = 0; layer < model_->layers.size(); ++layer) {
        const QuantisedLayer &weights = model_->layers[layer];
        const auto count = [&](const QuantisedMatrix &matrix, std::uint32_t mask) {
            bytes += MatrixLayout::of(matrix.rows, matrix.columns, shape_.card).bytes() *
                     static_cast<std::uint64_t>(weightPasses(orderOf(step), rows, mask));
        };
        count(weights.queryKeyValue, all);
        count(weights.output, all);
        count(weights.gateUp, all & ~replays_[layer]);
        count(weights.down, all & ~replays_[layer]);
    }
    return bytes;
}

RowOrder AcceleratorCard::orderOf(const CardStep &step) const
{
    return rowOrder(shape_.card, static_cast<int>(step.rows.size()), step.drs);
}

Result<CardReport> AcceleratorCard::run(const CardStep &step)
{
    assert(!program_.instructions.empty() && step.rows.size() <= static_cast<std::size_t>(maxRows()));
    if (Result<void> done = writeStep(step); !done)
        return done.error();
    if (Result<void> done = link_->run(program_.header); !done)
        return done.error();
    if (Result<void> done = readStep(step); !done)
        return done.error();
    CardReport report{
        .hidden = hidden_, .tas = tas_, .replays = replays_, .weightBytesRead = weightBytes(step)};
    // A step without counters is a whole one.
    if (Result<CardCounters> counters = link_->counters()) {
        counters_ = std::move(*counters);
        report.counters = &counters_;
    }
    return report;
}

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/accelerator_backbone.h"

#include "engine/backend/step_check.h"
#include "fpga/arithmetic/scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fastcar::fpga {

namespace {

Error badInput(std::string message)
{
    return {.kind = ErrorKind::BadInput, .message = std::move(message)};
}

GateRule ruleOf(GateMode mode)
{
    switch (mode) {
    case GateMode::All:
        return GateRule::All;
    case GateMode::Conditional:
        return GateRule::Conditional;
    case GateMode::Mean:
        return GateRule::Mean;
    case GateMode::Row:
        break;
    }
    return GateRule::Row;
}

void toFloats(std::span<const std::int32_t> from, std::span<float> to)
{
    std::transform(from.begin(), from.end(), to.begin(), floatOf);
}

} // namespace

LayerThreshold layerThreshold(std::optional<float> threshold)
{
    using Kind = LayerThreshold::Kind;
    if (!threshold || std::isnan(*threshold))
        return {};
    if (*threshold == -std::numeric_limits<float>::infinity())
        return {.kind = Kind::Always};
    const double scaled = std::floor(std::ldexp(double{*threshold}, fractionBits));
    return {.kind = Kind::Above,
            .value = static_cast<std::int32_t>(std::clamp(scaled, -2147483648.0, 2147483647.0))};
}

AcceleratorBackbone::AcceleratorBackbone(std::shared_ptr<const QuantisedModel> model,
                                         std::unique_ptr<Card> card)
    : model_(std::move(model))
    , card_(std::move(card))
{
}

Result<void> AcceleratorBackbone::begin(RowLayout layout, int promptTokens, int visualTokens)
{
    const BackboneConfig &config = model_->config;
    if (layout.videos < 1 || promptTokens < 1 || visualTokens < 1)
        return badInput("A generation needs at least one video, one prompt token and one visual token.");
    if (layout.rows() > card_->maxRows())
        return badInput(std::to_string(layout.videos) + " videos need " + std::to_string(layout.rows()) +
                        " rows, but the accelerator has " + std::to_string(card_->maxRows()) +
                        " in flight: make fewer videos at a time.");
    const int positions = promptTokens + visualTokens;
    if (positions > config.maxPositions)
        return badInput("The prompt's " + std::to_string(promptTokens) + " tokens and the video's " +
                        std::to_string(visualTokens) + " need " + std::to_string(positions) +
                        " positions, but the model has " + std::to_string(config.maxPositions) +
                        ": use fewer frames or a shorter prompt.");
    tokens_.clear();
    if (Result<void> begun = card_->begin(layout.rows(), positions); !begun)
        return begun;
    layout_ = layout;
    promptTokens_ = promptTokens;
    visualTokens_ = visualTokens;
    nextToken_ = 0;
    tokens_.assign(static_cast<std::size_t>(layout.rows()), 0);
    hidden_.resize(tokens_.size() * static_cast<std::size_t>(config.hidden));
    outcome_.resize(tokens_.size() * static_cast<std::size_t>(config.layers));
    return {};
}

Result<void> AcceleratorBackbone::prefill(int row, MatrixView<const float> embeddings,
                                          std::span<float> hidden, MatrixView<float> allHidden)
{
    if (row < 0 || row >= static_cast<int>(tokens_.size()) || nextToken_ != 0)
        return badInput("Row " + std::to_string(row) + " cannot be prefilled: the generation has " +
                        std::to_string(tokens_.size()) + " rows and stands before token " +
                        std::to_string(nextToken_) + ".");
    int &tokens = tokens_[static_cast<std::size_t>(row)];
    if (tokens != 0 || embeddings.rows < 1 || embeddings.rows > promptTokens_ ||
        embeddings.cols != model_->config.hidden)
        return badInput("Row " + std::to_string(row) + " takes one prompt of at most " +
                        std::to_string(promptTokens_) + " tokens, each of " +
                        std::to_string(model_->config.hidden) + " numbers.");

    const int length = static_cast<int>(embeddings.rows);
    for (int done = 0; done < length;) {
        const int count = std::min(length - done, card_->maxRows());
        rows_.clear();
        for (int i = 0; i < count; ++i)
            rows_.push_back({.sequence = row,
                             .position = done + i,
                             .partner = i,
                             .wanted = allHidden.data || done + i == length - 1});
        const auto values = embeddings.all().subspan(static_cast<std::size_t>(done * embeddings.cols),
                                                     static_cast<std::size_t>(count * embeddings.cols));
        input_.resize(values.size());
        std::transform(values.begin(), values.end(), input_.begin(), fixedOf);
        const Result<CardReport> report = card_->run({.rows = rows_, .input = input_});
        if (!report)
            return report.error();
        const auto width = static_cast<std::size_t>(embeddings.cols);
        for (int i = 0; allHidden.data && i < count; ++i)
            toFloats(report->hidden.subspan(static_cast<std::size_t>(i) * width, width),
                     allHidden.row(done + i));
        if (done + count == length)
            toFloats(report->hidden.subspan(static_cast<std::size_t>(count - 1) * width, width), hidden);
        done += count;
    }
    tokens = length;
    return {};
}

void AcceleratorBackbone::describe(const StepInput &input)
{
    rows_.clear();
    const bool joint =
        input.policy && (input.policy->gate == GateMode::Conditional || input.policy->gate == GateMode::Mean);
    for (int row = 0; row < layout_.rows(); ++row) {
        const int position = tokens_[static_cast<std::size_t>(row)];
        const int video = layout_.videoOf(row);
        // A mean needs the other row of the pair; what the conditional row decides needs that row, also for
        // itself.
        const bool mean = joint && input.policy->gate == GateMode::Mean;
        const int other = layout_.guided && layout_.isConditional(row) ? row + layout_.videos : video;
        rows_.push_back({.sequence = row,
                         .position = position,
                         .slot = input.visualToken % model_->stride,
                         .earlier = position - model_->stride,
                         .partner = !joint ? row
                                    : mean ? other
                                           : video,
                         .measured = input.visualToken >= model_->stride,
                         .stores = true,
                         .wanted = true});
    }
    input_.resize(static_cast<std::size_t>(input.embeddings.rows * input.embeddings.cols));
    const auto values = input.embeddings.all();
    std::transform(values.begin(), values.end(), input_.begin(), fixedOf);
    thresholds_.clear();
    for (std::size_t layer = 0; layer < model_->layers.size(); ++layer)
        thresholds_.push_back(
            layerThreshold(input.policy ? input.policy->threshold(static_cast<int>(layer)) : std::nullopt));
}

void AcceleratorBackbone::takeOutcome(const CardReport &report, const StepInput &input)
{
    const bool measured = input.visualToken >= model_->stride;
    const std::size_t rows = rows_.size();
    for (std::size_t i = 0; i < outcome_.size(); ++i) {
        const std::size_t layer = i / rows;
        const bool eligible = measured && thresholds_[layer].kind != LayerThreshold::Kind::Never;
        const bool replayed = (report.replays[layer] >> (i % rows)) & 1;
        outcome_[i] = {.tas = measured ? floatOf(report.tas[i]) : std::numeric_limits<float>::quiet_NaN(),
                       .decision = !eligible  ? Decision::NotEligible
                                   : replayed ? Decision::Replayed
                                              : Decision::Computed};
    }
    toFloats(report.hidden, hidden_);
}

Result<StepReport> AcceleratorBackbone::step(const StepInput &input)
{
    if (Result<void> valid = checkStep(input, {.layout = layout_,
                                               .hidden = model_->config.hidden,
                                               .layers = model_->layers.size(),
                                               .nextToken = nextToken_,
                                               .visualTokens = visualTokens_,
                                               .withoutPrompt = rowWithoutPrompt(tokens_)});
        !valid)
        return valid.error();
    describe(input);
    const Result<CardReport> report =
        card_->run({.rows = rows_,
                    .input = input_,
                    .gate = input.policy ? ruleOf(input.policy->gate) : GateRule::Row,
                    .rotatedQuery = input.policy && input.policy->definition == TasDefinition::Paper,
                    .thresholds = thresholds_,
                    .attention = input.attention,
                    .drs = input.policy ? input.policy->drs : DrsPolicy::Split});
    if (!report)
        return report.error();
    takeOutcome(*report, input);
    for (int &tokens : tokens_)
        ++tokens;
    ++nextToken_;
    const std::int64_t rows = layout_.rows();
    return StepReport{.hidden = {hidden_.data(), rows, model_->config.hidden},
                      .outcome = {outcome_.data(), model_->config.layers, rows},
                      .weightBytesRead = report->weightBytesRead,
                      .mlpNs = report->mlpNs,
                      .attentionNs = report->attentionNs,
                      .card = report->counters};
}

} // namespace fastcar::fpga

// SPDX-License-Identifier: Apache-2.0
#include "engine/trace/trace.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fastcar {

TraceShape traceShape(const ModelConfig &config, const RunSettings &settings)
{
    return {.layers = config.backbone.layers,
            .rows = rowLayout(settings).rows(),
            .videos = settings.videos,
            .depth = config.depth.depth,
            .stride = config.stride(),
            .gridHeight = config.gridHeight,
            .gridWidth = config.gridWidth,
            .frames = settings.frames};
}

std::optional<float> thresholdInForce(const TracedToken &token, const ReplayPolicy &ruling, int stride,
                                      int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    if (!token.movedThresholds.empty()) {
        const float moved = token.movedThresholds[at];
        return std::isnan(moved) ? std::nullopt : std::optional(moved);
    }
    const bool allowed =
        !ruling.target && allowsLayer(ruling, layer) && ruling.frames.contains(token.step() / stride + 1);
    // A file may hold a list that is too short.
    return allowed && at < ruling.thresholds.size() ? ruling.thresholds[at] : std::nullopt;
}

Trace::Trace(TraceShape shape, RunSettings settings)
    : shape_(shape)
    , settings_(std::move(settings))
{
}

std::size_t Trace::outcomesOfStep() const
{
    return static_cast<std::size_t>(shape_.layers) * static_cast<std::size_t>(shape_.rows);
}

std::size_t Trace::codesOfToken() const
{
    return static_cast<std::size_t>(shape_.videos) * static_cast<std::size_t>(shape_.depth);
}

void Trace::append(const Event &event)
{
    switch (event.kind) {
    case Event::Kind::LayerOutcome:
        return takeOutcome(event);
    case Event::Kind::CodeDrawn:
        return takeCode(event);
    case Event::Kind::TokenDone:
        return endToken(event);
    case Event::Kind::PolicyChanged:
        policyFrom_[event.policy] = tokens_; // the next token is drawn, then its step runs
        return;
    case Event::Kind::ThresholdSet:
        return takeThreshold(event);
    case Event::Kind::CardRun:
        return takeCardRun(event);
    case Event::Kind::CardCounted:
        return takeCount(event);
    case Event::Kind::HeadScored:
        return takeHead(event);
    case Event::Kind::StepTimed:
        return takeMlpTime(event);
    case Event::Kind::PhaseChanged:
    case Event::Kind::FrameDone:
    case Event::Kind::StepRepeated:
        return;
    }
}

void Trace::append(const TracedToken &token)
{
    const std::span<const LayerOutcome> outcomes = token.outcomes.all();
    if (token.token < 0 || !isNextToken(static_cast<std::uint32_t>(token.token)) ||
        token.codes.size() != codesOfToken() || outcomes.size() != (token.hasStep() ? outcomesOfStep() : 0))
        return;
    const auto at = static_cast<std::size_t>(token.token);
    if (token.hasStep()) {
        const std::size_t step = at - 1;
        outcomes_.resize(step * outcomesOfStep());
        outcomes_.insert(outcomes_.end(), outcomes.begin(), outcomes.end());
        policies_.resize(at);
        policies_[step] = token.policy;
        cards_.resize(std::min(cards_.size(), step));
        if (token.card && fitsCards(token.card->cores(), token.card->ports())) {
            cards_.resize(step);
            cards_.push_back(*token.card);
        }
        takeMovedThresholds(step, token.movedThresholds);
        takeHeads(step, token.headScores);
        mlpTimes_.resize(std::min(mlpTimes_.size(), step));
        if (token.mlpNs > 0) {
            mlpTimes_.resize(step);
            mlpTimes_.push_back(token.mlpNs);
        }
    }
    codes_.resize(at * codesOfToken());
    codes_.insert(codes_.end(), token.codes.begin(), token.codes.end());
    times_.push_back(token.timeNs);
    steps_ = tokens_;
    ++tokens_;
}

void Trace::append(const TraceItem &item)
{
    if (const auto *token = std::get_if<TracedToken>(&item)) {
        append(*token);
    } else if (const auto *change = std::get_if<PolicyChange>(&item)) {
        addPolicy(change->number, change->policy);
        policyFrom_[change->number] = tokens_;
    } else {
        addContinuation(std::get<Continuation>(item));
    }
}

void Trace::takeOutcome(const Event &event)
{
    if (static_cast<int>(event.token) != steps_ || steps_ >= tokens_ || event.layer >= shape_.layers ||
        event.row >= shape_.rows)
        return;
    const auto step = static_cast<std::size_t>(steps_);
    outcomes_.resize((step + 1) * outcomesOfStep(), {.tas = std::numeric_limits<float>::quiet_NaN()});
    policies_.resize(step + 1);
    policies_[step] = event.policy;
    outcomes_[step * outcomesOfStep() + event.layer * static_cast<std::size_t>(shape_.rows) + event.row] = {
        event.tas, event.decision};
}

void Trace::takeCode(const Event &event)
{
    if (static_cast<int>(event.token) != tokens_ || event.row >= shape_.videos || event.depth >= shape_.depth)
        return;
    const auto token = static_cast<std::size_t>(tokens_);
    codes_.resize((token + 1) * codesOfToken());
    codes_[token * codesOfToken() + event.row * static_cast<std::size_t>(shape_.depth) + event.depth] =
        event.code;
}

/// One run of a card has one size, so that its counters can be summed.
bool Trace::fitsCards(int cores, int ports) const
{
    const auto counted = std::find_if(cards_.rbegin(), cards_.rend(),
                                      [](const CardCounters &card) { return card.cores() > 0; });
    return counted == cards_.rend() || (counted->cores() == cores && counted->ports() == ports);
}

void Trace::takeThreshold(const Event &event)
{
    if (static_cast<int>(event.token) != steps_ || steps_ >= tokens_ || event.layer >= shape_.layers)
        return;
    const auto layers = static_cast<std::size_t>(shape_.layers);
    const auto first = static_cast<std::size_t>(steps_) * layers;
    thresholds_.resize(first + layers, std::numeric_limits<float>::quiet_NaN());
    thresholds_[first + event.layer] = event.threshold;
}

/// All of a step at once; none where `moved` is empty.
void Trace::takeMovedThresholds(std::size_t step, std::span<const float> moved)
{
    const std::size_t first = step * static_cast<std::size_t>(shape_.layers);
    thresholds_.resize(std::min(thresholds_.size(), first));
    if (moved.size() != static_cast<std::size_t>(shape_.layers))
        return;
    thresholds_.resize(first, std::numeric_limits<float>::quiet_NaN());
    thresholds_.insert(thresholds_.end(), moved.begin(), moved.end());
}

void Trace::takeHead(const Event &event)
{
    const bool isHead = event.code >= 0 && event.code < event.count && event.count <= mostHeads;
    if (static_cast<int>(event.token) != steps_ || steps_ >= tokens_ || event.layer >= shape_.layers ||
        event.row >= shape_.rows || !isHead)
        return;
    const std::size_t heads = static_cast<std::size_t>(event.count);
    heads_.resize(static_cast<std::size_t>(steps_) + 1);
    std::vector<float> &scores = heads_.back();
    scores.resize(outcomesOfStep() * heads, std::numeric_limits<float>::quiet_NaN());
    scores[(event.layer * static_cast<std::size_t>(shape_.rows) + event.row) * heads +
           static_cast<std::size_t>(event.code)] = event.tas;
}

/// All of a step at once; none where `scores` is empty.
void Trace::takeHeads(std::size_t step, MatrixView<const float> scores)
{
    heads_.resize(std::min(heads_.size(), step));
    if (scores.cols < 1 || scores.cols > mostHeads ||
        scores.rows != static_cast<std::int64_t>(outcomesOfStep()))
        return;
    heads_.resize(step);
    heads_.emplace_back(scores.all().begin(), scores.all().end());
}

void Trace::takeCardRun(const Event &event)
{
    if (static_cast<int>(event.token) != steps_ || steps_ >= tokens_ || event.row == 0)
        return;
    if (!fitsCards(event.row, event.layer))
        return;
    cards_.resize(static_cast<std::size_t>(steps_));
    cards_.push_back(CardCounters::of(event.row, event.layer));
}

void Trace::takeCount(const Event &event)
{
    if (static_cast<int>(event.token) != steps_ || cards_.size() != static_cast<std::size_t>(steps_) + 1)
        return;
    if (std::int64_t *const count = countAt(cards_.back(), event.layer, event.row))
        *count = event.count;
}

void Trace::takeMlpTime(const Event &event)
{
    if (static_cast<int>(event.token) != steps_ || steps_ >= tokens_)
        return;
    mlpTimes_.resize(static_cast<std::size_t>(steps_));
    mlpTimes_.push_back(event.timeNs);
}

bool Trace::isNextToken(std::uint32_t token) const
{
    const bool inVideo =
        token < static_cast<std::size_t>(shape_.frames) * static_cast<std::size_t>(shape_.stride);
    return inVideo && token == static_cast<std::uint32_t>(tokens_);
}

void Trace::endToken(const Event &event)
{
    const auto token = static_cast<std::size_t>(tokens_);
    const bool codesThere = codes_.size() == (token + 1) * codesOfToken();
    const bool stepThere = tokens_ == 0 || policies_.size() == token;
    if (!isNextToken(event.token) || !codesThere || !stepThere)
        return;
    times_.push_back(event.timeNs);
    steps_ = tokens_;
    ++tokens_;
}

void Trace::addPolicy(std::uint32_t number, ReplayPolicy policy)
{
    policyTable_[number] = std::move(policy);
}

void Trace::addContinuation(Continuation continuation)
{
    settings_.continued.push_back(std::move(continuation));
    // The step whose token never came is run again, perhaps on a device that does not count.
    cards_.resize(std::min(cards_.size(), static_cast<std::size_t>(steps_)));
    heads_.resize(std::min(heads_.size(), static_cast<std::size_t>(steps_)));
    mlpTimes_.resize(std::min(mlpTimes_.size(), static_cast<std::size_t>(steps_)));
    thresholds_.resize(std::min(thresholds_.size(),
                                static_cast<std::size_t>(steps_) * static_cast<std::size_t>(shape_.layers)));
}

void Trace::addRunFacts(const RunSettings &settings)
{
    settings_.modelDigest = settings.modelDigest;
    settings_.version = settings.version;
}

MatrixView<const LayerOutcome> Trace::outcomes(int step) const
{
    assert(step >= 0 && step < steps_);
    return {outcomes_.data() + static_cast<std::size_t>(step) * outcomesOfStep(), shape_.layers, shape_.rows};
}

LayerOutcome Trace::outcome(int step, int layer, int row) const
{
    assert(row >= 0 && row < shape_.rows);
    return outcomes(step).row(layer)[static_cast<std::size_t>(row)];
}

std::uint32_t Trace::policyOf(int step) const
{
    assert(step >= 0 && step < steps_);
    return policies_[static_cast<std::size_t>(step)];
}

std::uint32_t Trace::policyToCome(int step) const
{
    std::uint32_t number = steps_ > 0 ? policies_[static_cast<std::size_t>(steps_ - 1)] : 0;
    for (const auto &[later, from] : policyFrom_)
        if (from <= step)
            number = std::max(number, later);
    return number;
}

bool Trace::hasMovedThresholds(int step) const
{
    return policy(policyOf(step)).target &&
           thresholds_.size() > static_cast<std::size_t>(step) * static_cast<std::size_t>(shape_.layers);
}

std::optional<float> Trace::threshold(int step, int layer) const
{
    return thresholdInForce(token(step + 1), policy(policyOf(step)), shape_.stride, layer);
}

MatrixView<const float> Trace::headScores(int step) const
{
    assert(step >= 0 && step < steps_);
    const auto at = static_cast<std::size_t>(step);
    if (at >= heads_.size() || heads_[at].empty())
        return {};
    const auto rows = static_cast<std::int64_t>(outcomesOfStep());
    return {heads_[at].data(), rows, std::ssize(heads_[at]) / rows};
}

int Trace::heads() const
{
    const auto last =
        std::find_if(heads_.rbegin(), heads_.rend(), [](const auto &scores) { return !scores.empty(); });
    return last == heads_.rend() ? 0 : static_cast<int>(last->size() / outcomesOfStep());
}

std::optional<CardCounters> Trace::card(int step) const
{
    assert(step >= 0 && step < steps_);
    const auto s = static_cast<std::size_t>(step);
    if (s >= cards_.size() || cards_[s].cores() == 0)
        return std::nullopt;
    return cards_[s];
}

std::int64_t Trace::mlpNs(int step) const
{
    assert(step >= 0 && step < steps_);
    const auto at = static_cast<std::size_t>(step);
    return at < mlpTimes_.size() ? mlpTimes_[at] : 0;
}

CardTotals Trace::cardTotals() const
{
    CardTotals totals;
    for (int step = 0; step < steps_; ++step)
        if (const std::optional<CardCounters> counters = card(step))
            totals.add(*counters);
    return totals;
}

const ReplayPolicy &Trace::policy(std::uint32_t number) const
{
    const auto found = policyTable_.find(number);
    return found == policyTable_.end() ? settings_.replay : found->second;
}

std::int32_t Trace::code(int token, int video, int depth) const
{
    assert(token >= 0 && token < tokens_ && video >= 0 && video < shape_.videos);
    assert(depth >= 0 && depth < shape_.depth);
    return codes_[static_cast<std::size_t>(token) * codesOfToken() +
                  static_cast<std::size_t>(video * shape_.depth + depth)];
}

std::int64_t Trace::timeNs(int token) const
{
    assert(token >= 0 && token < tokens_);
    return times_[static_cast<std::size_t>(token)];
}

TracedToken Trace::token(int token) const
{
    assert(token >= 0 && token < tokens_);
    const auto at = static_cast<std::size_t>(token);
    TracedToken traced{.token = token,
                       .timeNs = times_[at],
                       .codes = std::span(codes_).subspan(at * codesOfToken(), codesOfToken())};
    if (traced.hasStep()) {
        traced.policy = policies_[at - 1];
        traced.outcomes = outcomes(token - 1);
        if (at - 1 < cards_.size() && cards_[at - 1].cores() > 0)
            traced.card = &cards_[at - 1];
        traced.headScores = headScores(token - 1);
        traced.mlpNs = mlpNs(token - 1);
        const auto layers = static_cast<std::size_t>(shape_.layers);
        if (hasMovedThresholds(token - 1))
            traced.movedThresholds = std::span(thresholds_).subspan((at - 1) * layers, layers);
    }
    return traced;
}

ReplayStatistics Trace::statistics() const
{
    ReplayStatistics statistics(shape_.layers, shape_.frames, shape_.stride);
    for (int step = 0; step < steps_; ++step)
        statistics.add(step, outcomes(step));
    return statistics;
}

RunPrefix prefixOf(const Trace &trace)
{
    const TraceShape &shape = trace.shape();
    RunPrefix prefix{.settings = trace.settings(),
                     .layers = shape.layers,
                     .rows = shape.rows,
                     .stride = shape.stride,
                     .depth = shape.depth,
                     .tokens = trace.tokens(),
                     .policies = trace.policies()};
    for (int token = 0; token < trace.tokens(); ++token)
        for (int video = 0; video < shape.videos; ++video)
            for (int depth = 0; depth < shape.depth; ++depth)
                prefix.codes.push_back(trace.code(token, video, depth));
    for (int step = 0; step < trace.steps(); ++step) {
        const auto outcomes = trace.outcomes(step).all();
        prefix.outcomes.insert(prefix.outcomes.end(), outcomes.begin(), outcomes.end());
    }
    for (int step = 0; step <= trace.tokens(); ++step)
        prefix.policyOf.push_back(step < trace.steps() ? trace.policyOf(step) : trace.policyToCome(step));
    if (trace.tokens() > 0)
        prefix.timeNs = trace.timeNs(trace.tokens() - 1);
    return prefix;
}

} // namespace fastcar

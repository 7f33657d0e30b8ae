// SPDX-License-Identifier: Apache-2.0
#include "engine/replay/replay_controller.h"

#include "engine/replay/gate.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace fastcar {

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Between where the control sets out from and what it measured, as far as that is trusted (0 to 1).
float between(float start, float measured, double trust)
{
    if (std::isinf(measured))
        return measured;
    return start + static_cast<float>(trust) * (measured - start);
}

} // namespace

ReplayController::ReplayController(const RunExtent &run, ReplayPolicy policy)
    : run_(run)
    , policy_(std::move(policy))
    , scores_(static_cast<std::size_t>(run.rows.rows()))
{
    assert(run.layers > 0 && run.stride > 0 && run.rows.rows() > 0);
    makeWindows();
    setPolicy(policy_);
}

void ReplayController::makeWindows()
{
    const std::vector<LayerOutcome> rows(scores_.size());
    const auto perStep = static_cast<int>(decidingScores(policy_.gate, run_.rows, rows, scores_).size());
    layers_.assign(static_cast<std::size_t>(run_.layers), {ScoreWindow(run_.stride, perStep)});
    pool_.reserve(layers_.size() * static_cast<std::size_t>(run_.stride * perStep));
}

void ReplayController::setPolicy(ReplayPolicy policy)
{
    assert(policy.thresholds.empty() || policy.thresholds.size() == layers_.size());
    const bool sameScores = policy.definition == policy_.definition && policy.gate == policy_.gate;
    policy_ = std::move(policy);
    if (!sameScores)
        makeWindows();
    ruling_ = {.definition = policy_.definition,
               .gate = policy_.gate,
               .drs = policy_.drs,
               .thresholds = std::vector<std::optional<float>>(layers_.size())};
    allowedLayers_ = 0;
    for (int layer = 0; layer < run_.layers; ++layer)
        allowedLayers_ += allowsLayer(policy_, layer);
    for (Layer &layer : layers_)
        layer.replayed = layer.eligible = 0;
    since_.reset();
}

bool ReplayController::allowsFrameOf(int visualToken) const
{
    return visualToken >= run_.stride && policy_.frames.contains(visualToken / run_.stride + 1);
}

int ReplayController::stepsLeft(int visualToken) const
{
    const int steps = run_.steps();
    const int first = std::max(visualToken, std::max(1, policy_.frames.first - 1) * run_.stride);
    const int end = policy_.frames.last == 0 ? steps : std::min(steps, policy_.frames.last * run_.stride);
    return std::max(0, end - first);
}

const ReplayPolicy &ReplayController::policyFor(int visualToken)
{
    std::ranges::fill(ruling_.thresholds, std::nullopt);
    if (!allowsFrameOf(visualToken))
        return ruling_;
    for (int layer = 0; layer < run_.layers; ++layer)
        if (allowsLayer(policy_, layer) && !policy_.thresholds.empty())
            ruling_.thresholds[static_cast<std::size_t>(layer)] = policy_.threshold(layer);
    if (!policy_.target)
        return ruling_;
    // What was missed is made up for within what is left of the video: a frame in which much moves may
    // compute more, and one in which little moves less.
    const int left = std::max(1, stepsLeft(visualToken));
    if (!since_)
        since_ = left;
    // Thresholds that somebody calibrated are right over a video, not frame by frame: they give way by and
    // by.
    trust_ = 1.0 - static_cast<double>(left) / *since_;
    const std::int64_t rowsAhead = std::int64_t{left} * run_.rows.rows();
    if (policy_.target->perLayer)
        meetPerLayer(rowsAhead);
    else
        meetOverAll(rowsAhead);
    return ruling_;
}

/// The share of the decisions to come by which the target is met.
double ReplayController::shareToCome(std::int64_t replayed, std::int64_t eligible,
                                     std::int64_t rowsAhead) const
{
    const double target = static_cast<double>(policy_.target->ratio);
    const double missing = target * static_cast<double>(eligible) - static_cast<double>(replayed);
    return std::clamp(target + missing / static_cast<double>(rowsAhead), 0.0, 1.0);
}

void ReplayController::meetPerLayer(std::int64_t rowsAhead)
{
    for (int l = 0; l < run_.layers; ++l) {
        const Layer &layer = layers_[static_cast<std::size_t>(l)];
        std::optional<float> &threshold = ruling_.thresholds[static_cast<std::size_t>(l)];
        if (!allowsLayer(policy_, l) || (threshold && std::isinf(*threshold)))
            continue;
        const double share = shareToCome(layer.replayed, layer.eligible, rowsAhead);
        const float measured = valueBelowShare(layer.window.sorted(), share);
        if (!threshold)
            threshold = measured;
        else if (layer.window.filled() > 0.0 || share <= 0.0 || share >= 1.0)
            threshold = between(*threshold, measured, layer.window.filled());
    }
}

void ReplayController::meetOverAll(std::int64_t rowsAhead)
{
    std::int64_t replayed = 0, eligible = 0;
    for (const Layer &layer : layers_) {
        replayed += layer.replayed;
        eligible += layer.eligible;
    }
    const double share = shareToCome(replayed, eligible, rowsAhead * std::max(1, allowedLayers_));
    if (!policy_.thresholds.empty())
        return moveTogether(share);
    for (int l = 0; l < run_.layers; ++l)
        if (allowsLayer(policy_, l))
            ruling_.thresholds[static_cast<std::size_t>(l)] =
                valueBelowShare(layers_[static_cast<std::size_t>(l)].window.sorted(), share);
}

/// The given thresholds keep their distances to each other, in units of how far each layer's scores spread:
/// whoever calibrated them knew which layers bear replay.
void ReplayController::moveTogether(double share)
{
    pool_.clear();
    double filled = 0.0;
    for (int l = 0; l < run_.layers; ++l) {
        if (!allowsLayer(policy_, l))
            continue;
        const ScoreWindow &window = layers_[static_cast<std::size_t>(l)].window;
        const float start = *policy_.threshold(l);
        const float scale = 1.0f / window.spread();
        for (const float score : window.sorted())
            pool_.push_back(std::isinf(start) ? -start : (score - start) * scale);
        filled = window.filled();
    }
    std::ranges::sort(pool_);
    const float move = pool_.empty() && share > 0.0 && share < 1.0 ? 0.0f : valueBelowShare(pool_, share);
    for (int l = 0; l < run_.layers; ++l) {
        std::optional<float> &threshold = ruling_.thresholds[static_cast<std::size_t>(l)];
        if (threshold && !std::isinf(*threshold))
            threshold =
                between(*threshold, *threshold + move * layers_[static_cast<std::size_t>(l)].window.spread(),
                        trust_ * filled);
    }
}

void ReplayController::observe(int visualToken, MatrixView<const LayerOutcome> outcomes)
{
    assert(outcomes.rows == run_.layers && outcomes.cols == run_.rows.rows());
    if (visualToken < run_.stride)
        return; // no earlier frame, no scores
    for (int l = 0; l < run_.layers; ++l) {
        Layer &layer = layers_[static_cast<std::size_t>(l)];
        const std::span<const LayerOutcome> rows = outcomes.row(l);
        layer.window.add(decidingScores(policy_.gate, run_.rows, rows, scores_));
        for (const LayerOutcome &row : rows) {
            layer.replayed += row.decision == Decision::Replayed;
            layer.eligible += row.decision != Decision::NotEligible;
        }
    }
}

} // namespace fastcar

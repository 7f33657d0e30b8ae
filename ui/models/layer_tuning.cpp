// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layer_tuning.h"

#include <algorithm>
#include <cmath>

namespace fastcar::ui {

namespace {

/// Share of the scores at either end that may lie outside of a scale.
constexpr double farScores = 0.002;
/// How far a scale goes beyond what is calibrated, of its width.
constexpr float beyondCalibration = 0.35f;
constexpr TasRange unknownScale{-4.0f, 4.0f};

TasRange widened(TasRange range)
{
    const float by = std::max(range.high - range.low, 1.0f) * beyondCalibration;
    return {range.low - by, range.high + by};
}

} // namespace

LayerTuning::LayerTuning(ReplayChoice &choice, const RunRecord &record, QObject *parent)
    : QObject(parent)
    , choice_(choice)
    , record_(record)
{
    pace_.setWatched(false);
    connect(&pace_, &PacedRefresh::due, this, &LayerTuning::refresh);
    connect(&choice_, &ReplayChoice::changed, this, &LayerTuning::ask);
    connect(&record_, &RunRecord::advanced, this, &LayerTuning::ask);
    connect(&record_, &RunRecord::began, this, [this] {
        digest_.emplace(record_.trace(), record_.trace().settings().replay.definition);
        ask();
    });
    refresh();
}

void LayerTuning::setWatched(bool watched)
{
    pace_.setWatched(watched);
    if (watched && pace_.waits())
        refresh(); // before it is painted
}

void LayerTuning::setHeld(bool held)
{
    held_ = held;
    if (!held_)
        ask();
}

void LayerTuning::ask()
{
    if (static_cast<int>(scales_.size()) != layers() + 1) // whoever asks now finds them
        refresh();
    else
        pace_.ask();
}

void LayerTuning::takeNew()
{
    if (digest_)
        digest_->follow(record_.trace());
}

void LayerTuning::refresh()
{
    pace_.done();
    takeNew();
    if (const auto count = static_cast<std::size_t>(layers()) + 1; !held_ || scales_.size() != count) {
        scales_.clear();
        for (int layer = -1; layer < layers(); ++layer)
            scales_.push_back(scaleOf(layer));
    }
    emit changed();
}

bool LayerTuning::hasRun() const
{
    return digest_ && digest_->scores().run().layers == layers() &&
           digest_->scores().definition() == choice_.definition();
}

bool LayerTuning::hasScores() const
{
    return hasRun() && digest_->scores().steps() > 0;
}

bool LayerTuning::hasFoundThresholds() const
{
    const int last = record_.wholeSteps() - 1;
    return choice_.target() && hasRun() && last >= 0 && record_.trace().hasMovedThresholds(last);
}

SortedScores LayerTuning::scores(int layer) const
{
    SortedScores scores;
    if (!hasRun())
        return scores;
    const ScoreDigest &digest = digest_->scores();
    for (int frame = 1; frame < digest.run().frames && digest.steps(frame) > 0; ++frame)
        if (choice_.frameRange().contains(frame + 1))
            scores.push_back(digest.deciding(choice_.gate(), layer, frame));
    return scores;
}

TasRange LayerTuning::scaleOf(int layer) const
{
    std::optional<TasRange> range = choice_.calibratedRange(layer);
    if (range)
        range = widened(*range);
    for (int l = std::max(layer, 0); l < (layer < 0 ? layers() : layer + 1); ++l)
        if (const auto seen = rangeOf(scores(l), farScores))
            range = range ? united(*range, *seen) : *seen;
    const float slider = layer < 0 ? choice_.threshold() : choice_.sliderOf(layer);
    return rounded(united(range.value_or(unknownScale), {slider, slider}));
}

TasRange LayerTuning::scale(int layer) const
{
    return scales_[static_cast<std::size_t>(layer + 1)];
}

std::optional<float> LayerTuning::moved(int layer) const
{
    return hasFoundThresholds() ? record_.trace().threshold(record_.wholeSteps() - 1, layer) : std::nullopt;
}

std::optional<float> LayerTuning::threshold(int layer) const
{
    return choice_.layerRange().contains(layer + 1) ? inForce(layer) : std::nullopt;
}

std::optional<float> LayerTuning::inForce(int layer) const
{
    const std::optional<float> set = choice_.thresholds()[static_cast<std::size_t>(layer)];
    if (!choice_.isOn(layer))
        return set;
    if (const std::optional<float> found = moved(layer))
        return found;
    return set.value_or(choice_.sliderOf(layer)); // a target that has found none yet
}

ReplayChoice::Thresholds LayerTuning::inForce() const
{
    ReplayChoice::Thresholds thresholds;
    for (int layer = 0; layer < layers(); ++layer)
        thresholds.push_back(inForce(layer));
    return thresholds;
}

TasHistogram LayerTuning::histogram(int layer, int bins) const
{
    TasHistogram histogram(scale(layer), bins);
    for (int l = std::max(layer, 0); l < (layer < 0 ? layers() : layer + 1); ++l)
        for (const auto &sorted : scores(l))
            histogram.add(sorted, threshold(l));
    return histogram;
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/models/replay_prediction.h"

namespace fastcar::ui {

namespace {

ReplayEffect effectOf(const ExpectedReplay &all)
{
    ReplayEffect effect;
    if (all.eligible > 0.0)
        effect.ofEligible = all.ofEligible();
    if (all.total > 0.0)
        effect.ofAll = all.ofAll();
    if (all.steps > 0.0)
        effect.unread = all.unread();
    return effect;
}

ExpectedReplay counted(const ReplayStatistics &replay)
{
    const ReplayCount all = replay.all();
    return {.replayed = static_cast<double>(all.replayed),
            .eligible = static_cast<double>(all.eligible),
            .total = static_cast<double>(all.total),
            .wholeSteps = static_cast<double>(replay.fullySkippedLayers()),
            .steps = static_cast<double>(replay.layerSteps())};
}

/// The mean of the first `steps` steps.
StepLoad loadOf(const ExpectedReplay &replay, int steps)
{
    return {.position = 0.5 * (steps - 1.0),
            .layersRead = (replay.steps - replay.wholeSteps) / steps,
            .rowsComputed = (replay.total - replay.replayed) / steps};
}

} // namespace

ReplayPrediction::ReplayPrediction(LayerTuning &tuning, QObject *parent)
    : QObject(parent)
    , tuning_(tuning)
{
    connect(&tuning_, &LayerTuning::changed, this, &ReplayPrediction::refresh);
    connect(&tuning_.record(), &RunRecord::aboutToBegin, this, &ReplayPrediction::keep);
    refresh();
}

ReplayPrediction::Prediction ReplayPrediction::predict(const ReplayPolicy &policy) const
{
    Prediction made{.policy = policy, .replay = {}, .effect = {}};
    if (!tuning_.hasScores())
        return made;
    const ScoreDigest &scores = tuning_.digest()->scores();
    made.replay = forecast(scores, policy);
    made.effect = effectOf(made.replay.all);
    if (const auto time = tuning_.digest()->times().forecast(made.replay, scores.run())) {
        made.effect.seconds = time->clipSeconds;
        made.effect.secondsError = time->clipError;
    }
    if (cardCost_)
        made.effect.joules = forecastOnCard(*cardCost_, made.replay, scores.run()).joules;
    return made;
}

void ReplayPrediction::keep(const RunSettings &settings)
{
    tuning_.takeNew();
    kept_.reset();
    if (tuning_.hasScores())
        kept_ = predict(settings.replay);
}

void ReplayPrediction::refresh()
{
    now_ = predict(tuning_.choice().policy());
    ReplayPolicy off = now_.policy;
    off.thresholds.clear();
    off.target.reset();
    dense_ = predict(off).effect;
    emit changed();
}

const ReplayPrediction::Prediction &ReplayPrediction::shown() const
{
    return kept_ && kept_->policy == now_.policy ? *kept_ : now_;
}

ReplayPrediction::From ReplayPrediction::from() const
{
    if (!shown().replay.known)
        return From::Nothing;
    return &shown() == &now_ ? From::ThisRun : From::RunBefore;
}

std::optional<double> ReplayPrediction::ofLayer(int layer) const
{
    const auto &layers = shown().replay.layers;
    const auto i = static_cast<std::size_t>(layer);
    if (!shown().replay.known || i >= layers.size() || layers[i].eligible <= 0.0)
        return std::nullopt;
    return layers[i].ofEligible();
}

ReplayEffect ReplayPrediction::happened() const
{
    const RunRecord &record = tuning_.record();
    if (!record.hasRun() || record.wholeSteps() == 0)
        return {};
    const int steps = record.wholeSteps();
    const ExpectedReplay all = counted(record.replay());
    ReplayEffect effect = effectOf(all);
    effect.seconds = record.progress().secondsWorked();
    if (cardCost_ && tuning_.hasRun())
        effect.joules = steps * cardCost_->joules.of(loadOf(all, steps));
    return effect;
}

void ReplayPrediction::setCardCost(std::optional<CardStepCost> cost)
{
    cardCost_ = std::move(cost);
    refresh();
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// What the settings at hand would do, told from the scores and times of the run that is shown; and, beside
// it, what happened in that run. When a run begins, what was predicted of it from the run before is kept, so
// that both can be held against each other; it gives way as soon as the settings are others.
#pragma once

#include "engine/backend/card_step_cost.h"
#include "ui/models/layer_tuning.h"

#include <QObject>

#include <optional>

namespace fastcar::ui {

/// Of a whole clip. Nothing: it is not known.
struct ReplayEffect {
    std::optional<double> ofEligible;
    std::optional<double> ofAll;
    std::optional<double> unread; // of all layers' steps, those whose MLP weights are not read
    std::optional<double> seconds;
    std::optional<double> secondsError; // one standard error
    std::optional<double> joules;       // of the card's cycle model

    bool operator==(const ReplayEffect &) const = default;
};

class ReplayPrediction : public QObject {
    Q_OBJECT
public:
    /// Whose scores it is told from.
    enum class From { Nothing, RunBefore, ThisRun };

    explicit ReplayPrediction(LayerTuning &tuning, QObject *parent = nullptr);

    From from() const;
    const ReplayEffect &predicted() const { return shown().effect; }
    /// Of eligible.
    std::optional<double> ofLayer(int layer) const;
    /// The same clip with nothing replayed.
    const ReplayEffect &dense() const { return dense_; }
    ReplayEffect happened() const;

    /// What steps take on a card, once somebody has asked its cycle model. Nothing: energy stays unknown.
    void setCardCost(std::optional<CardStepCost> cost);

signals:
    void changed();

private:
    struct Prediction {
        ReplayPolicy policy;
        ReplayForecast replay;
        ReplayEffect effect;
    };
    void refresh();
    /// A run with these settings is about to take the place of the one at hand.
    void keep(const RunSettings &settings);
    Prediction predict(const ReplayPolicy &policy) const;
    const Prediction &shown() const;

    LayerTuning &tuning_;
    std::optional<CardStepCost> cardCost_;
    Prediction now_;
    std::optional<Prediction> kept_;
    ReplayEffect dense_;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Asks a card's cycle model, in the background, what steps of the run that is shown take of time and energy:
// once for the run, the card and DRS's policy, so that a forecast costs nothing while a slider is dragged.
#pragma once

#include "engine/backend/card_step_cost.h"
#include "ui/bridge/background_job.h"
#include "ui/models/run_record.h"
#include "ui/models/run_settings_model.h"

#include <QObject>
#include <QString>

#include <optional>

namespace fastcar::ui {

class CardCost : public QObject {
    Q_OBJECT
public:
    CardCost(const RunSettingsModel &settings, const RunRecord &record, QObject *parent = nullptr);

    /// By name, as listCards() has it; empty: none.
    void setCard(const QString &name);
    /// "AMD Alveo U280"; empty: there is none.
    QString title() const;
    const std::optional<CardStepCost> &cost() const { return cost_; }
    /// Why there is none: the model does not fit the card, ...
    const QString &error() const { return error_; }
    /// Nothing is asked for a panel that is not seen.
    void setWatched(bool watched);

signals:
    void changed();

private:
    /// What the answer depends on.
    struct Question {
        std::string card;
        std::filesystem::path model;
        RunExtent run;
        int promptTokens = 0;
        TasDefinition definition = TasDefinition::Official;
        DrsPolicy drs = DrsPolicy::Split;
        AttentionSpan attention;

        bool operator==(const Question &) const = default;
    };
    Question question() const;
    void refresh();
    void take(const Question &asked, Result<CardStepCost> answer);

    const RunSettingsModel &settings_;
    const RunRecord &record_;
    QString card_;
    bool watched_ = false;
    std::optional<Question> asked_;
    std::optional<CardStepCost> cost_;
    QString error_;
    BackgroundJob job_{BackgroundJob::Haste::Yielding}; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui

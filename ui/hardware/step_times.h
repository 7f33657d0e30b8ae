// SPDX-License-Identifier: Apache-2.0
//
// What a described card would take for the steps of a run: asked of the cycle model in the background, the
// step that is looked at first, then all of the run, coarse before fine, so that a strip over it fills
// evenly. While the run goes on, it takes a tenth of one processor at the most. What was once computed is kept until the run, the model or the card is another one.
#pragma once

#include "engine/backend/card_timing.h"
#include "engine/checkpoint/model_config.h"
#include "ui/bridge/background_job.h"
#include "ui/hardware/step_figures.h"
#include "ui/hardware/step_picture.h"
#include "ui/models/run_record.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace fastcar::ui {

class StepTimes : public QObject {
    Q_OBJECT
public:
    /// Of a step, without who was busy when.
    struct Figures {
        StepCycles cycles;
        double seconds = 0.0;
        EnergyEstimate energy;
    };
    /// What the panel looks at.
    struct Wanted {
        int step = -1; // none
        DrsPolicy drs = DrsPolicy::Split;
        std::optional<DrsPolicy> compared;

        bool operator==(const Wanted &) const = default;
    };

    /// `record` outlives it.
    explicit StepTimes(const RunRecord &record, QObject *parent = nullptr);

    /// Of the run at hand or to come; `promptTokens` stand before its first visual token.
    void setModel(const ModelConfig &model, int promptTokens);
    /// The model of the run at hand is not known.
    void forgetModel();
    bool hasModel() const { return model_.has_value(); }
    /// By name; empty: none.
    void setCard(const QString &name);
    /// The newest counts. Computes what is missing; call it again when the run has advanced.
    void want(const Wanted &wanted);
    /// No more than what goes on at this moment.
    void rest();

    /// Null: not computed (yet).
    std::shared_ptr<const StepPicture> picture(DrsPolicy drs, int step) const;
    /// The step of the picture that came last, among those that are there for all of `policies`; -1: none.
    int lastPictured(const std::vector<DrsPolicy> &policies) const;
    std::optional<Figures> figures(DrsPolicy drs, int step) const;
    /// As if nothing of the step were replayed.
    std::optional<Figures> dense(DrsPolicy drs, int step) const;
    /// Steps whose figures are known.
    int known(DrsPolicy drs) const;
    /// Sums over them.
    double knownSeconds(DrsPolicy drs) const;
    EnergyEstimate knownEnergy(DrsPolicy drs) const;

    /// Of the card, once it has been asked.
    const CardInfo *card() const { return timing_ ? &cardInfo_ : nullptr; }
    /// There is more to be computed, if only after a pause.
    bool computing() const { return job_.running() || pause_.isActive(); }
    /// Why there is nothing: the model does not fit the card, ...; empty: all is well.
    const QString &error() const { return error_; }

signals:
    void changed();

private:
    struct Task {
        enum class What { Picture, Figures, Dense };
        What what = What::Figures;
        DrsPolicy drs = DrsPolicy::Split;
        int step = 0;
        std::vector<std::uint32_t> replays;
        StepQuery query;
    };
    struct Answer {
        Task task;
        std::optional<Figures> figures;
        std::shared_ptr<const StepPicture> picture;
    };
    /// What a stay on the other thread brings back.
    struct Batch {
        std::shared_ptr<CardTiming> timing;
        CardInfo card;
        std::vector<Answer> answers;
        std::optional<Error> error;
        std::chrono::nanoseconds took{0};
    };
    struct OfPolicy {
        std::vector<std::optional<Figures>> steps;
        std::map<int, Figures> dense;
        int known = 0;
        double seconds = 0.0;
        EnergyEstimate energy;
    };
    using PictureKey = std::pair<DrsPolicy, int>;

    static Batch compute(std::shared_ptr<CardTiming> timing, const std::string &card,
                         const ModelConfig &model, std::vector<Task> tasks);
    void forget();
    void startNext();
    void goOnAfter(std::chrono::nanoseconds work);
    void take(Batch batch);
    std::vector<Task> nextTasks() const;
    void addMissing(std::vector<Task> &tasks, DrsPolicy drs) const;
    Task task(Task::What what, DrsPolicy drs, int step) const;
    void keepFigures(DrsPolicy drs, int step, const Figures &figures);
    void keepPicture(const PictureKey &key, std::shared_ptr<const StepPicture> picture);

    const RunRecord &record_;
    std::optional<ModelConfig> model_;
    int promptTokens_ = 0;
    std::string card_;
    Wanted wanted_;
    QString error_;
    int generation_ = 0;                 // of model, card and run: an answer to an older one is dropped
    std::shared_ptr<CardTiming> timing_; // used by the job alone
    CardInfo cardInfo_;
    std::map<DrsPolicy, OfPolicy> policies_;
    std::map<PictureKey, std::shared_ptr<const StepPicture>> pictures_;
    std::deque<PictureKey> pictureOrder_; // the oldest first
    QTimer pause_;                        // between two stays beside a run
    BackgroundJob job_{BackgroundJob::Haste::Yielding}; // last: waits for its work before the rest goes
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// The settings of the next run, typed and within the model's limits. Widgets show it and write to it, through
// set...(); settings() is the value that a run starts from.
#pragma once

#include "engine/decode/generation.h"
#include "engine/decode/run_settings.h"
#include "ui/models/replay_choice.h"

#include <QObject>
#include <QString>

#include <optional>

namespace fastcar::ui {

class RunSettingsModel : public QObject {
    Q_OBJECT
public:
    explicit RunSettingsModel(QObject *parent = nullptr);

    /// A model was opened. One other than the settings were made for brings its own recommendations.
    void setModel(const Model &model);
    bool hasModel() const { return model_.has_value(); }
    const Model &model() const { return *model_; }
    /// What the model recommends, prompt and seed aside.
    void resetToModelDefaults();

    const QString &prompt() const { return prompt_; }
    bool seedLocked() const { return seedLocked_; }
    std::uint64_t seed() const { return settings_.seed; }
    int frames() const { return settings_.frames; }
    /// Frames for which the model's positions suffice behind the prompt as it is now.
    int mostFrames() const { return mostFrames_; }
    int videos() const { return settings_.videos; }
    /// Videos at a time for whose caches the memory that is free now suffices.
    int mostVideos() const;
    const SamplerSettings &sampler() const { return settings_.sampler; }
    std::string device() const { return settings_.device; }
    const AttentionSpan &attention() const { return settings_.attention; }
    ReplayChoice &replay() { return replay_; }
    const ReplayChoice &replay() const { return replay_; }

    /// Takes length, sampler, replay, attention and device of a preset. What this model or machine cannot do
    /// is left as it is and told, in a sentence or two; empty: all was taken.
    QString applyPreset(const RunSettings &preset);

    /// Those of a run, prompt and seed as well; the seed is kept. What could not be taken, as above.
    QString takeFromRun(const RunSettings &settings);

    RunSettings settings() const;
    /// settings(), with a fresh seed unless it is locked.
    RunSettings takeForRun();

    /// All that a person can set, as a value. A seed that is drawn anew for each run is nobody's choice and
    /// not in it.
    struct Snapshot {
        RunSettings settings;
        bool seedLocked = false;

        bool operator==(const Snapshot &) const = default;
    };
    Snapshot snapshot() const;
    /// One that was taken with the same model.
    void restore(const Snapshot &snapshot);

    /// As one JSON document, for the next start of the program.
    QString toJson() const;
    /// Takes what it can; text that is none of ours changes nothing.
    void fromJson(const QString &json);

public slots:
    void setPrompt(const QString &prompt);
    void setSeed(quint64 seed);
    void setSeedLocked(bool locked);
    void drawSeed();
    void setFrames(int frames);
    void setVideos(int videos);
    void setGreedy(bool greedy);
    void setGuidance(double cfg);
    void setTemperature(double temperature);
    void setTopK(int topK);
    void setTopP(double topP);
    void setDevice(const QString &device);
    void setAttention(const fastcar::AttentionSpan &span);

signals:
    void changed();
    /// Another model was opened, or other settings were read: what was set before is gone.
    void replaced();
    void promptChanged(const QString &prompt);

private:
    void measurePrompt();
    void takeFrames(int wanted);
    template <typename T>
    void assign(T &member, T value);

    std::optional<Model> model_;
    QString prompt_;
    bool seedLocked_ = false;
    int mostFrames_ = 64;
    int cutFrames_ = 0; // that were wanted where the prompt leaves room for fewer; 0: it does not
    int promptTokens_ = 0;
    RunSettings settings_;
    ReplayChoice replay_;
    /// Thresholds that wait for the model that they were made for.
    std::optional<ReplayPolicy> remembered_;
};

} // namespace fastcar::ui

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
    const SamplerSettings &sampler() const { return settings_.sampler; }
    std::string device() const { return settings_.device; }
    ReplayChoice &replay() { return replay_; }
    const ReplayChoice &replay() const { return replay_; }

    RunSettings settings() const;
    /// settings(), with a fresh seed unless it is locked.
    RunSettings takeForRun();

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
    void setGuidance(double cfg);
    void setTemperature(double temperature);
    void setTopK(int topK);
    void setTopP(double topP);
    void setDevice(const QString &device);

signals:
    void changed();
    void promptChanged(const QString &prompt);

private:
    void measurePrompt();
    template <typename T>
    void assign(T &member, T value);

    std::optional<Model> model_;
    QString prompt_;
    bool seedLocked_ = false;
    int mostFrames_ = 64;
    RunSettings settings_;
    ReplayChoice replay_;
    /// Thresholds that wait for the model that they were made for.
    std::optional<ReplayPolicy> remembered_;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// The dock in which a run is asked for: the prompt with its history, the settings with their presets, the
// buttons.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/bridge/run_controller.h"
#include "ui/models/preset_store.h"
#include "ui/models/prompt_history.h"
#include "ui/models/run_settings_model.h"
#include "ui/prompt/settings_form.h"

#include <QStringList>
#include <QWidget>

class QMenu;
class QToolButton;
class QVBoxLayout;

namespace fastcar::ui {

class HistoryPopup;
class PresetPopup;
class PromptEdit;
class RunBar;

class PromptPanel : public QWidget {
    Q_OBJECT
public:
    struct Models {
        RunSettingsModel &settings;
        RunController &controller;
        const RunRecord &record;
        PromptHistory &history;
        PresetStore &presets;
        RunQueue &queue;
        QueueRunner &runner;
    };
    explicit PromptPanel(const Models &models, QWidget *parent = nullptr);

    void setExamples(const QStringList &prompts);
    void setDevices(const QList<DeviceChoice> &devices) { form_->setDevices(devices); }
    /// What is missing for a run, in a few words; empty: nothing is. `help` says what to do about it.
    void setMissing(const QString &missing, const QString &help);
    /// How many runs are asked for, with seeds that follow each other.
    int runs() const;

    QSize minimumSizeHint() const override;

public slots:
    void focusPrompt();

signals:
    void generateAsked();
    void restartAsked();

private:
    void buildPrompt(QVBoxLayout *column);
    void buildSettings(QVBoxLayout *column);
    QToolButton *headButton(const QString &name, const QString &text, const QString &tip);

    Models models_;
    PromptEdit *prompt_ = nullptr;
    QToolButton *examples_ = nullptr;
    QMenu *exampleMenu_ = nullptr;
    HistoryPopup *history_ = nullptr;
    PresetPopup *presets_ = nullptr;
    SettingsForm *form_ = nullptr;
    RunBar *runBar_ = nullptr;
};

} // namespace fastcar::ui

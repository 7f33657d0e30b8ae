// SPDX-License-Identifier: Apache-2.0
//
// The dock in which a run is asked for: the prompt, the settings, the buttons.
#pragma once

#include "ui/bridge/run_controller.h"
#include "ui/models/run_settings_model.h"
#include "ui/prompt/settings_form.h"

#include <QStringList>
#include <QWidget>

class QMenu;
class QPlainTextEdit;
class QToolButton;
class QVBoxLayout;

namespace fastcar::ui {

class RunBar;

class PromptPanel : public QWidget {
    Q_OBJECT
public:
    PromptPanel(RunSettingsModel &settings, RunController &controller, const RunRecord &record,
                QWidget *parent = nullptr);

    void setExamples(const QStringList &prompts);
    void setDevices(const QList<DeviceChoice> &devices) { form_->setDevices(devices); }
    void setReady(bool ready);

public slots:
    void focusPrompt();

signals:
    void generateAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildPrompt(QVBoxLayout *column);

    RunSettingsModel &settings_;
    QPlainTextEdit *prompt_ = nullptr;
    QToolButton *examples_ = nullptr;
    QMenu *exampleMenu_ = nullptr;
    SettingsForm *form_ = nullptr;
    RunBar *runBar_ = nullptr;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// Undo and redo of the settings: of all of them, whoever changed them, as values. A drag or a burst of typing
// is one step. Another model, or settings that were read, begin anew. Text fields keep their own undo while
// one types in them (ui/window/edit_menu.h).
#pragma once

#include "ui/models/run_settings_model.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace fastcar::ui {

class SettingsHistory : public QObject {
    Q_OBJECT
public:
    explicit SettingsHistory(RunSettingsModel &settings, QObject *parent = nullptr);

    bool canUndo() const;
    bool canRedo() const;
    /// What would be undone: "Guidance". Empty: nothing.
    QString undoName() const;
    QString redoName() const;

    /// While a run goes on its TAS definition stays; steps that change it wait.
    void setRunning(bool running);

public slots:
    void undo();
    void redo();
    /// What comes next is a step of its own, even if it changes the same.
    void settle() { growing_ = false; }

signals:
    void changed();

private:
    struct Step {
        QString name; // of what led here
        RunSettingsModel::Snapshot settings;
    };
    void begin();
    void take();
    void goTo(std::size_t step);
    bool mayCross(std::size_t a, std::size_t b) const;

    RunSettingsModel &settings_;
    std::vector<Step> steps_; // the first is what there was
    std::size_t at_ = 0;
    bool growing_ = false; // the newest step may still take in more
    bool restoring_ = false;
    bool running_ = false;
    QTimer pause_; // after which a step is done
};

} // namespace fastcar::ui

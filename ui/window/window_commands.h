// SPDX-License-Identifier: Apache-2.0
//
// The ways to everything that the window can do: the command palette, the sheet of keys, the preferences.
#pragma once

#include "ui/commands/action_catalog.h"
#include "ui/commands/command.h"

#include <QObject>
#include <QPointer>

class QMainWindow;

namespace fastcar::ui {

class CommandPalette;
class HardwarePanel;
class KeySheet;
class ModelOpening;
class PreferencesDialog;
class RunSettingsModel;
class Selection;

class WindowCommands : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow &window;
        Preferences &preferences;
        RunSettingsModel &settings;
        Selection &selection;
        ModelOpening &opening;
        HardwarePanel &hardware;
    };
    /// Made when all actions are there.
    explicit WindowCommands(const Parts &parts);

    ActionCatalog &catalog() { return catalog_; }
    /// More than actions, layers, presets, devices, models and prompts.
    void addSource(CommandSource source);

public slots:
    void showPalette();
    void showKeys();
    void showPreferences();

private:
    void addSources();
    PreferencesDialog &preferencesDialog();

    Parts parts_;
    ActionCatalog catalog_;
    CommandPalette *palette_ = nullptr;
    QPointer<KeySheet> sheet_;
    QPointer<PreferencesDialog> dialog_;
};

} // namespace fastcar::ui

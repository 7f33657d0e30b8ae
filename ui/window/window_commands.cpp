// SPDX-License-Identifier: Apache-2.0
#include "ui/window/window_commands.h"

#include "engine/backend/devices.h"
#include "ui/commands/action_keys.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/key_sheet.h"
#include "ui/hardware/gantt_words.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/models/run_settings_model.h"
#include "ui/models/selection.h"
#include "ui/preferences/preferences_dialog.h"
#include "ui/window/model_opening.h"

#include <QAction>
#include <QMainWindow>

namespace fastcar::ui {

namespace {

QStringList usableDevices()
{
    QStringList names;
    for (const DeviceInfo &device : listDevices())
        if (device.usable)
            names += QString::fromStdString(device.name);
    return names;
}

template <typename Dialog>
void bringToFront(Dialog &dialog)
{
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

} // namespace

WindowCommands::WindowCommands(const Parts &parts)
    : QObject(&parts.window)
    , parts_(parts)
    , catalog_(parts.window, parts.preferences)
    , palette_(new CommandPalette(&parts.window))
{
    addSources();
}

void WindowCommands::addSource(CommandSource source)
{
    palette_->addSource(std::move(source));
}

void WindowCommands::addSources()
{
    addSource([this] {
        std::vector<Command> commands;
        for (const ActionCatalog::Entry &entry : catalog_.entries())
            commands.push_back({.group = entry.group,
                                .title = entry.title,
                                .keys = textOf(entry.keys),
                                .enabled = entry.action->isEnabled(),
                                .run = [action = QPointer(entry.action)] {
                                    if (action)
                                        action->trigger();
                                }});
        return commands;
    });
    addSource([this] {
        std::vector<Command> commands;
        ReplayChoice &replay = parts_.settings.replay();
        const auto add = [&](const QString &title, std::function<void()> run) {
            commands.push_back({.group = tr("Replay"), .title = title, .run = std::move(run)});
        };
        add(tr("Off"), [&replay] { replay.chooseOff(); });
        for (const int percent : replay.calibratedPercents())
            add(tr("%1 %").arg(percent), [&replay, percent] { replay.chooseCalibrated(percent); });
        add(tr("All"), [&replay] { replay.chooseAll(); });
        return commands;
    });
    addSource([this] {
        std::vector<Command> commands;
        for (int layer = 0; layer < parts_.selection.layers(); ++layer)
            commands.push_back({.group = tr("Layer"),
                                .title = tr("%1 of %2").arg(layer + 1).arg(parts_.selection.layers()),
                                .run = [this, layer] { parts_.selection.chooseLayer(layer); }});
        return commands;
    });
    addSource([this] {
        std::vector<Command> commands;
        for (const QString &device : usableDevices())
            commands.push_back({.group = tr("Device"), .title = device, .run = [this, device] {
                                    parts_.settings.setDevice(device);
                                }});
        return commands;
    });
    addSource([this] {
        std::vector<Command> commands;
        for (const DrsPolicy drs : {DrsPolicy::Static, DrsPolicy::Deal, DrsPolicy::Split})
            commands.push_back({.group = tr("DRS"), .title = drsName(drs), .run = [this, drs] {
                                    parts_.settings.replay().chooseDrs(drs);
                                }});
        for (const CardInfo &card : parts_.hardware.cards())
            commands.push_back(
                {.group = tr("Card"), .title = cardName(card), .run = [this, name = card.name] {
                     parts_.hardware.chooseCard(QString::fromStdString(name));
                 }});
        return commands;
    });
    addSource([this] {
        const auto theme = [this](const QString &title, preference::Theme which) {
            return Command{.group = tr("Theme"), .title = title, .run = [this, which] {
                               parts_.preferences.set(preference::theme, which);
                           }};
        };
        return std::vector{theme(tr("Dark"), preference::Theme::Dark),
                           theme(tr("Light"), preference::Theme::Light),
                           theme(tr("As the system has it"), preference::Theme::System)};
    });
    addSource([this] {
        std::vector<Command> commands;
        for (const QString &folder : parts_.opening.recent().folders())
            commands.push_back({.group = tr("Open model"), .title = folder, .run = [this, folder] {
                                    parts_.opening.open(folder);
                                }});
        return commands;
    });
    addSource([this] {
        std::vector<Command> commands;
        if (parts_.settings.hasModel())
            for (const std::string &prompt : parts_.settings.model().checkpoint->defaults().examplePrompts)
                commands.push_back({.group = tr("Prompt"),
                                    .title = QString::fromStdString(prompt),
                                    .run = [this, text = QString::fromStdString(prompt)] {
                                        parts_.settings.setPrompt(text);
                                    }});
        return commands;
    });
}

void WindowCommands::showPalette()
{
    palette_->open();
}

void WindowCommands::showKeys()
{
    if (!sheet_) {
        sheet_ = new KeySheet(catalog_, &parts_.window);
        sheet_->setAttribute(Qt::WA_DeleteOnClose);
        connect(sheet_, &KeySheet::changeAsked, this, [this] { preferencesDialog().showKeys(); });
    }
    bringToFront(*sheet_);
}

void WindowCommands::showPreferences()
{
    preferencesDialog();
}

PreferencesDialog &WindowCommands::preferencesDialog()
{
    if (!dialog_) {
        dialog_ = new PreferencesDialog(parts_.preferences, catalog_, usableDevices(), &parts_.window);
        dialog_->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringToFront(*dialog_);
    return *dialog_;
}

} // namespace fastcar::ui

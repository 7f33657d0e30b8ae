// SPDX-License-Identifier: Apache-2.0
#include "ui/window/session_keeper.h"

#include "engine/checkpoint/default_model.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/models/run_settings_model.h"
#include "ui/window/panel_docks.h"

#include <QEvent>
#include <QMainWindow>
#include <QScreen>

#include <filesystem>

namespace fastcar::ui {

namespace {
constexpr int soonMs = 400;
constexpr QSize sizeAtFirst(1280, 800);
} // namespace

SessionKeeper::SessionKeeper(const Parts &parts, Preferences &preferences)
    : QObject(&parts.window)
    , parts_(parts)
    , preferences_(preferences)
{
    soon_.setSingleShot(true);
    soon_.setInterval(soonMs);
    connect(&soon_, &QTimer::timeout, this, &SessionKeeper::keepNow);
    connect(&parts_.settings, &RunSettingsModel::changed, this, &SessionKeeper::noteChange);
    connect(&parts_.settings, &RunSettingsModel::promptChanged, this, &SessionKeeper::noteChange);
    connect(&parts_.docks, &PanelDocks::changed, this, &SessionKeeper::noteChange);
    parts_.window.installEventFilter(this);
}

void SessionKeeper::restore()
{
    parts_.settings.fromJson(preferences_.get(preference::runSettings));
    parts_.settings.setSeedLocked(preferences_.get(preference::seedLocked));
    parts_.hardware.chooseCard(preferences_.get(preference::card));
    if (!parts_.window.restoreGeometry(preferences_.get(preference::geometry)))
        parts_.window.resize(sizeAtFirst.boundedTo(parts_.window.screen()->availableSize()));
    parts_.docks.restore(preferences_.get(preference::layouts));
    restored_ = true;
}

void SessionKeeper::noteChange()
{
    if (restored_ && !soon_.isActive())
        soon_.start();
}

void SessionKeeper::keepNow()
{
    soon_.stop();
    preferences_.set(preference::runSettings, parts_.settings.toJson());
    preferences_.set(preference::seedLocked, parts_.settings.seedLocked());
    preferences_.set(preference::card, parts_.hardware.card());
    preferences_.set(preference::geometry, parts_.window.saveGeometry());
    preferences_.set(preference::layouts, parts_.docks.save());
    if (parts_.settings.hasModel()) {
        // The default model is looked for anew each time: it may have moved with the program.
        const auto folder = parts_.settings.model().checkpoint->folder();
        std::error_code ignored;
        const bool isDefault = std::filesystem::equivalent(folder, defaultModelFolder(), ignored);
        preferences_.set(preference::modelFolder,
                         isDefault ? QString() : QString::fromStdString(folder.string()));
    }
    if (!preferences_.write() && !std::exchange(saidFailure_, true))
        emit failed(preferences_.file());
}

bool SessionKeeper::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange:
        noteChange();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// What the window does with its library: keeps each run there, shows one of it in the views, goes on with one
// that stopped, and at the start offers the run that was going on when the program was killed.
#pragma once

#include "ui/bridge/kept_run_reader.h"
#include "ui/bridge/run_keeper.h"
#include "ui/models/run_settings_model.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

namespace fastcar::ui {

class LibraryPanel;
class MessageBanner;

class LibraryDesk : public QObject {
    Q_OBJECT
public:
    /// They outlive the desk.
    struct Parts {
        RunController &controller;
        const RunRecord &record;
        RunSettingsModel &settings;
        LibraryPanel &panel;
        MessageBanner &banner;
    };
    explicit LibraryDesk(const Parts &parts, QObject *parent = nullptr);

    /// Runs are kept here from now on.
    void open(const std::filesystem::path &folder);
    /// A model is open. `name` as it calls itself.
    void takeModel(const QString &name, const QString &folder);
    const RunKeeper &keeper() const { return keeper_; }
    /// In place of what the views show.
    void show(RunId run) { read(run, Purpose::Show); }
    /// The views show a run of a file.
    void takeFile() { keeper_.takeShown(std::nullopt); }

signals:
    /// The run that is shown goes on, on this device; its model is open.
    void goOnAsked(const QString &device);
    /// Another model is needed for that.
    void modelWanted(const QString &folder);
    void exportAsked(const fastcar::ui::KeptRunContent &content);
    /// The library is to be seen.
    void panelWanted();

private:
    enum class Purpose { Show, GoOn, Export };

    void connectPanel();
    void connectKeeper();
    void offerInterrupted(const std::vector<RunEntry> &runs);
    void read(RunId run, Purpose purpose);
    void take(const KeptRunContent &content);
    void goOn(const RunSettings &settings);
    void useSettings(const RunSettings &settings);

    Parts parts_;
    RunKeeper keeper_;
    KeptRunReader reader_;
    Purpose purpose_ = Purpose::Show;
    std::optional<QString> onDevice_; // the run goes on there as soon as its model is open
    bool onItsOwnDevice_ = false;     // and not on the one that is chosen
};

} // namespace fastcar::ui

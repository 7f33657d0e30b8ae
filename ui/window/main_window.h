// SPDX-License-Identifier: Apache-2.0
//
// The window: puts models, controller and panels together. What each of them does stands in its own file.
#pragma once

#include "ui/bridge/queue_runner.h"
#include "ui/bridge/run_controller.h"
#include "ui/heatmap/overlay_model.h"
#include "ui/models/playback.h"
#include "ui/models/preferences.h"
#include "ui/models/preset_store.h"
#include "ui/models/prompt_history.h"
#include "ui/models/run_queue.h"
#include "ui/models/run_settings_model.h"
#include "ui/models/selection.h"
#include "ui/models/settings_history.h"
#include "ui/models/token_range.h"
#include "ui/theme/theme.h"
#include "ui/vulkan/view_device.h"

#include <QMainWindow>
#include <QPointer>
#include <QSettings>

#include <filesystem>
#include <functional>
#include <memory>

class QAction;
class QMenu;

namespace fastcar::ui {

class ComparePage;
class DecisionPanel;
class DroppedRun;
class EmptyPage;
class EndedRun;
class HardwarePanel;
class HeatmapPanel;
class LibraryDesk;
class LibraryPanel;
class MessageBanner;
class Look;
class MiddlePages;
class ModelOpening;
class PanelDocks;
class PromptPanel;
class QueuePanel;
class ReplayPanel;
class RunsElsewhere;
class SessionKeeper;
class StatusFacts;
class VideoSaving;
class ViewerPage;
class WindowCommands;
enum class Side;
struct RunSource;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Options {
        /// Where preferences and how things were left are kept; in a test a file of its own. Presets and the
        /// history of prompts lie beside it.
        std::unique_ptr<QSettings> store;
        /// Where the queue is kept; empty: beside the store.
        QString dataFolder;
        /// Null: the video is drawn by QPainter, for the reason given.
        std::shared_ptr<ViewDevice> device;
        QString noDeviceReason;
        /// Opened at once; empty: the one of last time, or the default model.
        QString modelFolder;
        /// In place of the one of last time.
        std::optional<QString> prompt;
        /// In place of the one that is preferred, until another one is chosen.
        std::optional<ThemeName> theme;
        /// Shows the hardware panel, with this card.
        QString card;
        /// Runs are kept in the library of this folder, unless the preferences have another one; empty: they
        /// are not kept.
        std::filesystem::path library;
        /// Generate as soon as the model is open.
        bool run = false;
    };
    explicit MainWindow(Options options);
    ~MainWindow() override;

    Preferences &preferences() { return preferences_; }
    RunSettingsModel &settings() { return settings_; }
    SettingsHistory &history() { return history_; }
    const RunRecord &record() const { return record_; }
    RunController &controller() { return controller_; }
    Selection &selection() { return selection_; }
    Playback &playback() { return playback_; }
    ViewerPage &viewer() { return *viewer_; }
    PanelDocks &docks() { return *docks_; }
    MiddlePages &pages() { return *pages_; }
    WindowCommands &commands() { return *commands_; }
    bool hasModel() const { return settings_.hasModel(); }

    /// Asks for a file to save to, given a suggestion; empty: the person thought better of it. A test puts
    /// its own here.
    std::function<QString(const QString &suggestion)> askForVideoFile;
    std::function<QString(const QString &startFolder)> askForModelFolder;
    /// A run is going on; whether to close all the same.
    std::function<bool()> askWhetherToClose;

public slots:
    void openModel(const QString &folder);
    /// At once, or in the queue behind what is going on.
    void generate();
    /// What is going on is cancelled; the settings as they are now begin in its place.
    void restart();
    /// The run that was cancelled or failed goes on, on the device that is chosen.
    void goOn();
    /// The chosen one.
    void saveVideo();
    void exportRun();
    /// Of a run of several, into numbered files.
    void saveAllVideos();

signals:
    /// The model is open, or could not be.
    void modelSettled();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    static inline const QString viewerPage = QStringLiteral("viewer");
    static inline const QString comparePage = QStringLiteral("compare");

    // main_window_menus.cpp
    void makeActions();
    void makeMenus();
    void makeViewActions();
    void makeWindowActions();
    void connectActions();
    QMenu *makeViewMenu();
    QAction *action(const QString &text, const QString &name, const QKeySequence &keys);
    QAction *yieldingAction(const QString &text, const QString &name, const QKeySequence &keys);

    // main_window_panels.cpp
    void makePages();
    void makePanels();
    void showViewer();
    void makeLibrary();
    void compareFiles(const QString &a, const QString &b);
    void openLibrary(const std::filesystem::path &folder);
    void chooseKept(Side side);
    void compareWithShown(const RunSource &run);

    void connectModels();
    void followPreferences();
    void saveVideos(const std::vector<int> &which);
    void saveVideosOf(const RunSettings &settings, std::vector<std::vector<SharedFrame>> videos);
    void takeModel(const Model &model);
    void connectQueue();
    void addRun(const RunSettings &settings, int runs);
    void tellQueue();
    void goOnWithQueue();
    void takeState(RunController::State state);
    void goOnOn(const QString &device);
    void tellHowItEnded(RunController::State state);
    void updateActions();
    void updateStatus();
    void updateTitle();

    struct Actions {
        QAction *generate, *restart, *pause, *cancel, *goOn, *recommended, *openModel, *saveVideo, *exportRun,
            *saveAll, *quit, *focusPrompt;
        QAction *heatmap, *mask, *grid, *play, *nextFrame, *previousFrame, *firstFrame, *follow, *layerAbove,
            *layerBelow;
        QAction *palette, *preferences, *keys, *words, *about;
    };

    Preferences preferences_;
    std::shared_ptr<ViewDevice> device_;
    QString noDeviceReason_;
    bool runWhenOpen_ = false;

    RunSettingsModel settings_;
    SettingsHistory history_;
    PromptHistory prompts_;
    PresetStore presets_;
    RunRecord record_;
    Selection selection_;
    TokenRange tokens_;
    OverlayModel overlays_;
    Playback playback_;
    RunController controller_;
    RunQueue queue_;
    QueueRunner runner_;

    Actions actions_{};
    PromptPanel *prompt_ = nullptr;
    QueuePanel *queuePanel_ = nullptr;
    ReplayPanel *replay_ = nullptr;
    HardwarePanel *hardware_ = nullptr;
    DecisionPanel *decisions_ = nullptr;
    HeatmapPanel *heatmaps_ = nullptr;
    ComparePage *compare_ = nullptr;
    LibraryPanel *library_ = nullptr;
    EmptyPage *empty_ = nullptr;
    ViewerPage *viewer_ = nullptr;
    MessageBanner *banner_ = nullptr;
    bool shown_ = false; // once, at least
    MiddlePages *pages_ = nullptr;
    PanelDocks *docks_ = nullptr;
    Look *look_ = nullptr;
    DroppedRun *dropped_ = nullptr;
    ModelOpening *opening_ = nullptr;
    VideoSaving *saving_ = nullptr;
    EndedRun *ended_ = nullptr;
    SessionKeeper *keeper_ = nullptr;
    WindowCommands *commands_ = nullptr;
    StatusFacts *facts_ = nullptr;
    QPointer<RunsElsewhere> elsewhere_; // the desk's
    std::unique_ptr<LibraryDesk> desk_; // last: it writes what the controller has said
};

} // namespace fastcar::ui

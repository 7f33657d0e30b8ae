// SPDX-License-Identifier: Apache-2.0
//
// The window: puts models, controller and panels together. What each of them does stands in its own file.
#pragma once

#include "ui/bridge/model_opener.h"
#include "ui/bridge/run_controller.h"
#include "ui/bridge/video_saver.h"
#include "ui/heatmap/overlay_model.h"
#include "ui/models/playback.h"
#include "ui/models/run_settings_model.h"
#include "ui/models/selection.h"
#include "ui/theme/theme.h"
#include "ui/vulkan/view_device.h"

#include <QMainWindow>
#include <QSettings>

#include <functional>
#include <memory>

class QAction;
class QLabel;
class QStackedWidget;

namespace fastcar::ui {

class EmptyPage;
class HardwarePanel;
class MessageBanner;
class PromptPanel;
class ReplayPanel;
class ViewerPage;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Options {
        /// Where the window keeps its place, theme and last settings; in a test a file of its own.
        std::unique_ptr<QSettings> store;
        /// Null: the video is drawn by QPainter, for the reason given.
        std::shared_ptr<ViewDevice> device;
        QString noDeviceReason;
        /// Opened at once; empty: the one of last time, or the default model.
        QString modelFolder;
        /// In place of the one of last time.
        std::optional<QString> prompt;
        std::optional<ThemeName> theme;
        /// Shows the hardware panel, with this card.
        QString card;
        /// Generate as soon as the model is open.
        bool run = false;
    };
    explicit MainWindow(Options options);
    ~MainWindow() override;

    RunSettingsModel &settings() { return settings_; }
    const RunRecord &record() const { return record_; }
    RunController &controller() { return controller_; }
    Selection &selection() { return selection_; }
    ViewerPage &viewer() { return *viewer_; }
    bool hasModel() const { return settings_.hasModel(); }

    /// Asks for a file to save to, given a suggestion; empty: the person thought better of it. A test puts
    /// its own here.
    std::function<QString(const QString &suggestion)> askForVideoFile;
    std::function<QString(const QString &startFolder)> askForModelFolder;

public slots:
    void openModel(const QString &folder);
    void generate();
    /// The run that was cancelled or failed goes on, on the device that is chosen.
    void goOn();
    void saveVideo();

signals:
    /// The model is open, or could not be.
    void modelSettled();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    // main_window_menus.cpp
    void makeActions();
    void makeMenus();
    QAction *action(const QString &text, const QString &name, const QKeySequence &keys);
    void chooseTheme(ThemeName theme);

    void makePanels();
    void makeHardwareDock();
    void makeStatusBar();
    void connectModels();
    void askModelFolder();
    void takeModel(const Model &model);
    void takeModelFailure(const QString &folder, const QString &reason);
    void takeState(RunController::State state);
    void goOnOn(const QString &device);
    void tellHowItEnded(RunController::State state);
    void updateActions();
    void updateStatus();
    void restore();
    void store();
    QString firstModelFolder(const QString &asked) const;

    struct Actions {
        QAction *generate, *pause, *cancel, *goOn, *openModel, *saveVideo, *quit, *focusPrompt, *heatmap,
            *mask, *grid, *dark, *light;
    };

    std::unique_ptr<QSettings> store_;
    std::shared_ptr<ViewDevice> device_;
    QString noDeviceReason_;
    bool runWhenOpen_ = false;

    RunSettingsModel settings_;
    RunRecord record_;
    Selection selection_;
    OverlayModel overlays_;
    Playback playback_;
    RunController controller_;
    ModelOpener opener_;
    VideoSaver saver_;

    Actions actions_{};
    PromptPanel *prompt_ = nullptr;
    ReplayPanel *replay_ = nullptr;
    HardwarePanel *hardware_ = nullptr;
    EmptyPage *empty_ = nullptr;
    ViewerPage *viewer_ = nullptr;
    MessageBanner *banner_ = nullptr;
    QStackedWidget *pages_ = nullptr;
    QLabel *modelLabel_ = nullptr;
    QLabel *deviceLabel_ = nullptr;
    QLabel *backendLabel_ = nullptr;
};

} // namespace fastcar::ui

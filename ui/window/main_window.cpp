// SPDX-License-Identifier: Apache-2.0
#include "ui/window/main_window.h"

#include "engine/backend/devices.h"
#include "ui/compare/compare_page.h"
#include "ui/export/export_dialog.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/prompt/prompt_panel.h"
#include "ui/replay/replay_panel.h"
#include "ui/window/closing_question.h"
#include "ui/window/dropped_run.h"
#include "ui/window/empty_page.h"
#include "ui/window/ended_run.h"
#include "ui/window/library_desk.h"
#include "ui/window/look.h"
#include "ui/window/message_banner.h"
#include "ui/window/middle_pages.h"
#include "ui/window/model_opening.h"
#include "ui/window/panel_docks.h"
#include "ui/window/runs_elsewhere.h"
#include "ui/window/session_keeper.h"
#include "ui/window/status_facts.h"
#include "ui/window/video_saving.h"
#include "ui/window/viewer_page.h"
#include "ui/window/window_commands.h"
#include "ui/window/window_title.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMimeData>
#include <QStatusBar>
#include <QUrl>

#include <algorithm>
#include <numeric>

namespace fastcar::ui {

namespace {

using State = RunController::State;

/// A file or folder of ours, where the preferences lie.
QString beside(const Preferences &preferences, const QString &name)
{
    return QFileInfo(preferences.file()).absoluteDir().filePath(name);
}

bool isFile(const QUrl &url)
{
    return QFileInfo(url.toLocalFile()).isFile();
}

QStringList toStrings(const std::vector<std::string> &texts)
{
    QStringList strings;
    for (const std::string &text : texts)
        strings += QString::fromStdString(text);
    return strings;
}

} // namespace

MainWindow::MainWindow(Options options)
    : preferences_(std::move(options.store))
    , device_(std::move(options.device))
    , noDeviceReason_(options.noDeviceReason)
    , runWhenOpen_(options.run)
    , history_(settings_)
    , prompts_(beside(preferences_, QStringLiteral("prompt-history.json")))
    , presets_(beside(preferences_, QStringLiteral("presets")))
    , playback_(record_.frames(), selection_)
    , controller_(record_)
    , queue_(options.dataFolder.isEmpty() ? beside(preferences_, QStringLiteral("queue.json"))
                                          : options.dataFolder + QStringLiteral("/queue.json"))
    , runner_(queue_, controller_, record_)
{
    tokens_.follow(record_, selection_);
    look_ = new Look(preferences_, options.theme, this);
    setWindowIcon(QIcon(QStringLiteral(":/icons/fastcar-studio.svg")));
    setAcceptDrops(true);
    setLocale(QLocale::c()); // numbers are written as the command line and the files have them
    askForVideoFile = [this](const QString &suggestion) {
        return QFileDialog::getSaveFileName(
            this, tr("Save video"), suggestion,
            tr("MP4, H.264 (*.mp4);;WebM, VP9 (*.webm);;Matroska, lossless (*.mkv);;"
               "Animated GIF (*.gif);;Animated PNG (*.apng);;Strip of frames (*.png)"));
    };
    askForModelFolder = [this](const QString &start) {
        return QFileDialog::getExistingDirectory(this, tr("Open a model folder"), start);
    };
    askWhetherToClose = [this] { return ui::askWhetherToClose(this, record_); };
    makeActions();
    makePages();
    makePanels();
    opening_ = new ModelOpening({preferences_, settings_, controller_, *banner_, *empty_}, this);
    saving_ = new VideoSaving({preferences_, *banner_, *statusBar()}, this);
    saving_->askForFile = [this](const QString &suggestion) { return askForVideoFile(suggestion); };
    ended_ = new EndedRun({controller_, record_, settings_, runner_, *banner_}, this);
    opening_->askForFolder = [this](const QString &start) { return askForModelFolder(start); };
    makeMenus();
    facts_ = new StatusFacts(*statusBar());
    commands_ = new WindowCommands({*this, preferences_, settings_, selection_, *opening_, *hardware_});
    connectActions();
    connectModels();
    makeLibrary();
    dropped_ = new DroppedRun({controller_, record_, desk_->keeper(), settings_, *banner_}, this);
    connect(dropped_, &DroppedRun::shown, this, [this] {
        desk_->takeFile();
        showViewer();
    });
    connect(dropped_, &DroppedRun::keptShowAsked, desk_.get(), &LibraryDesk::show);
    connect(dropped_, &DroppedRun::compareAsked, this, [this](const RunSource &source) {
        banner_->hide();
        compareWithShown(source);
    });
    keeper_ = new SessionKeeper({*this, settings_, *docks_, *hardware_}, preferences_);
    keeper_->restore();
    followPreferences();
    if (!options.library.empty())
        preferences_.follow(
            preference::libraryFolder, this, [this, first = options.library](const QString &chosen) {
                openLibrary(chosen.isEmpty() ? first : std::filesystem::path(chosen.toStdString()));
            });
    if (!options.card.isEmpty()) {
        hardware_->chooseCard(options.card);
        docks_->reveal(QStringLiteral("hardwareDock"));
    }
    if (options.prompt)
        settings_.setPrompt(*options.prompt);
    updateActions();
    updateStatus();
    updateTitle();
    opening_->openFirst(options.modelFolder);
    tellQueue();
}

MainWindow::~MainWindow() = default;

void MainWindow::connectModels()
{
    connect(prompt_, &PromptPanel::generateAsked, this, &MainWindow::generate);
    connect(empty_, &EmptyPage::exampleChosen, this, [this](const QString &prompt) {
        settings_.setPrompt(prompt);
        generate();
    });
    connect(&settings_, &RunSettingsModel::changed, this, [this] {
        updateActions();
        updateStatus();
    });
    connect(&settings_.replay(), &ReplayChoice::changed, this,
            [this] { controller_.setReplayPolicy(settings_.replay().policy()); });
    connectQueue();
    connect(&controller_, &RunController::stateChanged, this, &MainWindow::takeState);
    connect(&record_.frames(), &FrameStore::frameChanged, this, [this] {
        if (record_.frames().wholeFrames() > 0 && !actions_.exportRun->isEnabled())
            updateActions();
    });
    connect(&record_, &RunRecord::began, this, [this] {
        pages_->setEmpty(viewerPage, false);
        if (pages_->chosen() != comparePage) // which shows the run that goes, too
            showViewer();
    });
    connect(&record_, &RunRecord::advanced, this, &MainWindow::updateTitle);
    connect(opening_, &ModelOpening::opened, this, &MainWindow::takeModel);
    connect(opening_, &ModelOpening::failed, this, &MainWindow::modelSettled);
    connect(opening_, &ModelOpening::openingChanged, this, &MainWindow::updateActions);
    connect(saving_, &VideoSaving::changed, this, &MainWindow::updateActions);
    connect(ended_, &EndedRun::viewerWanted, this, &MainWindow::showViewer);
    connect(ended_, &EndedRun::saveAsked, this, &MainWindow::saveVideo);
    connect(&viewer_->videos(), &VideoGrid::backendChanged, this, [this](const QString &reason) {
        noDeviceReason_ = reason;
        updateStatus();
    });
}

void MainWindow::followPreferences()
{
    const auto engine = [this](auto) {
        controller_.setEngineOptions(
            {.threads = preferences_.get(preference::threads),
             .previewIntervalMs = 1000 / std::max(1, preferences_.get(preference::previewsPerSecond)),
             .headScores = preferences_.get(preference::headScores)});
    };
    preferences_.follow(preference::headScores, this, engine);
    preferences_.follow(preference::headScores, this,
                        [this](bool records) { heatmaps_->setRecordsHeads(records); });
    connect(heatmaps_, &HeatmapPanel::recordsHeadsAsked, this,
            [this](bool records) { preferences_.set(preference::headScores, records); });
    preferences_.follow(preference::threads, this, engine);
    preferences_.follow(preference::views, this, [this](preference::Views views) {
        controller_.setViewLimits(views == preference::Views::Smooth    ? ViewBudget::smooth
                                  : views == preference::Views::Sparing ? ViewBudget::sparing
                                                                        : ViewBudget::balanced);
    });
    preferences_.follow(preference::previewsPerSecond, this, engine);
    preferences_.follow(preference::drawing, this, [this](preference::Drawing drawing) {
        viewer_->videos().setDevice(drawing == preference::Drawing::Vulkan ? device_ : nullptr);
        updateStatus();
    });
    preferences_.follow(preference::device, this, [this](const QString &device) {
        if (!device.isEmpty())
            settings_.setDevice(device);
    });
    connect(keeper_, &SessionKeeper::failed, this, [this](const QString &file) {
        banner_->showMessage(MessageBanner::Kind::Error, tr("Settings are not kept."),
                             tr("%1 cannot be written: what is set now is forgotten when the program ends.")
                                 .arg(QDir::toNativeSeparators(file)));
    });
}

void MainWindow::openModel(const QString &folder)
{
    opening_->open(folder);
}

void MainWindow::takeModel(const Model &model)
{
    settings_.setModel(model);
    runner_.know(model);
    const ModelDefaults &defaults = model.checkpoint->defaults();
    const QStringList examples = toStrings(defaults.examplePrompts);
    empty_->showModel(nameOf(model), QString::fromStdString(defaults.description), examples);
    prompt_->setExamples(examples);
    playback_.setFramesPerSecond(defaults.framesPerSecond.value_or(8));
    updateActions();
    updateStatus();
    desk_->takeModel(nameOf(model), QString::fromStdString(model.checkpoint->folder().string()));
    if (std::exchange(runWhenOpen_, false))
        generate();
    emit modelSettled();
}

void MainWindow::takeState(RunController::State state)
{
    replay_->setRunning(controller_.running());
    history_.setRunning(controller_.running());
    updateActions();
    updateStatus();
    updateTitle();
    if (state == State::Done || state == State::Cancelled || state == State::Failed)
        tellHowItEnded(state);
}

void MainWindow::goOn()
{
    goOnOn(QString::fromStdString(settings_.device()));
}

void MainWindow::goOnOn(const QString &device)
{
    if (actions_.goOn->isEnabled())
        ended_->goOnOn(device);
}

void MainWindow::tellHowItEnded(RunController::State state)
{
    if (state == State::Done && selection_.following() && pages_->chosen() == viewerPage)
        playback_.play();
    if (state == State::Failed && record_.frames().visibleFrames() == 0)
        pages_->setEmpty(viewerPage, true); // there is nothing to look at
    ended_->tell({.goingOn = actions_.goOn->isEnabled(), .saving = actions_.saveVideo->isEnabled()});
}

void MainWindow::saveVideos(const std::vector<int> &which)
{
    std::vector<std::vector<SharedFrame>> videos;
    for (const int video : which)
        videos.push_back(record_.frames().wholePictures(video));
    saveVideosOf(controller_.settings(), std::move(videos));
}

void MainWindow::saveVideosOf(const RunSettings &settings, std::vector<std::vector<SharedFrame>> videos)
{
    saving_->save(settings, std::move(videos), playback_.framesPerSecond());
}

void MainWindow::exportRun()
{
    if (!actions_.exportRun->isEnabled())
        return;
    auto *dialog = new ExportDialog(takeMaterial({.record = record_,
                                                  .settings = controller_.settings(),
                                                  .selection = selection_,
                                                  .overlays = overlays_.overlays(),
                                                  .framesPerSecond = playback_.framesPerSecond(),
                                                  .comparison = compare_->comparison().result()}),
                                    preferences_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::saveVideo()
{
    if (actions_.saveVideo->isEnabled())
        saveVideos({selection_.video()});
}

void MainWindow::saveAllVideos()
{
    if (!actions_.saveAll->isEnabled())
        return;
    std::vector<int> all(static_cast<std::size_t>(record_.frames().videos()));
    std::iota(all.begin(), all.end(), 0);
    saveVideos(all);
}

void MainWindow::updateActions()
{
    const bool running = controller_.running();
    const State state = controller_.state();
    QString missing, help;
    if (!settings_.hasModel()) {
        missing = tr("No model is open");
    } else if (opening_->opening()) {
        missing = tr("Opening the model…");
    } else if (settings_.prompt().trimmed().isEmpty()) {
        missing = tr("A prompt is missing");
        help =
            tr("<p><b>A prompt is missing.</b> Say above what the video is to show. Videos without a prompt, "
               "unconditional ones, are made by the command line: <tt>fastcar generate \"\"</tt>.</p>");
    }
    const bool ready = missing.isEmpty();
    prompt_->setMissing(missing, help);
    actions_.generate->setEnabled(ready);
    actions_.generate->setText(runner_.idle() ? tr("&Generate") : tr("Add to the queue"));
    actions_.restart->setEnabled(ready && running && state != State::Cancelling);
    actions_.pause->setEnabled(running && state != State::Cancelling);
    actions_.pause->setText(state == State::Paused || state == State::Pausing ? tr("&Resume") : tr("&Pause"));
    actions_.cancel->setEnabled(running && state != State::Cancelling);
    actions_.openModel->setEnabled(!running);
    actions_.goOn->setEnabled(ended_->canGoOn() && !(elsewhere_ && elsewhere_->shownWentOn()) &&
                              !opening_->opening());
    actions_.saveVideo->setEnabled(record_.frames().wholeFrames() > 0 && !saving_->saving());
    actions_.exportRun->setEnabled(record_.frames().wholeFrames() > 0);
    actions_.saveAll->setEnabled(actions_.saveVideo->isEnabled() && record_.frames().videos() > 1);
}

void MainWindow::updateStatus()
{
    facts_->showModel(settings_.hasModel() ? &settings_.model() : nullptr);
    facts_->showDevice(QString::fromStdString(settings_.device()));
    facts_->showDrawing(viewer_->videos().backend(), noDeviceReason_);
}

void MainWindow::updateTitle()
{
    const QString title = ui::windowTitle(controller_.state(), record_);
    if (title != windowTitle())
        setWindowTitle(title);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    keeper_->keepNow();
    if (controller_.running() && !desk_->keeper().keeps() && !askWhetherToClose()) {
        event->ignore();
        return;
    }
    controller_.cancel();
    event->accept();
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::ThemeChange)
        look_->takeSystemTheme();
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide ||
        event->type() == QEvent::WindowStateChange)
        controller_.setWatched(isVisible() && !isMinimized());
    if (event->type() == QEvent::WindowActivate && elsewhere_)
        elsewhere_->look(); // as somebody who was in a terminal
    const bool taken = QMainWindow::event(event);
    if (event->type() == QEvent::Show && !std::exchange(shown_, true))
        prompt_->setFocus(); // where a person begins; panels that came and went have moved it
    return taken;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    const bool ours = urls.size() == 1 || (urls.size() == 2 && std::ranges::all_of(urls, isFile));
    if (ours && urls.front().isLocalFile())
        event->acceptProposedAction();
}

/// A model's folder, a run, or two runs to be compared.
void MainWindow::dropEvent(QDropEvent *event)
{
    const auto urls = event->mimeData()->urls();
    const QString file = urls.front().toLocalFile();
    if (urls.size() == 2)
        compareFiles(file, urls.back().toLocalFile());
    else
        QFileInfo(file).isDir() ? openModel(file) : dropped_->open(file);
    event->acceptProposedAction();
}

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
#include "ui/window/main_window.h"

#include "engine/backend/devices.h"
#include "engine/checkpoint/default_model.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/prompt/prompt_panel.h"
#include "ui/replay/replay_panel.h"
#include "ui/theme/icons.h"
#include "ui/window/dock_title.h"
#include "ui/window/empty_page.h"
#include "ui/window/message_banner.h"
#include "ui/window/run_ending.h"
#include "ui/window/viewer_page.h"

#include <QAction>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

namespace fastcar::ui {

namespace {

using State = RunController::State;

constexpr int dockWidth = 292;
constexpr int hardwareHeight = 356;
constexpr int stateVersion = 1; // of the docks' places; another one forgets them

QDockWidget *makeDock(QMainWindow &window, const QString &title, const QString &name, QWidget *content)
{
    auto *dock = new QDockWidget(title, &window);
    dock->setObjectName(name);
    dock->setTitleBarWidget(new DockTitle(dock));
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    dock->setWidget(content);
    return dock;
}

QStringList toStrings(const std::vector<std::string> &texts)
{
    QStringList strings;
    for (const std::string &text : texts)
        strings += QString::fromStdString(text);
    return strings;
}

QString nameOf(const Model &model)
{
    const std::string &name = model.checkpoint->defaults().name;
    return QString::fromStdString(name.empty() ? model.checkpoint->folder().filename().string() : name);
}

QString factsOf(const Model &model)
{
    const ModelConfig &config = model.checkpoint->config();
    return MainWindow::tr(
               "%1\n%2 layers, width %3, %4 × %5 positions a frame, %6 codes each, pictures of %7 × %8")
        .arg(QString::fromStdString(model.checkpoint->folder().string()))
        .arg(config.backbone.layers)
        .arg(config.backbone.hidden)
        .arg(config.gridWidth)
        .arg(config.gridHeight)
        .arg(config.depth.depth)
        .arg(config.pixels.frameWidth)
        .arg(config.pixels.frameHeight);
}

} // namespace

MainWindow::MainWindow(Options options)
    : store_(std::move(options.store))
    , device_(std::move(options.device))
    , noDeviceReason_(options.noDeviceReason)
    , runWhenOpen_(options.run)
    , playback_(record_.frames(), selection_)
    , controller_(record_)
{
    setWindowTitle(tr("FastCar Studio"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/fastcar-studio.svg")));
    setAcceptDrops(true);
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks);
    askForVideoFile = [this](const QString &suggestion) {
        return QFileDialog::getSaveFileName(
            this, tr("Save video"), suggestion,
            tr("MP4, H.264 (*.mp4);;WebM, VP9 (*.webm);;Matroska, lossless (*.mkv);;"
               "Animated GIF (*.gif);;Animated PNG (*.apng);;Strip of frames (*.png)"));
    };
    askForModelFolder = [this](const QString &start) {
        return QFileDialog::getExistingDirectory(this, tr("Open a model folder"), start);
    };
    makeActions();
    makePanels();
    makeMenus();
    makeStatusBar();
    connectModels();
    restore();
    if (!options.card.isEmpty()) {
        hardware_->chooseCard(options.card);
        findChild<QDockWidget *>(QStringLiteral("hardwareDock"))->show();
    }
    chooseTheme(options.theme.value_or(currentTheme()));
    if (options.prompt)
        settings_.setPrompt(*options.prompt);
    updateActions();
    updateStatus();
    const QString folder = firstModelFolder(options.modelFolder);
    if (!folder.isEmpty())
        openModel(folder);
}

MainWindow::~MainWindow() = default;

void MainWindow::makePanels()
{
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    banner_ = new MessageBanner(middle);
    auto *bannerFrame = new QVBoxLayout;
    bannerFrame->setContentsMargins(4, 0, 4, 0);
    bannerFrame->addWidget(banner_);
    empty_ = new EmptyPage(middle);
    viewer_ = new ViewerPage({record_, selection_, overlays_, playback_},
                             {actions_.heatmap, actions_.mask, actions_.grid}, device_, middle);
    pages_ = new QStackedWidget(middle);
    pages_->addWidget(empty_);
    pages_->addWidget(viewer_);
    column->addLayout(bannerFrame);
    column->addWidget(pages_, 1);
    setCentralWidget(middle);

    prompt_ = new PromptPanel(settings_, controller_, record_, this);
    replay_ = new ReplayPanel(settings_.replay(), record_, selection_, this);
    prompt_->setMinimumWidth(260);
    replay_->setMinimumWidth(290);
    QList<DeviceChoice> devices;
    for (const DeviceInfo &device : listDevices())
        devices.append({QString::fromStdString(device.name), QString::fromStdString(device.description),
                        device.usable ? QString() : QString::fromStdString(device.whyNot)});
    prompt_->setDevices(devices);
    addDockWidget(Qt::LeftDockWidgetArea,
                  makeDock(*this, tr("Generate"), QStringLiteral("generateDock"), prompt_));
    addDockWidget(Qt::RightDockWidgetArea,
                  makeDock(*this, tr("Replay"), QStringLiteral("replayDock"), replay_));
    makeHardwareDock();
}

/// Below the video, between the panels at the sides; closed until somebody asks for it. On its own it can be
/// as large as the screen.
void MainWindow::makeHardwareDock()
{
    hardware_ = new HardwarePanel({settings_, record_, selection_}, this);
    auto *dock = makeDock(*this, tr("Hardware"), QStringLiteral("hardwareDock"), hardware_);
    dock->setFeatures(dock->features() | QDockWidget::DockWidgetFloatable);
    dock->toggleViewAction()->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+H")));
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    addDockWidget(Qt::BottomDockWidgetArea, dock);
    resizeDocks({dock}, {hardwareHeight}, Qt::Vertical);
    dock->hide();
    connect(hardware_, &HardwarePanel::saved, this, [this](const QString &file) {
        banner_->showMessage(MessageBanner::Kind::Done, tr("Saved."), QDir::toNativeSeparators(file));
    });
    connect(hardware_, &HardwarePanel::saveFailed, this, [this](const QString &reason) {
        banner_->showMessage(MessageBanner::Kind::Error, tr("The timeline was not saved."), reason);
    });
}

void MainWindow::makeStatusBar()
{
    const auto label = [this](const QString &name) {
        auto *made = new QLabel(this);
        made->setObjectName(name);
        made->setProperty("rank", "secondary");
        made->setContentsMargins(6, 0, 6, 0);
        statusBar()->addPermanentWidget(made);
        return made;
    };
    modelLabel_ = label(QStringLiteral("modelLabel"));
    deviceLabel_ = label(QStringLiteral("deviceLabel"));
    backendLabel_ = label(QStringLiteral("backendLabel"));
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::connectModels()
{
    connect(actions_.focusPrompt, &QAction::triggered, prompt_, &PromptPanel::focusPrompt);
    connect(prompt_, &PromptPanel::generateAsked, this, &MainWindow::generate);
    connect(empty_, &EmptyPage::openModelAsked, this, &MainWindow::askModelFolder);
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
    connect(&controller_, &RunController::stateChanged, this, &MainWindow::takeState);
    connect(&record_.frames(), &FrameStore::frameChanged, this, &MainWindow::updateActions);
    connect(&record_, &RunRecord::began, this, [this] { pages_->setCurrentWidget(viewer_); });
    connect(&opener_, &ModelOpener::opened, this, &MainWindow::takeModel);
    connect(&opener_, &ModelOpener::failed, this, &MainWindow::takeModelFailure);
    connect(&opener_, &ModelOpener::openingChanged, this, &MainWindow::updateActions);
    connect(&saver_, &VideoSaver::started, this, [this](const QString &file) {
        statusBar()->showMessage(tr("Saving %1…").arg(QFileInfo(file).fileName()));
        updateActions();
    });
    connect(&saver_, &VideoSaver::saved, this, [this](const QString &file, int frames) {
        statusBar()->clearMessage();
        updateActions();
        const QUrl folder = QUrl::fromLocalFile(QFileInfo(file).absolutePath());
        banner_->showMessage(MessageBanner::Kind::Done, tr("Saved."),
                             tr("%1 in %2").arg(framesText(frames), QDir::toNativeSeparators(file)),
                             {{tr("Open folder"), QStringLiteral("openFolderButton"),
                               [folder] { QDesktopServices::openUrl(folder); }}});
    });
    connect(&saver_, &VideoSaver::failed, this, [this](const QString &, const QString &reason) {
        statusBar()->clearMessage();
        updateActions();
        banner_->showMessage(MessageBanner::Kind::Error, tr("The video was not saved."), reason);
    });
    connect(&viewer_->video(), &VideoView::backendChanged, this, [this](const QString &reason) {
        noDeviceReason_ = reason;
        updateStatus();
    });
}

QString MainWindow::firstModelFolder(const QString &asked) const
{
    if (!asked.isEmpty())
        return asked;
    if (const QString named = qEnvironmentVariable("FASTCAR_MODEL"); !named.isEmpty())
        return named;
    const QString last = store_->value(QStringLiteral("modelFolder")).toString();
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    return QString::fromStdString(defaultModelFolder().string());
}

void MainWindow::askModelFolder()
{
    const QString start = settings_.hasModel()
                              ? QString::fromStdString(settings_.model().checkpoint->folder().string())
                              : QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
    const QString folder = askForModelFolder(start);
    if (!folder.isEmpty())
        openModel(folder);
}

void MainWindow::openModel(const QString &folder)
{
    if (controller_.running()) {
        banner_->showMessage(MessageBanner::Kind::Info, tr("A run is going on."),
                             tr("Cancel it or wait until it is done, then open another model."));
        return;
    }
    banner_->hide();
    if (!settings_.hasModel())
        empty_->showOpening(folder);
    opener_.open(folder);
    updateActions();
}

void MainWindow::takeModel(const Model &model)
{
    settings_.setModel(model);
    const ModelDefaults &defaults = model.checkpoint->defaults();
    const QStringList examples = toStrings(defaults.examplePrompts);
    empty_->showModel(nameOf(model), QString::fromStdString(defaults.description), examples);
    prompt_->setExamples(examples);
    playback_.setFramesPerSecond(defaults.framesPerSecond.value_or(8));
    updateActions();
    updateStatus();
    if (std::exchange(runWhenOpen_, false))
        generate();
    emit modelSettled();
}

void MainWindow::takeModelFailure(const QString &folder, const QString &reason)
{
    if (!settings_.hasModel())
        empty_->showNoModel();
    banner_->showMessage(
        MessageBanner::Kind::Error, tr("%1 could not be opened.").arg(QFileInfo(folder).fileName()), reason,
        {{tr("Open model folder…"), QStringLiteral("openOtherModelButton"), [this] { askModelFolder(); }}});
    updateActions();
    emit modelSettled();
}

void MainWindow::generate()
{
    if (!actions_.generate->isEnabled())
        return;
    banner_->hide();
    controller_.start(settings_.model().checkpoint->config(), settings_.takeForRun());
}

void MainWindow::takeState(RunController::State state)
{
    replay_->setRunning(controller_.running());
    updateActions();
    updateStatus();
    if (state == State::Done || state == State::Cancelled || state == State::Failed)
        tellHowItEnded(state);
}

void MainWindow::goOn()
{
    goOnOn(QString::fromStdString(settings_.device()));
}

void MainWindow::goOnOn(const QString &device)
{
    if (!actions_.goOn->isEnabled())
        return;
    banner_->hide();
    settings_.setDevice(device);
    RunSettings settings = record_.trace().settings();
    settings.device = device.toStdString();
    // What the panel says rules from the next token on, as it does after a pause; but the definition of the
    // TAS cannot change within a run.
    ReplayChoice &replay = settings_.replay();
    if (replay.definition() != record_.policyInForce().definition)
        replay.setPolicy(record_.policyInForce());
    pages_->setCurrentWidget(viewer_);
    controller_.start(settings_.model().checkpoint->config(), settings, prefixOf(record_.trace()));
    if (replay.policy() != record_.policyInForce())
        controller_.setReplayPolicy(replay.policy());
}

void MainWindow::tellHowItEnded(RunController::State state)
{
    if (state == State::Done) {
        if (selection_.following())
            playback_.play();
        if (const GenerationResult &made = *controller_.result(); !made.sameNumbers)
            banner_->showMessage(
                MessageBanner::Kind::Info,
                tr("Done, on %1.").arg(QString::fromStdString(controller_.device())),
                tr("Its numbers are not those of the device before: from token %1 on the codes are its own, "
                   "and not those of a run that never stopped.")
                    .arg(made.given + 1));
        return;
    }
    if (state == State::Failed && record_.frames().visibleFrames() == 0)
        pages_->setCurrentWidget(empty_); // there is nothing to look at
    const RunEnding ending = describeEnding(controller_, record_);
    std::vector<MessageBanner::Offer> offers;
    if (actions_.goOn->isEnabled()) {
        constexpr qsizetype most = 2; // the rest is in the form
        if (controller_.deviceFailed())
            for (const QString &device : devicesToGoOnOn(listDevices(), controller_.device()).mid(0, most))
                offers.push_back({tr("Go on on %1").arg(device), QStringLiteral("goOnButton-") + device,
                                  [this, device] { goOnOn(device); }});
        if (controller_.deviceFailed())
            offers.push_back({tr("Try again"), QStringLiteral("tryAgainButton"),
                              [this] { goOnOn(QString::fromStdString(controller_.device())); }});
        else
            offers.push_back({tr("Continue"), QStringLiteral("continueButton"), [this] { goOn(); }});
    }
    if (actions_.saveVideo->isEnabled())
        offers.push_back({tr("Save video…"), QStringLiteral("saveKeptButton"), [this] { saveVideo(); }});
    banner_->showMessage(ending.kind, ending.title, ending.text, std::move(offers));
}

void MainWindow::saveVideo()
{
    if (!actions_.saveVideo->isEnabled())
        return;
    const RunSettings &settings = controller_.settings();
    QString folder = store_->value(QStringLiteral("saveFolder")).toString();
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    if (!QFileInfo(folder).isDir())
        folder = QDir::homePath();
    const QString stem = VideoSaver::fileStem(QString::fromStdString(settings.prompt));
    QString file = askForVideoFile(QStringLiteral("%1/%2.mp4").arg(folder, stem));
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += QStringLiteral(".mp4");
    store_->setValue(QStringLiteral("saveFolder"), QFileInfo(file).absolutePath());
    saver_.save(file, record_.frames().wholePictures(), settings, playback_.framesPerSecond());
}

void MainWindow::updateActions()
{
    const bool running = controller_.running();
    const State state = controller_.state();
    const bool ready = settings_.hasModel() && !opener_.opening() && !settings_.prompt().trimmed().isEmpty();
    prompt_->setReady(ready);
    actions_.generate->setEnabled(ready && !running);
    actions_.pause->setEnabled(running && state != State::Cancelling);
    actions_.pause->setText(state == State::Paused || state == State::Pausing ? tr("&Resume") : tr("&Pause"));
    actions_.cancel->setEnabled(running && state != State::Cancelling);
    actions_.openModel->setEnabled(!running);
    actions_.goOn->setEnabled(canGoOn(controller_, record_) && settings_.hasModel() && !opener_.opening() &&
                              settings_.model().checkpoint->folder() ==
                                  record_.trace().settings().modelFolder);
    actions_.saveVideo->setEnabled(record_.frames().wholeFrames() > 0 && !saver_.saving());
}

void MainWindow::updateStatus()
{
    const bool open = settings_.hasModel();
    modelLabel_->setText(open ? nameOf(settings_.model()) : tr("No model"));
    modelLabel_->setToolTip(open ? factsOf(settings_.model()) : QString());
    deviceLabel_->setText(tr("Device: %1").arg(QString::fromStdString(settings_.device())));
    backendLabel_->setText(viewer_->video().backend());
    backendLabel_->setToolTip(noDeviceReason_.isEmpty() ? tr("What draws the video") : noDeviceReason_);
}

void MainWindow::restore()
{
    settings_.fromJson(store_->value(QStringLiteral("runSettings")).toString());
    settings_.setSeedLocked(store_->value(QStringLiteral("seedLocked")).toBool());
    resizeDocks({findChild<QDockWidget *>(QStringLiteral("generateDock")),
                 findChild<QDockWidget *>(QStringLiteral("replayDock"))},
                {dockWidth, dockWidth}, Qt::Horizontal);
    if (!restoreGeometry(store_->value(QStringLiteral("geometry")).toByteArray()))
        resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    hardware_->chooseCard(store_->value(QStringLiteral("card")).toString());
    restoreState(store_->value(QStringLiteral("docks")).toByteArray(), stateVersion);
}

void MainWindow::store()
{
    // The default model is looked for anew each time: it may have moved with the program.
    const auto folder = settings_.hasModel() ? settings_.model().checkpoint->folder() : defaultModelFolder();
    if (folder == defaultModelFolder())
        store_->remove(QStringLiteral("modelFolder"));
    else
        store_->setValue(QStringLiteral("modelFolder"), QString::fromStdString(folder.string()));
    store_->setValue(QStringLiteral("runSettings"), settings_.toJson());
    store_->setValue(QStringLiteral("seedLocked"), settings_.seedLocked());
    store_->setValue(QStringLiteral("card"), hardware_->card());
    store_->setValue(QStringLiteral("geometry"), saveGeometry());
    store_->setValue(QStringLiteral("docks"), saveState(stateVersion));
    store_->setValue(QStringLiteral("theme"),
                     currentTheme() == ThemeName::Light ? QStringLiteral("light") : QStringLiteral("dark"));
    store_->sync();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    store();
    controller_.cancel();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && QFileInfo(urls.front().toLocalFile()).isDir())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    openModel(event->mimeData()->urls().front().toLocalFile());
    event->acceptProposedAction();
}

} // namespace fastcar::ui

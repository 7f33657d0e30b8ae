// SPDX-License-Identifier: Apache-2.0
//
// What the main window is filled with: the pages in its middle, the panels around them, the status bar. A new
// panel or page is one add() here.
#include "engine/backend/devices.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/kept_run_words.h"
#include "ui/hardware/hardware_panel.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_chooser.h"
#include "ui/models/engine_words.h"
#include "ui/prompt/prompt_panel.h"
#include "ui/queue/queue_panel.h"
#include "ui/replay/replay_panel.h"
#include "ui/timeline/decision_panel.h"
#include "ui/window/dropped_run.h"
#include "ui/window/empty_page.h"
#include "ui/window/library_desk.h"
#include "ui/window/main_window.h"
#include "ui/window/message_banner.h"
#include "ui/window/middle_pages.h"
#include "ui/window/panel_docks.h"
#include "ui/window/runs_elsewhere.h"
#include "ui/window/viewer_page.h"

#include <QDir>
#include <QDockWidget>
#include <QVBoxLayout>

namespace fastcar::ui {

void MainWindow::makePages()
{
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    banner_ = new MessageBanner(middle);
    auto *bannerFrame = new QVBoxLayout;
    bannerFrame->setContentsMargins(4, 0, 4, 0);
    bannerFrame->addWidget(banner_);
    pages_ = new MiddlePages(middle);
    column->addLayout(bannerFrame);
    column->addWidget(pages_, 1);
    setCentralWidget(middle);

    empty_ = new EmptyPage(middle);
    viewer_ = new ViewerPage({record_, selection_, overlays_, playback_},
                             {actions_.heatmap, actions_.mask, actions_.grid}, device_, middle);
    pages_->add({.name = viewerPage, .title = tr("&Video"), .widget = viewer_, .whileEmpty = empty_});
    compare_ =
        new ComparePage({record_, controller_, settings_, selection_, playback_, preferences_}, middle);
    pages_->add({.name = comparePage,
                 .title = tr("&Compare"),
                 .widget = compare_,
                 .keys = QKeySequence(QStringLiteral("Ctrl+Shift+C")),
                 .firstIn = {TaskLayout::Compare}});
    connect(compare_, &ComparePage::runAsked, this,
            [this](const RunSettings &settings) { addRun(settings, 1); });
    connect(compare_, &ComparePage::libraryAsked, this, &MainWindow::chooseKept);
}

void MainWindow::makePanels()
{
    docks_ = new PanelDocks(*this, *pages_);
    prompt_ = new PromptPanel({settings_, controller_, record_, prompts_, presets_, queue_, runner_}, this);
    QList<DeviceChoice> devices;
    for (const DeviceInfo &device : listDevices())
        devices.append({QString::fromStdString(device.name), engineWords(device.description),
                        device.usable ? QString() : engineWords(device.whyNot)});
    prompt_->setDevices(devices);
    docks_->add({.name = QStringLiteral("generateDock"),
                 .title = tr("Generate"),
                 .content = prompt_,
                 .area = Qt::LeftDockWidgetArea,
                 .shownIn = {{TaskLayout::Generate, {}},
                             {TaskLayout::Tune, {}},
                             {TaskLayout::Hardware, {}},
                             {TaskLayout::Compare, {}}}});

    library_ = new LibraryPanel(settings_, this);
    QDockWidget *libraryDock = docks_->add(
        {.name = QStringLiteral("libraryDock"),
         .title = tr("Library"),
         .content = library_,
         .area = Qt::LeftDockWidgetArea,
         .keys = QKeySequence(QStringLiteral("Ctrl+Shift+L")),
         .shownIn = {{TaskLayout::Generate, {}}, {TaskLayout::Compare, {.extent = 340, .inFront = true}}},
         .floatable = true});
    connect(libraryDock, &QDockWidget::visibilityChanged, library_, &LibraryPanel::setInFront);

    replay_ = new ReplayPanel({settings_, record_, selection_}, this);
    docks_->add({.name = QStringLiteral("replayDock"),
                 .title = tr("Replay"),
                 .content = replay_,
                 .area = Qt::RightDockWidgetArea,
                 .shownIn = {{TaskLayout::Generate, {}}, {TaskLayout::Tune, {.extent = 328}}}});
    connect(replay_, &ReplayPanel::pasteFailed, this, [this](const QString &reason) {
        banner_->showMessage(MessageBanner::Kind::Error, tr("These are no thresholds."), reason);
    });

    queuePanel_ = new QueuePanel({queue_, runner_, record_}, this);
    docks_->add({.name = QStringLiteral("queueDock"),
                 .title = tr("Queue"),
                 .content = queuePanel_,
                 .area = Qt::RightDockWidgetArea,
                 .keys = QKeySequence(QStringLiteral("Ctrl+Shift+Q"))});

    decisions_ = new DecisionPanel({record_, selection_, tokens_}, this);
    docks_->add({.name = QStringLiteral("decisionsDock"),
                 .title = tr("Decisions"),
                 .content = decisions_,
                 .area = Qt::BottomDockWidgetArea,
                 .keys = QKeySequence(QStringLiteral("Ctrl+Shift+T")),
                 .shownIn = {{TaskLayout::Tune, {.extent = 300}}},
                 .floatable = true});
    heatmaps_ = new HeatmapPanel({record_, selection_, &viewer_->reference()}, this);
    docks_->add({.name = QStringLiteral("heatmapsDock"),
                 .title = tr("Heatmaps"),
                 .content = heatmaps_,
                 .area = Qt::BottomDockWidgetArea,
                 .keys = QKeySequence(QStringLiteral("Ctrl+Shift+M")),
                 .shownIn = {{TaskLayout::Tune, {.extent = 300}}},
                 .floatable = true});

    // On its own it can be as large as the screen.
    hardware_ = new HardwarePanel({settings_, record_, runner_, selection_, tokens_}, this);
    docks_->add({.name = QStringLiteral("hardwareDock"),
                 .title = tr("Hardware"),
                 .content = hardware_,
                 .area = Qt::BottomDockWidgetArea,
                 .keys = QKeySequence(QStringLiteral("Ctrl+Shift+H")),
                 .shownIn = {{TaskLayout::Hardware, {.extent = 360}}},
                 .floatable = true});
    connect(hardware_, &HardwarePanel::cardChosen, replay_, &ReplayPanel::setCard);
    replay_->setCard(hardware_->card());
    connect(hardware_, &HardwarePanel::saved, this, [this](const QString &file) {
        banner_->showMessage(MessageBanner::Kind::Done, tr("Saved."), QDir::toNativeSeparators(file));
    });
    connect(hardware_, &HardwarePanel::saveFailed, this, [this](const QString &reason) {
        banner_->showMessage(MessageBanner::Kind::Error, tr("The timeline was not saved."), reason);
    });
}

void MainWindow::makeLibrary()
{
    desk_ = std::make_unique<LibraryDesk>(
        LibraryDesk::Parts{controller_, record_, settings_, *library_, *banner_});
    connect(desk_.get(), &LibraryDesk::goOnAsked, this, &MainWindow::goOnOn);
    connect(desk_.get(), &LibraryDesk::modelWanted, this, &MainWindow::openModel);
    connect(desk_.get(), &LibraryDesk::panelWanted, this,
            [this] { docks_->reveal(QStringLiteral("libraryDock")); });
    connect(desk_.get(), &LibraryDesk::exportAsked, this, [this](const KeptRunContent &content) {
        saveVideosOf(content.trace.settings(), content.frames);
    });
    connect(library_, &LibraryPanel::compareAsked, this,
            [this](RunId run) { compareWithShown(sourceOfKept(library_->folder(), run)); });
    const RunKeeper &keeper = desk_->keeper();
    connect(&keeper, &RunKeeper::kept, &runner_, &QueueRunner::takeKept);
    connect(&keeper, &RunKeeper::runAtHandChanged, this,
            [this] { compare_->setShownKept(desk_->keeper().runAtHand()); });
    elsewhere_ = new RunsElsewhere({controller_, record_, keeper, queue_, *banner_}, desk_.get());
    connect(library_, &LibraryPanel::refreshed, elsewhere_.data(), &RunsElsewhere::look);
    connect(elsewhere_.data(), &RunsElsewhere::showAsked, desk_.get(), &LibraryDesk::show);
    connect(elsewhere_.data(), &RunsElsewhere::changed, this, &MainWindow::updateActions);
}

void MainWindow::compareWithShown(const RunSource &run)
{
    compare_->choose(Side::A, run);
    compare_->choose(Side::B, RunSource::shown());
    pages_->choose(comparePage);
}

void MainWindow::compareFiles(const QString &a, const QString &b)
{
    compare_->choose(Side::A, RunSource::ofFile(a));
    compare_->choose(Side::B, RunSource::ofFile(b));
    pages_->choose(comparePage);
}

/// Not while a run goes on, which is kept where it began.
void MainWindow::openLibrary(const std::filesystem::path &folder)
{
    if (controller_.running())
        return;
    desk_->open(folder);
    compare_->setLibrary(folder);
    elsewhere_->setLibrary(folder);
    dropped_->setLibrary(folder);
}

/// Any run of the library, for one side of the comparison.
void MainWindow::chooseKept(Side side)
{
    auto *chooser = new RunChooser(
        library_->folder(),
        side == Side::A ? tr("A run of the library for A") : tr("A run of the library for B"), this);
    connect(chooser, &RunChooser::chosen, this,
            [this, side](RunId run) { compare_->choose(side, sourceOfKept(library_->folder(), run)); });
    chooser->open();
}

/// The video, of which there is something or soon will be.
void MainWindow::showViewer()
{
    pages_->setEmpty(viewerPage, false);
    pages_->choose(viewerPage);
}

} // namespace fastcar::ui

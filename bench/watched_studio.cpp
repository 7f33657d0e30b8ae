// SPDX-License-Identifier: Apache-2.0
#include "bench/watched_studio.h"

#include "bench/event_loop.h"
#include "bench/must.h"
#include "ui/window/panel_docks.h"

#include <QAction>
#include <QDockWidget>
#include <QEventLoop>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace fastcar::bench {

using ui::MainWindow;
using ui::RunController;

namespace {

constexpr int restMs = 250; // what is drawn and written behind a run is done by then
constexpr std::array overlays{"heatmapAction", "maskAction"};

std::unique_ptr<MainWindow> windowOf(const WatchedStudio::Options &options, const QTemporaryDir &folder)
{
    const QString library = options.keeps ? folder.filePath(QStringLiteral("library")) : QString();
    return std::make_unique<MainWindow>(MainWindow::Options{
        .store = std::make_unique<QSettings>(folder.filePath(QStringLiteral("settings.ini")),
                                             QSettings::IniFormat),
        .dataFolder = {},
        .device = options.device,
        .noDeviceReason = {},
        .modelFolder = QString::fromStdString(options.model),
        .prompt = QString::fromStdString(options.prompt),
        .theme = ui::ThemeName::Dark,
        .card = {},
        .library = library.toStdString(),
        .run = false,
    });
}

void setOverlays(const MainWindow &window, bool shown)
{
    for (const char *overlay : overlays)
        window.findChild<QAction *>(QLatin1String(overlay))->setChecked(shown);
}

void waitForModel(MainWindow &window)
{
    QEventLoop loop;
    QObject::connect(&window, &MainWindow::modelSettled, &loop, &QEventLoop::quit);
    loop.exec();
    if (window.hasModel())
        return;
    std::fprintf(stderr, "The model cannot be opened.\n");
    std::exit(1);
}

/// From the beginning of a run to its last token, on the engine's thread.
class LastToken final : public RunSink {
public:
    void onEvent(const Event &event) override
    {
        if (event.kind == Event::Kind::TokenDone)
            timeNs_ = event.timeNs;
    }
    double seconds() const { return static_cast<double>(timeNs_) * 1e-9; }

private:
    std::int64_t timeNs_ = 0;
};

} // namespace

WatchedStudio::WatchedStudio(const Options &options)
    : pool_(options.threads)
    , window_(windowOf(options, folder_))
{
    window_->preferences().set(ui::preference::threads, options.threads);
    window_->resize(options.size);
    window_->show();
    waitForModel(*window_);
    ui::RunSettingsModel &settings = window_->settings();
    settings.setFrames(options.frames > 0 ? options.frames : settings.mostFrames());
    settings.setSeed(1);
    settings.setSeedLocked(true);
    QObject::connect(&window_->controller(), &RunController::drained, window_.get(),
                     [this](const EngineThread::Drained &drained) {
                         if (drained.opened)
                             model_ = drained.opened;
                     });
    run(); // opens the engine's model
}

void WatchedStudio::take(Look look)
{
    window_->setVisible(look == Look::AtFirst || look == Look::AllViews);
    if (look == Look::AtFirst)
        standAsAtFirst();
    if (look == Look::AllViews)
        openAllPanels();
    look_ = look;
    letSettle(restMs);
}

double WatchedStudio::run()
{
    return look_ == Look::NoWindow ? runAlone() : runShown();
}

void WatchedStudio::standAsAtFirst()
{
    window_->docks().reset();
    setOverlays(*window_, false);
}

/// Every panel beside the others, none behind another one.
void WatchedStudio::openAllPanels()
{
    const auto dock = [this](const char *name) { return window_->docks().dock(QLatin1String(name)); };
    struct Side {
        Qt::DockWidgetArea area;
        Qt::Orientation orientation;
        std::vector<const char *> docks;
    };
    const std::vector<Side> sides{
        {Qt::LeftDockWidgetArea, Qt::Vertical, {"generateDock", "libraryDock"}},
        {Qt::RightDockWidgetArea, Qt::Vertical, {"replayDock", "queueDock"}},
        {Qt::BottomDockWidgetArea, Qt::Horizontal, {"decisionsDock", "heatmapsDock", "hardwareDock"}}};
    for (const Side &side : sides)
        for (const char *name : side.docks)
            window_->removeDockWidget(dock(name));
    for (const Side &side : sides)
        for (std::size_t i = 0; i < side.docks.size(); ++i) {
            QDockWidget *added = dock(side.docks[i]);
            if (i == 0)
                window_->addDockWidget(side.area, added);
            else
                window_->splitDockWidget(dock(side.docks[i - 1]), added, side.orientation);
            added->show();
        }
    setOverlays(*window_, true);
    letSettle(restMs);
    for (const Side &side : sides)
        for (const char *name : side.docks)
            if (dock(name)->widget()->visibleRegion().isEmpty()) {
                std::fprintf(stderr, "%s is not to be seen.\n", name);
                std::exit(1);
            }
}

double WatchedStudio::runShown()
{
    RunController &controller = window_->controller();
    const Trace &trace = window_->record().trace();
    window_->generate();
    if (halfWay) {
        waitFor(&window_->record(), &ui::RunRecord::advanced, [&] { return trace.tokens() > tokens() / 2; });
        halfWay(*window_);
    }
    waitFor(&controller, &RunController::stateChanged, [&] { return !controller.running(); });
    if (controller.state() != RunController::State::Done) {
        std::fprintf(stderr, "%s\n", qPrintable(controller.failure()));
        std::exit(1);
    }
    return static_cast<double>(trace.timeNs(trace.tokens() - 1)) * 1e-9;
}

double WatchedStudio::runAlone()
{
    LastToken sink;
    RunControl control;
    must(generate(*model_, window_->settings().settings(), pool_, sink, control));
    return sink.seconds();
}

} // namespace fastcar::bench

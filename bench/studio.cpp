// SPDX-License-Identifier: Apache-2.0
//
// What does the studio cost the generation that it shows, and does it stay awake meanwhile? The same run with
// no window at all, with the real main window hidden, with it as it is at first, and with every view of it
// open; beside it the beat of the window's event loop. See bench/README.md.
#include "bench/must.h"
#include "bench/thread_usage.h"
#include "engine/checkpoint/default_model.h"
#include "engine/decode/generation.h"
#include "engine/roofline/measurement.h"
#include "fpga/host/fpga_devices.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/window/window_shot.h"

#include <CLI/CLI.hpp>
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace fastcar;
using namespace fastcar::ui;
using bench::must;
using roofline::Measurement;

namespace {

constexpr int beatMs = 5;
constexpr double longestBeatMs = 33.0;

struct Options {
    std::string model = defaultModelFolder().string();
    std::string prompt = "a cat moves from left to right on a beach";
    std::string screenshot;
    int frames = 0; // 0: as many as the model has positions for
    int rounds = 8;
    int runs = 4;     // of a round, for each way of looking: what they cost
    int beatRuns = 1; // and for the beat, whose timer costs something itself
    int threads = 2;
    int width = 1920;
    int height = 1080;
    bool softwareVulkan = false;
    bool threadTable = false;
    std::vector<std::string> looks; // empty: all
};

enum class Look { NoWindow, Hidden, AtFirst, AllViews };
constexpr std::array looks{Look::NoWindow, Look::Hidden, Look::AtFirst, Look::AllViews};

struct Figures {
    const char *key;
    const char *name;
    Measurement seconds;          // of a run, by the engine's own clock
    Measurement beats;            // ms from one turn of the event loop to the next
    Measurement processorSeconds; // of all threads
    bench::ThreadUsages threads;  // of all runs together
};

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
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

/// How long the event loop takes from one turn to the next, while somebody listens.
class Heartbeat {
public:
    Heartbeat()
    {
        timer_.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer_, &QTimer::timeout, [this] {
            beats_->add(static_cast<double>(since_.nsecsElapsed()) * 1e-6);
            since_.start();
        });
    }
    void listen(Measurement &beats)
    {
        beats_ = &beats;
        since_.start();
        timer_.start(beatMs);
    }
    void stop() { timer_.stop(); }

private:
    QTimer timer_;
    QElapsedTimer since_;
    Measurement *beats_ = nullptr;
};

template <typename Sender, typename Signal, typename When>
void waitFor(Sender *sender, Signal signal, When when)
{
    QEventLoop loop;
    QObject::connect(sender, signal, &loop, [&] {
        if (when())
            loop.quit();
    });
    if (!when())
        loop.exec();
}

void letSettle(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Every panel beside the others, none behind another one.
void openAllPanels(MainWindow &window)
{
    const auto dock = [&window](const char *name) { return window.docks().dock(QLatin1String(name)); };
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
            window.removeDockWidget(dock(name));
    for (const Side &side : sides)
        for (std::size_t i = 0; i < side.docks.size(); ++i) {
            QDockWidget *added = dock(side.docks[i]);
            if (i == 0)
                window.addDockWidget(side.area, added);
            else
                window.splitDockWidget(dock(side.docks[i - 1]), added, side.orientation);
            added->show();
        }
    for (const char *overlay : {"heatmapAction", "maskAction"})
        window.findChild<QAction *>(QLatin1String(overlay))->setChecked(true);
    letSettle(300);
    for (const Side &side : sides)
        for (const char *name : side.docks)
            if (dock(name)->widget()->visibleRegion().isEmpty()) {
                std::fprintf(stderr, "%s is not to be seen.\n", name);
                std::exit(1);
            }
}

class Studio {
public:
    explicit Studio(const Options &options)
        : options_(options)
        , pool_(options.threads)
        , model_(must(Model::open(options.model)))
    {
        // As the studio does.
        if (auto made = ViewDevice::create({});
            made && (!made.value()->isSoftware() || options_.softwareVulkan))
            device_ = std::move(made).value();
    }

    void measure(Look look, Figures &figures)
    {
        if (look == Look::NoWindow)
            measureAlone(figures);
        else
            measureWindow(look, figures);
    }

    std::string drawnBy() const { return device_ ? "Vulkan: " + device_->name() : "QPainter"; }
    int frames() const { return settings_->frames; }
    int tokens() const { return frames() * model_.checkpoint->config().stride(); }

private:
    std::unique_ptr<MainWindow> openWindow()
    {
        const QString file = folder_.filePath(QStringLiteral("settings.ini"));
        QFile::remove(file);
        auto window = std::make_unique<MainWindow>(MainWindow::Options{
            .store = std::make_unique<QSettings>(file, QSettings::IniFormat),
            .dataFolder = {},
            .device = device_,
            .noDeviceReason = {},
            .modelFolder = QString::fromStdString(options_.model),
            .prompt = QString::fromStdString(options_.prompt),
            .theme = ThemeName::Dark,
            .card = {},
            .library = folder_.filePath(QStringLiteral("library")).toStdString(),
            .run = false,
        });
        window->preferences().set(preference::threads, options_.threads);
        window->resize(options_.width, options_.height);
        window->show();
        waitFor(window.get(), &MainWindow::modelSettled, [&] { return window->hasModel(); });
        RunSettingsModel &settings = window->settings();
        settings.setFrames(options_.frames > 0 ? options_.frames : settings.mostFrames());
        settings.setSeed(1);
        settings.setSeedLocked(true);
        settings_ = settings.settings();
        return window;
    }

    void measureWindow(Look look, Figures &figures)
    {
        const auto window = openWindow();
        if (look == Look::AllViews)
            openAllPanels(*window); // the hardware panel for the card that comes first
        if (look == Look::Hidden)
            window->hide();
        letSettle(500);
        for (int run = 0; run < options_.runs; ++run) {
            const auto threads = bench::threadsNow();
            const double before = processorSeconds();
            generate(*window, look == Look::AllViews && run == 1);
            figures.processorSeconds.add(processorSeconds() - before);
            bench::addThreadsSince(threads, figures.threads);
            const Trace &trace = window->record().trace();
            figures.seconds.add(static_cast<double>(trace.timeNs(trace.tokens() - 1)) * 1e-9);
            letSettle(400); // what is drawn and written behind the run
        }
        Heartbeat heart;
        for (int run = 0; run < options_.beatRuns; ++run) {
            heart.listen(figures.beats);
            generate(*window, false);
            heart.stop();
            letSettle(400);
        }
    }

    /// Until the run is done.
    void generate(MainWindow &window, bool mayShoot)
    {
        RunController &controller = window.controller();
        window.generate();
        if (mayShoot && !options_.screenshot.empty())
            shootHalfWay(window);
        waitFor(&controller, &RunController::stateChanged, [&] { return !controller.running(); });
        if (controller.state() != RunController::State::Done) {
            std::fprintf(stderr, "%s\n", qPrintable(controller.failure()));
            std::exit(1);
        }
    }

    void shootHalfWay(MainWindow &window)
    {
        waitFor(&window.record(), &RunRecord::advanced,
                [&] { return window.record().trace().tokens() > tokens() / 2; });
        windowShot(window).save(QString::fromStdString(options_.screenshot));
    }

    void measureAlone(Figures &figures)
    {
        if (!settings_)
            openWindow(); // the settings of the studio
        for (int run = 0; run < options_.runs; ++run) {
            LastToken sink;
            RunControl control;
            const auto threads = bench::threadsNow();
            const double before = processorSeconds();
            must(fastcar::generate(model_, *settings_, pool_, sink, control));
            figures.processorSeconds.add(processorSeconds() - before);
            bench::addThreadsSince(threads, figures.threads);
            figures.seconds.add(sink.seconds());
        }
    }

    Options options_;
    ThreadPool pool_;
    Model model_;
    std::shared_ptr<ViewDevice> device_;
    QTemporaryDir folder_;
    std::optional<RunSettings> settings_;
};

/// Means of a run; threads that did nothing are left out.
void printThreads(const Figures &figures, int runs)
{
    std::printf("\n%-16s %-20s %10s %10s %10s\n", figures.name, "thread", "ms", "sleeps", "driven off");
    constexpr double leastMs = 0.05;
    for (const auto &[name, usage] : figures.threads) {
        const double ms = static_cast<double>(usage.nanoseconds) * 1e-6 / runs;
        if (ms >= leastMs)
            std::printf("%-16s %-20s %10.2f %10.0f %10.0f\n", "", name.c_str(), ms,
                        static_cast<double>(usage.sleeps) / runs,
                        static_cast<double>(usage.drivenOff) / runs);
    }
}

void print(const Studio &studio, const Options &options, const std::array<Figures, looks.size()> &all)
{
    std::printf("%d tokens (%d frames), %d threads, %d runs each; window %d x %d, %s on %s; beat: %d runs "
                "more, a timer of %d ms\n\n",
                studio.tokens(), studio.frames(), options.threads, options.rounds * options.runs,
                options.width, options.height, studio.drawnBy().c_str(),
                qPrintable(QGuiApplication::platformName()), options.rounds * options.beatRuns, beatMs);
    std::printf("%-16s %-24s %9s %8s %10s %9s %8s %8s\n", "", "run s", "tokens/s", "cost", "processor",
                "beat 50 %", "99 %", "most");
    const double alone = all.front().seconds.median();
    for (const Figures &figures : all) {
        if (figures.seconds.most() == 0.0)
            continue; // not asked for
        std::printf("%-16s %-24s %9.0f %7.1f%% %8.2f s", figures.name, figures.seconds.text(1.0, 3).c_str(),
                    studio.tokens() / figures.seconds.median(),
                    100.0 * (figures.seconds.median() / alone - 1.0), figures.processorSeconds.median());
        if (&figures != &all.front())
            std::printf(" %6.1f ms %5.1f ms %5.1f ms", figures.beats.median(), figures.beats.quantile(0.99),
                        figures.beats.most());
        std::printf("\n");
    }
    std::printf("\nrun s: by the engine's clock, from its beginning to its last token; median (least-most)\n"
                "cost: beside no window; processor: of all threads, a run\n"
                "aims: at most 3 %% hidden and 10 %% with all views; 99 %% of the beats below %.0f ms\n",
                longestBeatMs);
    if (options.threadTable)
        for (const Figures &figures : all)
            if (figures.seconds.most() > 0.0)
                printThreads(figures, options.rounds * options.runs);
}

int run(const Options &options)
{
    Studio studio(options);
    std::array<Figures, looks.size()> all{Figures{"none", "no window"}, Figures{"hidden", "window hidden"},
                                          Figures{"first", "as at first"}, Figures{"all", "all views open"}};
    for (int round = 0; round < options.rounds; ++round)
        for (std::size_t i = 0; i < looks.size(); ++i)
            if (options.looks.empty() || std::ranges::find(options.looks, all[i].key) != options.looks.end())
                studio.measure(looks[i], all[i]);
    print(studio, options, all);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app("What the studio costs the generation that it shows, and the beat of its event loop.");
    app.add_option("--model", options.model, "Checkpoint folder")->capture_default_str();
    app.add_option("--prompt", options.prompt)->capture_default_str();
    app.add_option("--frames", options.frames, "Default: as many as the model has positions for");
    app.add_option("--rounds", options.rounds, "each way of looking in turn")->capture_default_str();
    app.add_option("--runs", options.runs, "of a round, for each")->capture_default_str();
    app.add_option("--beat-runs", options.beatRuns, "of a round, for the beat, each")->capture_default_str();
    app.add_flag("--thread-table", options.threadTable, "what each thread took, and how often it slept");
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    app.add_option("--width", options.width, "of the window, pixels")->capture_default_str();
    app.add_option("--height", options.height, "of the window, pixels")->capture_default_str();
    app.add_flag("--software-vulkan", options.softwareVulkan,
                 "the video drawn by Vulkan also where the processor is its device");
    app.add_option("--only", options.looks, "none, hidden, first, all: ways of looking, for a profile")
        ->check(CLI::IsMember({"none", "hidden", "first", "all"}));
    app.add_option("--screenshot", options.screenshot, "of all views open, in the middle of a run");
    CLI11_PARSE(app, argc, argv);
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    fpga::registerFpgaDevices();
    QApplication application(argc, argv);
    applyTheme(application, ThemeName::Dark);
    return run(options);
}

// SPDX-License-Identifier: Apache-2.0
//
// What does the studio cost the generation that it shows, and does it stay awake meanwhile? The same run with
// the real main window hidden, with it as it is at first, and with every view of it open, each between two
// runs with no window at all; beside it the beat of the window's event loop. See bench/README.md.
#include "bench/cores_of_others.h"
#include "bench/paired_ratios.h"
#include "bench/thread_usage.h"
#include "bench/watched_studio.h"
#include "engine/checkpoint/default_model.h"
#include "engine/roofline/measurement.h"
#include "fpga/host/fpga_devices.h"
#include "ui/theme/theme.h"
#include "ui/window/window_shot.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

using namespace fastcar;
using bench::Look;
using roofline::Measurement;

namespace {

constexpr int beatMs = 5;
constexpr double longestBeatMs = 33.0;
constexpr double mostOfOthers = 0.05; // of the cores' time
constexpr int triesPerRound = 3;

struct Options {
    std::string model = defaultModelFolder().string();
    std::string prompt = "a cat moves from left to right on a beach";
    std::string screenshot;
    int frames = 0; // 0: as many as the model has positions for
    int rounds = 12;
    int beatRuns = 4; // for the beat, whose timer costs something itself
    int threads = 2;
    int width = 1920;
    int height = 1080;
    bool keeps = true;
    bool softwareVulkan = false;
    bool threadTable = false;
    std::vector<std::string> looks; // empty: all
};

struct Figures {
    const char *key;
    const char *name;
    Look look;
    Measurement seconds;         // of a run, by the engine's own clock
    bench::PairedRatios ratios;  // of its time to that of the runs without a window around it
    int disturbed = 0;           // runs, by other programs: they count for nothing
    Measurement beats;           // ms from one turn of the event loop to the next
    bench::ThreadUsages threads; // of all runs together
    double allSeconds = 0.0;     // of all runs
};

using AllFigures = std::array<Figures, 4>; // the first one's without a window

/// How long the event loop takes from one turn to the next, while it lives.
class Heartbeat {
public:
    explicit Heartbeat(Measurement &beats)
    {
        timer_.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer_, &QTimer::timeout, [this, &beats] {
            beats.add(static_cast<double>(since_.nsecsElapsed()) * 1e-6);
            since_.start();
        });
        since_.start();
        timer_.start(beatMs);
    }

private:
    QTimer timer_;
    QElapsedTimer since_;
};

/// What it took; nothing where other programs disturbed it.
std::optional<double> measuredRun(bench::WatchedStudio &studio, Figures &figures)
{
    studio.take(figures.look);
    const auto threads = bench::threadsNow();
    const bench::CoresOfOthers others;
    const double seconds = studio.run();
    if (others.share() > mostOfOthers) {
        ++figures.disturbed;
        return std::nullopt;
    }
    bench::addThreadsSince(threads, figures.threads);
    figures.seconds.add(seconds);
    figures.allSeconds += seconds;
    return seconds;
}

/// Each of `shown` between two runs alone, there and back, until each has stood so often between undisturbed
/// ones: what slows the machine for a second or more slows both.
void measureCosts(bench::WatchedStudio &studio, int rounds, Figures &alone, std::vector<Figures *> shown)
{
    const auto wanted = static_cast<std::size_t>(rounds);
    const auto done = [wanted](const Figures *figures) { return figures->ratios.count() >= wanted; };
    auto before = measuredRun(studio, alone);
    for (int round = 0; round < triesPerRound * rounds && !std::ranges::all_of(shown, done); ++round) {
        for (Figures *figures : shown) {
            const auto seconds = measuredRun(studio, *figures);
            const auto behind = measuredRun(studio, alone);
            if (before && seconds && behind)
                figures->ratios.add(2.0 * *seconds / (*before + *behind));
            before = behind;
        }
        std::ranges::reverse(shown);
    }
}

void measureBeats(bench::WatchedStudio &studio, int runs, Figures &figures)
{
    studio.take(figures.look);
    for (int run = 0; run < runs; ++run) {
        const Heartbeat heart(figures.beats);
        studio.run();
    }
}

void saveShot(bench::WatchedStudio &studio, const std::string &file)
{
    studio.take(Look::AllViews);
    studio.halfWay = [&file](ui::MainWindow &window) {
        ui::windowShot(window).save(QString::fromStdString(file));
    };
    studio.run();
    studio.halfWay = {};
}

/// Means of a run; threads that did nothing are left out.
void printThreads(const Figures &figures)
{
    std::printf("\n%-16s %-20s %10s %10s %10s %10s\n", figures.name, "thread", "ms", "waited ms", "sleeps",
                "driven off");
    constexpr double leastMs = 0.05;
    const auto runs = static_cast<double>(figures.seconds.count());
    for (const auto &[name, usage] : figures.threads) {
        const double ms = static_cast<double>(usage.nanoseconds) * 1e-6 / runs;
        if (ms >= leastMs)
            std::printf("%-16s %-20s %10.2f %10.2f %10.0f %10.0f\n", "", name.c_str(), ms,
                        static_cast<double>(usage.waitedNanoseconds) * 1e-6 / runs,
                        static_cast<double>(usage.sleeps) / runs,
                        static_cast<double>(usage.drivenOff) / runs);
    }
}

/// Of the time of the threads that generate, what they waited for a core that somebody else had.
double shareHeldUp(const Figures &figures, int threads)
{
    const std::string caller =
        figures.look == Look::NoWindow ? bench::threads::firstLine("/proc/self/comm") : "fastcar-engine";
    std::int64_t waited = 0;
    for (const auto &[name, usage] : figures.threads)
        if (name == caller || name.starts_with("fastcar-pool"))
            waited += usage.waitedNanoseconds;
    return static_cast<double>(waited) * 1e-9 / threads / figures.allSeconds;
}

/// "3.1% (1.9 to 4.4)"
std::string costText(const bench::PairedRatios &ratios)
{
    const auto percent = [](double ratio) { return 100.0 * (ratio - 1.0); };
    const auto [least, most] = ratios.bounds();
    char text[64];
    std::snprintf(text, sizeof text, "%.1f%% (%.1f to %.1f)", percent(ratios.median()), percent(least),
                  percent(most));
    return text;
}

void print(const bench::WatchedStudio &studio, const Options &options, const std::string &drawnBy,
           const AllFigures &all)
{
    std::printf(
        "%d tokens (%d frames), %d threads, %d rounds%s; window %d x %d, %s on %s; beat: %d runs more, a "
        "timer of %d ms\n\n",
        studio.tokens(), studio.frames(), options.threads, options.rounds,
        options.keeps ? "" : ", nothing kept", options.width, options.height, drawnBy.c_str(),
        qPrintable(QGuiApplication::platformName()), options.beatRuns, beatMs);
    std::printf("%-16s %-24s %9s %-24s %6s %9s %8s %10s %8s %8s\n", "", "run s", "tokens/s", "cost", "pairs",
                "disturbed", "held up", "beat 50 %", "99 %", "most");
    for (const Figures &figures : all) {
        if (figures.seconds.count() == 0)
            continue; // not asked for, or never undisturbed
        const bool shown = figures.look != Look::NoWindow;
        std::printf("%-16s %-24s %9.0f %-24s %6zu %9d %7.1f%%", figures.name,
                    figures.seconds.text(1.0, 3).c_str(), studio.tokens() / figures.seconds.median(),
                    shown ? costText(figures.ratios).c_str() : "", figures.ratios.count(), figures.disturbed,
                    100.0 * shareHeldUp(figures, options.threads));
        if (figures.beats.count() > 0)
            std::printf(" %7.1f ms %5.1f ms %5.1f ms", figures.beats.median(), figures.beats.quantile(0.99),
                        figures.beats.most());
        std::printf("\n");
    }
    std::printf(
        "\nrun s: by the engine's clock, from its beginning to its last token; median (least-most)\n"
        "cost: beside the mean of the runs without a window before and behind; median of all pairs, and\n"
        "between which bounds the true one lies in 95 of 100 measurements\n"
        "disturbed: runs in which others had more than %.0f %% of the cores; they count for nothing\n"
        "held up: share of their time that the threads which generate waited for a core\n"
        "aims: at most 3 %% hidden and 10 %% with all views; 99 %% of the beats below %.0f ms\n",
        100.0 * mostOfOthers, longestBeatMs);
    if (options.threadTable)
        for (const Figures &figures : all)
            if (figures.seconds.count() > 0)
                printThreads(figures);
}

/// As the studio has it: none where the processor would do its work.
std::shared_ptr<ui::ViewDevice> viewDevice(bool software)
{
    auto made = ui::ViewDevice::create({});
    if (!made || (made.value()->isSoftware() && !software))
        return nullptr;
    return std::move(made).value();
}

int run(const Options &options)
{
    const auto device = viewDevice(options.softwareVulkan);
    bench::WatchedStudio studio({.model = options.model,
                                 .prompt = options.prompt,
                                 .frames = options.frames,
                                 .threads = options.threads,
                                 .size = {options.width, options.height},
                                 .keeps = options.keeps,
                                 .device = device});
    AllFigures all{
        Figures{"none", "no window", Look::NoWindow}, Figures{"hidden", "window hidden", Look::Hidden},
        Figures{"first", "as at first", Look::AtFirst}, Figures{"all", "all views open", Look::AllViews}};
    std::vector<Figures *> shown;
    for (Figures &figures : all)
        if (figures.look != Look::NoWindow &&
            (options.looks.empty() || std::ranges::find(options.looks, figures.key) != options.looks.end()))
            shown.push_back(&figures);
    measureCosts(studio, options.rounds, all.front(), shown);
    for (Figures *figures : shown)
        measureBeats(studio, options.beatRuns, *figures);
    if (!options.screenshot.empty())
        saveShot(studio, options.screenshot);
    print(studio, options, device ? "Vulkan: " + device->name() : "QPainter", all);
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
    app.add_option("--rounds", options.rounds, "each way of looking once, and as often without a window")
        ->capture_default_str();
    app.add_option("--beat-runs", options.beatRuns, "for the beat, each way of looking")
        ->capture_default_str();
    app.add_flag("--thread-table", options.threadTable,
                 "what each thread took, waited for a core, and how often it slept");
    app.add_option("--threads", options.threads)->capture_default_str()->check(CLI::Range(1, 256));
    app.add_option("--width", options.width, "of the window, pixels")->capture_default_str();
    app.add_option("--height", options.height, "of the window, pixels")->capture_default_str();
    app.add_flag("!--no-library", options.keeps, "the runs are not kept");
    app.add_flag("--software-vulkan", options.softwareVulkan,
                 "the video drawn by Vulkan also where the processor is its device");
    app.add_option("--only", options.looks, "hidden, first, all: ways of looking")
        ->check(CLI::IsMember({"hidden", "first", "all"}));
    app.add_option("--screenshot", options.screenshot, "of all views open, in the middle of a run");
    CLI11_PARSE(app, argc, argv);
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    fpga::registerFpgaDevices();
    QApplication application(argc, argv);
    ui::applyTheme(application, ui::ThemeName::Dark);
    return run(options);
}

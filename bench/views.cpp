// SPDX-License-Identifier: Apache-2.0
//
// How fast are the timeline of decisions and the heatmaps drawn, for a run as large as a 7B model's? The real
// widgets, painted by the processor; beside them what an empty widget of the same size takes. See
// bench/README.md.
#include "engine/roofline/measurement.h"
#include "ui/heatmap/heatmap_panel.h"
#include "ui/heatmap/heatmap_view.h"
#include "ui/theme/theme.h"
#include "ui/timeline/decision_panel.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QPainter>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>

using namespace fastcar;
using namespace fastcar::ui;
using roofline::Measurement;

namespace {

struct Options {
    int layers = 32;
    int frames = 16;
    int grid = 16; // positions to a side
    int width = 1280;
    int height = 800;
    int paints = 300;

    int stride() const { return grid * grid; }
    int tokens() const { return frames * stride(); }
};

/// Scores that hang together in space and time, as a model's do.
float score(const Options &options, int step, int layer, int row)
{
    const int frame = step / options.stride();
    const double x = step % options.stride() % options.grid;
    const double y = step % options.stride() / options.grid;
    const double wave = std::sin(0.4 * x + 0.3 * frame + layer) + std::cos(0.35 * y - 0.2 * frame + 0.5 * layer);
    const unsigned noise = (static_cast<unsigned>(step) * 2654435761U + static_cast<unsigned>(layer * 97 + row)) >> 20;
    return static_cast<float>(wave + (row == 1 ? 0.2 : 0.0) + noise / 4096.0);
}

EngineThread::Drained drain(const Options &options, int from, int to)
{
    EngineThread::Drained drained;
    for (int token = from; token < to; ++token) {
        const auto number = static_cast<std::uint32_t>(token);
        for (int layer = 0; token > 0 && layer < options.layers; ++layer)
            for (int row = 0; row < 2; ++row) {
                const bool scored = token - 1 >= options.stride();
                const float tas = scored ? score(options, token - 1, layer, row) : std::nanf("");
                drained.events.push_back({.kind = Event::Kind::LayerOutcome,
                                          .decision = !scored     ? Decision::NotEligible
                                                      : tas > 0.5f ? Decision::Replayed
                                                                  : Decision::Computed,
                                          .layer = static_cast<std::uint16_t>(layer),
                                          .row = static_cast<std::uint16_t>(row),
                                          .token = number - 1,
                                          .tas = tas});
            }
        drained.events.push_back({.kind = Event::Kind::CodeDrawn, .token = number});
        drained.events.push_back({.kind = Event::Kind::TokenDone, .token = number});
    }
    return drained;
}

class EmptyWidget : public QWidget {
protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), themeColors().panel); }
};

/// A paint of the whole widget each time, after `change`, to the window's own picture.
Measurement paints(QWidget &widget, int count, const std::function<void(int)> &change)
{
    Measurement seconds;
    for (int i = 0; i < count; ++i) {
        const auto began = std::chrono::steady_clock::now();
        change(i);
        widget.repaint();
        seconds.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
    return seconds;
}

void print(const char *name, const Measurement &seconds, double empty)
{
    std::printf("%-46s %8.2f %8.2f %9.0f %9.1f\n", name, 1e3 * seconds.median(), 1e3 * seconds.quantile(0.99),
                1.0 / seconds.median(), seconds.median() / empty);
}

void place(QWidget &widget, const Options &options)
{
    widget.resize(options.width, options.height);
    widget.show();
    QCoreApplication::processEvents();
}

void measure(const Options &options)
{
    RunRecord record;
    Selection selection;
    TokenRange range;
    ModelConfig config;
    config.backbone.layers = options.layers;
    config.depth.depth = 1;
    config.gridHeight = config.gridWidth = options.grid;
    RunSettings settings;
    settings.frames = options.frames;
    range.follow(record, selection);
    record.begin(config, settings);
    selection.setLimits(options.layers, 2, options.stride(), 1);
    const int drawn = options.tokens() - options.paints;
    record.take(drain(options, 0, drawn));
    selection.setVisibleFrames(options.frames);
    std::printf("%d layers, 2 rows, %d tokens; %d x %d pixels\n\n", options.layers, options.tokens(), options.width,
                options.height);
    std::printf("%-46s %8s %8s %9s %9s\n", "", "ms", "99 %", "a second", "x empty");

    EmptyWidget empty;
    place(empty, options);
    const Measurement nothing = paints(empty, options.paints, [](int) {});
    print("an empty widget", nothing, nothing.median());
    empty.hide();

    DecisionPanel decisions({record, selection, range});
    place(decisions, options);
    QWidget &timeline = *decisions.timeline().viewport();
    const auto timed = [&](const char *name, const std::function<void(int)> &change) {
        print(name, paints(timeline, options.paints, change), nothing.median());
    };
    const auto swing = [&](int i) { return std::sin(0.05 * i); };
    timed("timeline, nothing new", [](int) {});
    timed("timeline, whole video, zooming a little", [&](int i) { range.show(0.0, options.tokens() * (0.93 + 0.06 * swing(i))); });
    range.show(500.0, 1700.0);
    timed("timeline, a token a pixel, moving", [&](int i) { range.pan(i % 100 < 50 ? 7.0 : -7.0); });
    timed("timeline, a token a pixel, zooming", [&](int i) { range.zoom(i % 20 < 10 ? 0.97 : 1.0 / 0.97, 1000.0); });
    range.show(500.0, 600.0);
    timed("timeline, ten pixels a token, moving", [&](int i) { range.pan(i % 100 < 50 ? 0.7 : -0.7); });
    range.showAll();
    timed("timeline, whole video, one more token each time", [&](int i) {
        record.take(drain(options, drawn + i, drawn + i + 1));
        decisions.timeline().refresh();
    });
    decisions.hide();

    HeatmapPanel heatmaps({record, selection});
    place(heatmaps, options);
    const auto heatmap = [&](const char *name, const HeatmapChoice &choice, const std::function<void(int)> &change) {
        heatmaps.choose(choice);
        QCoreApplication::processEvents();
        print(name, paints(*heatmaps.view().viewport(), options.paints,
                           [&](int i) {
                               change(i);
                               QCoreApplication::processEvents(); // the panel makes it anew
                           }),
              nothing.median());
    };
    selection.choosePosition(5);
    heatmap("heatmap, layers of a frame, another frame", {}, [&](int i) { selection.chooseFrame(1 + i % (options.frames - 1)); });
    heatmap("heatmap, frames of a layer, another layer",
            {.kind = HeatmapKind::FrameMaps, .value = HeatmapValue::Chain},
            [&](int i) { selection.chooseLayer(i % options.layers); });
    heatmap("heatmap, a position over time, another one",
            {.kind = HeatmapKind::LayersByFrames, .value = HeatmapValue::Tas, .difference = true},
            [&](int i) { selection.choosePosition(i % options.stride()); });
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app{"How fast the timeline of decisions and the heatmaps are drawn."};
    app.add_option("--layers", options.layers, "of the model")->check(CLI::Range(1, 1000));
    app.add_option("--frames", options.frames, "of the run")->check(CLI::Range(4, 1000));
    app.add_option("--grid", options.grid, "positions to a side of a frame")->check(CLI::Range(4, 64));
    app.add_option("--width", options.width, "of the views, pixels")->check(CLI::Range(200, 8000));
    app.add_option("--height", options.height, "of the views, pixels")->check(CLI::Range(100, 8000));
    app.add_option("--paints", options.paints, "of each kind")->check(CLI::Range(10, 2000));
    CLI11_PARSE(app, argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen"); // no display's pace in it
    QApplication application(argc, argv);
    applyTheme(application, ThemeName::Dark);
    measure(options);
}

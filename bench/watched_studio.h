// SPDX-License-Identifier: Apache-2.0
//
// The real main window, put into one look or another, and the run that it shows; or the same run by the
// engine alone. One window for all of them and one copy of the weights, so that nothing else differs.
#pragma once

#include "engine/decode/generation.h"
#include "ui/window/main_window.h"

#include <QSize>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace fastcar::bench {

enum class Look { NoWindow, Hidden, AtFirst, AllViews };

class WatchedStudio {
public:
    struct Options {
        std::string model;
        std::string prompt;
        int frames = 0; // 0: as many as the model has positions for
        int threads = 0;
        QSize size;
        bool keeps = true; // the runs, in a library
        std::shared_ptr<ui::ViewDevice> device;
    };
    explicit WatchedStudio(const Options &options);

    int frames() const { return window_->settings().settings().frames; }
    int tokens() const { return frames() * model_->checkpoint->config().stride(); }

    /// For the runs to come. The event loop turns for a while, for what is drawn and written behind the run
    /// before, too.
    void take(Look look);
    /// Returns when the run is done: what it took by the engine's clock, from its beginning to its last
    /// token.
    double run();

    /// Called in the middle of a run that is shown.
    std::function<void(ui::MainWindow &)> halfWay;

private:
    void standAsAtFirst();
    void openAllPanels();
    double runShown();
    double runAlone();

    QTemporaryDir folder_;
    ThreadPool pool_; // for the run alone
    std::unique_ptr<ui::MainWindow> window_;
    std::optional<Model> model_; // the engine's of the window
    Look look_ = Look::AtFirst;
};

} // namespace fastcar::bench

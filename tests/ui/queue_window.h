// SPDX-License-Identifier: Apache-2.0
//
// The program's window in tests of what is asked for and when: short clips of one seed, the queue in sight,
// a new folder for each test.
#pragma once

#include "tests/ui/studio_window.h"
#include "ui/models/run_queue.h"

#include <QApplication>
#include <QDockWidget>
#include <QListView>
#include <QSpinBox>
#include <QTemporaryDir>

namespace fastcar::ui {

/// What a test class derives from, beside QObject.
class QueueWindow : protected StudioWindow {
protected:
    void makeFolder()
    {
        qunsetenv("FASTCAR_MODEL");
        folder_ = std::make_unique<QTemporaryDir>();
    }
    QString file(const char *name) const { return folder_->filePath(QLatin1String(name)); }

    /// The program starts, or starts again.
    void open()
    {
        window_.reset();
        MainWindow::Options options = windowOptions(folder_->path());
        options.prompt = QStringLiteral("a cat");
        options.theme = ThemeName::Dark;
        window_ = openWindow(std::move(options));
        window_->askWhetherToClose = [] { return true; };
        find<QDockWidget>("queueDock")->show();
        find<QSpinBox>("framesSpin")->setValue(2);
        window_->settings().setSeed(40);
        window_->settings().setSeedLocked(true);
    }

    RunQueue &queue() { return *qobject_cast<RunQueue *>(find<QListView>("queueList")->model()); }
    void waitUntilNothingRuns()
    {
        QVERIFY(QTest::qWaitFor([&] { return !window_->controller().running() && queue().waiting() == 0; },
                                60000));
    }
    static RunSettings named(const char *prompt)
    {
        RunSettings settings;
        settings.prompt = prompt;
        return settings;
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

} // namespace fastcar::ui

// SPDX-License-Identifier: Apache-2.0
//
// The window in tests of its looks: on a laptop's screen, with the default model, in each language and with
// larger text.
#pragma once

#include "fpga/host/fpga_devices.h"
#include "tests/ui/studio_window.h"
#include "ui/models/preferences.h"
#include "ui/preferences/language.h"

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

namespace fastcar::ui {

inline const QSize smallScreen(1280, 768); // what a panel and a title leave of 1280 × 800

/// What has come is laid out, and what that asks for.
inline void settle()
{
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
}

/// What a test class derives from, beside QObject; its slots of these names call them.
class LooksWindow {
protected:
    void initTestCase()
    {
        qunsetenv("FASTCAR_MODEL");
        fpga::registerFpgaDevices(); // as the program does: their names need room, too
    }

    void cleanup()
    {
        window_.reset();
        qDeleteAll(qApp->findChildren<QTranslator *>()); // English again
    }

    void languagesAndTextSizes()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("textPercent");
        for (const Language &language : availableLanguages())
            for (const int percent : {100, 130})
                QTest::addRow("%s, %d %%", qPrintable(language.code), percent) << language.code << percent;
    }

    struct Opened {
        QString language = QStringLiteral("en");
        int textPercent = 100;
        // The one that the program opens by itself has all that a small one lacks: thresholds, prompts, a
        // name.
        QString model = QStringLiteral(FASTCAR_SOURCE_DIR "/resources/models/default");
    };

    void open(const Opened &opened)
    {
        speak(*qApp, opened.language);
        folder_ = std::make_unique<QTemporaryDir>();
        MainWindow::Options options = windowOptions(folder_->path());
        options.store->setValue(QLatin1String(preference::textPercent.key), opened.textPercent);
        options.modelFolder = opened.model;
        window_ = openWindow(std::move(options), smallScreen);
    }

    void makeRun()
    {
        window_->settings().setPrompt(QStringLiteral("a cat"));
        window_->settings().setFrames(2);
        window_->findChild<QAction *>(QStringLiteral("generateAction"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window_->controller().state(), RunController::State::Done, 20000);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<MainWindow> window_;
};

} // namespace fastcar::ui

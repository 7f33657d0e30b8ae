// SPDX-License-Identifier: Apache-2.0
//
// The window in tests that run twice: offscreen, where the video is drawn by QPainter, and under Xvfb, where
// Vulkan draws it and the validation layer watches. Runs can be made to wait and to fail.
#pragma once

#include "tests/decode/failing_device.h"
#include "tests/ui/studio_window.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>

namespace fastcar::ui {

/// Null offscreen, where there is none.
inline std::shared_ptr<ViewDevice> watchedDevice()
{
    if (QGuiApplication::platformName() == QLatin1String("offscreen"))
        return nullptr;
    auto made = ViewDevice::create({.validation = true});
    if (!made)
        qFatal("%s", made.error().message.c_str());
    return std::move(made).value();
}

/// When all windows are gone.
inline void verifyNothingWasWrong(const ViewDevice *device)
{
    if (!device)
        return;
    for (const std::string &message : device->validationMessages())
        qWarning("%s", message.c_str());
    QVERIFY(device->validationMessages().empty());
}

/// What a test class derives from, beside QObject; its slots of these names call them.
class WatchedWindow : protected StudioWindow {
protected:
    void initTestCase()
    {
        qunsetenv("FASTCAR_MODEL");
        applyTheme(*qApp, ThemeName::Dark);
        device_ = watchedDevice();
    }
    void cleanupTestCase() const { verifyNothingWasWrong(device_.get()); }
    void init()
    {
        QFile::remove(folder_.filePath(QStringLiteral("settings.ini")));
        QFile::remove(folder_.filePath(QStringLiteral("queue.json")));
        shaky_.failsAt = shaky_.holdsAt = FailingDevice::never;
        open();
    }
    void cleanup()
    {
        shaky_.holdsAt = FailingDevice::never; // whatever went wrong: the window waits for its engine
        window_.reset();
    }

    void open() { openWith(windowOptions(folder_.path())); }
    void openWithoutAModel()
    {
        window_.reset();
        openWith(windowOptionsWithoutAModel(folder_.path()));
    }

    QTemporaryDir folder_;
    FailingDevice shaky_{"shaky"}; // as good as cpu until it fails
    std::shared_ptr<ViewDevice> device_;

private:
    void openWith(MainWindow::Options options)
    {
        options.device = device_;
        options.theme = ThemeName::Dark;
        window_ = openWindow(std::move(options));
    }
};

} // namespace fastcar::ui
